"""Whatever is pressed in whatever order, only presses on the present screen count, and each counts once."""

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import AppError
from core.people.model import Actor
from core.surveys import actions, queries
from core.surveys.steps import Ask, Place, Step
from storage.session import Database, open_database
from tests.answering.world import World, make_world, take_step
from tests.clocks import SetClock

VALID = ("go on", "go on", "go on", "back", "again")
WRONG = ("doubled", "old keyboard", "forged visit", "forged question", "another person")

presses = st.lists(st.tuples(st.sampled_from(VALID + WRONG), st.integers(0, 10_000)), max_size=40)


@dataclass
class Person:
    """What the person at the chat has seen: the present screen, and every keyboard before it."""

    db: Database
    clock: SetClock
    world: World
    campaign: int
    step: Step
    old: list[Place] = field(default_factory=list)

    async def press(self, kind: str, chance: int) -> None:
        if kind in WRONG:
            await self._press_wrong(kind, chance)
        elif kind == "again":
            self._turn(await actions.begin(self.db, self.clock, self.actor, Ask(self.campaign)))
        elif kind == "back" and self.step.question is not None:
            self._turn(await actions.back(self.db, self.clock, self.actor, self.step.place))
        elif kind == "go on" and self.step.question is None:
            numbers = sorted(self.step.answers)
            number = numbers[chance % len(numbers)]
            self._turn(await actions.open_question(self.db, self.clock, self.actor, self.step.place, number))
        elif kind == "go on":
            self._turn(await take_step(self.db, self.clock, self.actor, self.step))

    @property
    def actor(self) -> Actor:
        return self.world.teachers[0]

    def _turn(self, step: Step) -> None:
        self.old.append(self.step.place)
        self.step = step

    async def _press_wrong(self, kind: str, chance: int) -> None:
        place, actor = self.step.place, self.actor
        if kind == "another person":
            actor = self.world.teachers[1]
        elif kind == "forged visit":
            place = Place(place.response_id, place.visit + 1 + chance, place.question)
        elif kind == "forged question":
            place = Place(place.response_id, place.visit, (place.question or 0) + 1 + chance)
        elif self.old:
            place = self.old[-1] if kind == "doubled" else self.old[chance % len(self.old)]
        else:
            return
        with pytest.raises(AppError):
            await actions.answer(self.db, self.clock, actor, place, 1 + chance % 5)
        with pytest.raises(AppError):
            await actions.mark(self.db, self.clock, actor, place, 1 + chance % 5, on=True)


async def live_through(file: Path, pressed: Sequence[tuple[str, int]]) -> None:
    clock = SetClock(datetime(2026, 11, 23, tzinfo=UTC))
    async with open_database(f"sqlite+aiosqlite:///{file.as_posix()}") as db:
        world = await make_world(db, clock)
        step = await actions.begin(db, clock, world.teachers[0], Ask(world.deficits))
        person = Person(db, clock, world, world.deficits, step)
        for kind, chance in pressed:
            await person.press(kind, chance)
            async with db.read() as session:
                assert await queries.current_step(session, clock, person.actor, step.response_id) == person.step


@given(presses)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_presses_on_the_present_screen_count(sqlite_template: Path, pressed: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(shutil.copy(sqlite_template, folder))
        asyncio.run(live_through(file, pressed))
