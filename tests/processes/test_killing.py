"""Issue 2, to be shown (2): killed at random between presses, every press takes effect exactly once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select, update

from core.clock import SystemClock
from playground.telegram.server import StandInServer
from playground.telegram.settings import StandInSettings
from playground.telegram.state import StandIn
from storage.models import Answer, InboxUpdate, Lease, Participation, Response, ScaleResult
from storage.session import Database, open_database
from tests.processes.life import Lives, World
from tests.processes.town import Town, furnish
from tests.processes.walker import PATIENCE, Walker

DEATHS = 100
AT_ONCE = 4
"""People who answer at the same time."""
TEACHERS = 60
LEFT_ALONE = 4
"""Every so many lives one goes on until all that it found waiting is done: on a slow machine a life that dies
at once may be spent before it comes to the slowest of its tasks, and so may the next one."""
LONGEST = 0.25
"""Seconds between a sign of life and death, at most; a press takes about a twentieth."""
SEED = 2
SPEAKING = {"sendMessage", "editMessageText", "sendPhoto", "answerCallbackQuery"}

pytestmark = pytest.mark.processes


@asynccontextmanager
async def _telegram() -> AsyncIterator[StandInServer]:
    patient = StandInSettings(chat_burst=10_000, overall_burst=10_000, callback_lifetime=PATIENCE)
    async with StandInServer(StandIn(patient)) as stand_in:
        yield stand_in


class Street:
    """People who answer one after the other until nobody is to be killed any more."""

    def __init__(self, stand_in: StandInServer, town: Town) -> None:
        self.walkers: list[Walker] = []
        self.enough = asyncio.Event()
        self._stand_in = stand_in
        self._waiting = iter(town.teachers)

    async def walk(self) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._one_after_the_other())

    async def _one_after_the_other(self) -> None:
        while not self.enough.is_set():
            user_id = next(self._waiting)
            walker = Walker(await self._stand_in.user(f"Педагог {user_id}", user_id), Random(user_id))
            self.walkers.append(walker)
            await walker.walk()


async def _kill_again_and_again(lives: Lives, state: StandIn, street: Street, db: Database) -> None:
    """Waits until the newest life has said something to somebody, then kills it at a random moment."""
    random = Random(SEED)
    for number in range(1, DEATHS + 1):
        waiting = await _open_updates(db)
        lives.start()
        await asyncio.wait_for(_speaks(state, len(state.calls)), PATIENCE)
        if number % LEFT_ALONE == 0:
            await _done(db, state, waiting)
        await asyncio.sleep(random.uniform(0, LONGEST))  # the moment of death, not a wait for anything
        await asyncio.to_thread(lives.kill)
        await _let_leases_run_out(db)
    street.enough.set()
    lives.start()


async def _let_leases_run_out(db: Database) -> None:
    """What otherwise only time would do, a hundred times."""
    async with db.write() as session:
        await session.execute(update(Lease).values(until=SystemClock().now()))


async def _speaks(state: StandIn, calls: int) -> None:
    """Until the bot has said something to somebody, after so many calls as there have been."""
    while not SPEAKING & {call.method for call in islice(state.calls, calls, None)}:
        await state.wait_for_change(0.1)


async def test_a_hundred_sudden_deaths_lose_and_double_nothing(sqlite_url: str, tmp_path: Path) -> None:
    async with _telegram() as stand_in, open_database(sqlite_url) as db:
        town = await furnish(db, TEACHERS)
        street = Street(stand_in, town)
        lives = Lives(World(sqlite_url, stand_in.base_url, stand_in.token, str(tmp_path)))
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(street.walk())
                group.create_task(_kill_again_and_again(lives, stand_in.state, street, db))
            await _settled(db, stand_in.state)
        finally:
            lives.end()
        assert lives.killed >= DEATHS
        await _every_step_counted_once(db, town, street.walkers)
        await _nothing_set_aside_or_left_over(db)


async def _settled(db: Database, state: StandIn) -> None:
    """Until the last life has finished what is in the inbox."""
    await _done(db, state, await _open_updates(db))


async def _done(db: Database, state: StandIn, waiting: set[int]) -> None:
    """Until these rows of the inbox are finished."""
    try:
        async with asyncio.timeout(PATIENCE):
            while waiting & await _open_updates(db):
                await state.wait_for_change(0.1)
    except TimeoutError:
        stuck = sorted(waiting & await _open_updates(db))
        raise AssertionError(f"a living bot leaves these updates undone: {stuck}") from None


async def _open_updates(db: Database) -> set[int]:
    rows = select(InboxUpdate.id).where(InboxUpdate.state.in_(("new", "applied")))
    async with db.read() as session:
        return set(await session.scalars(rows))


async def _every_step_counted_once(db: Database, town: Town, walkers: list[Walker]) -> None:
    async with db.read() as session:
        responses = {one.teacher_id: one for one in await session.scalars(select(Response))}
        states = Counter(await session.scalars(select(Participation.state)))
        scales = (await session.execute(select(func.count(func.distinct(ScaleResult.response_id))))).scalar_one()
        marks = await _marks(db, town)
    assert sum(walker.steps for walker in walkers) >= DEATHS
    assert states["submitted"] == scales == len(responses) == len(walkers)
    for walker in walkers:
        response = responses[town.teachers[walker.user.user_id]]
        # The first screen is visit 1, every step forward one more; a lost step could not have ended in submission.
        assert (response.state, response.visit) == ("submitted", 1 + walker.steps)
        assert marks[response.id] == walker.marks


async def _marks(db: Database, town: Town) -> Counter[int]:
    """How many marks of several-of are stored, by response."""
    several = [one.number for one in town.definition.questions if one.is_multiple]
    async with db.read() as session:
        return Counter(await session.scalars(select(Answer.response_id).where(Answer.question.in_(several))))


async def _nothing_set_aside_or_left_over(db: Database) -> None:
    async with db.read() as session:
        assert set(await session.scalars(select(InboxUpdate.state).distinct())) == {"done"}
        numbers = list(await session.scalars(select(InboxUpdate.update_id)))
    assert len(numbers) == len(set(numbers))
