"""Killed at any moment while a file is read, applied or undone: nothing of it is there or all, and it goes on."""

import asyncio
import multiprocessing
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

from core.clock import SystemClock
from core.importing import actions, queries, source
from core.importing.encoding import person_json, sheet_json
from core.importing.model import ImportKind, ImportState, Person, Verdict
from core.people.model import Actor
from storage.models import AuditEntry, ImportChange, ImportRow, ImportRun, Teacher
from storage.session import Database, open_database
from tests.clocks import SetClock
from tests.importing.world import FIRST, MATHS, SECOND, SHEET, TEACHER, World, build

pytestmark = pytest.mark.processes

PEOPLE = 1_500
OLD = 300
"""Who were in the registry before, in the other school."""
DEATHS = 12
LONGEST = {"read": 0.5, "apply": 0.9, "undo": 0.7}
"""Seconds from the beginning of the work to its death, at most: about as long as the work takes."""
SEED = 4
LETTERS = "абвгдежзик"


def person(number: int, organisation: str = FIRST) -> Person:
    name = "".join(LETTERS[int(digit)] for digit in f"{number:04}")
    return Person("Лист1", number + 3, organisation, f"Примеров{name}", "Проба", None, 1980, TEACHER, (MATHS,))


async def items(store: Any, clock: Any, scope: Any) -> AsyncGenerator[dict[str, Any], None]:
    """Instead of a file."""
    yield {"sheet": sheet_json(SHEET)}
    for number in range(PEOPLE):
        yield {"person": person_json(person(number))}
        if number % 50 == 0:
            await asyncio.sleep(0)


def work(url: str, what: str, actor: Actor, run: int, begun: Any) -> None:
    """A life of the program that does one thing, until it is done or killed."""
    source.items = items

    async def until_killed() -> None:
        async with open_database(url) as db:
            clock = SystemClock()
            begun.set()
            match what:
                case "read":
                    await actions.read(db, clock, run)
                case "apply":
                    await actions.apply(db, clock, actor, run)
                case _:
                    await actions.undo(db, clock, actor, run)

    asyncio.run(until_killed())


class Killer:
    """Starts work in a process of its own and ends it at random moments."""

    def __init__(self, world: World, url: str) -> None:
        self.world, self.url = world, url
        self.random = Random(SEED)
        self.deaths = 0
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["core.importing.actions", "tests.importing.world"])

    async def life(self, what: str, run: int) -> None:
        begun = self._context.Event()
        process = self._context.Process(target=work, args=(self.url, what, self.world.methodist, run, begun))
        process.start()
        with ended(process):
            assert await asyncio.to_thread(begun.wait, 60)
            moment = self.random.uniform(0, LONGEST[what])
            await asyncio.to_thread(process.join, moment)  # the moment of death, not a wait for anything
            self.deaths += process.is_alive()


@contextmanager
def ended(process: BaseProcess) -> Iterator[None]:
    try:
        yield
    finally:
        process.kill()
        process.join()


@pytest.fixture
async def world(sqlite_db: Database, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> World:
    made = await build(sqlite_db, clock)
    monkeypatch.setattr(source, "items", items)
    async with sqlite_db.write() as session:
        session.add_all(_old(made, number) for number in range(OLD))
    return made


def _old(world: World, number: int) -> Teacher:
    """Whom the file moves to the first school."""
    one = person(number)
    return Teacher(
        municipality_id=world.town,
        organisation_id=world.organisations[SECOND],
        position_id=world.positions[TEACHER],
        surname=one.surname,
        given_name=one.given_name,
        birth_year=one.birth_year,
    )


async def uploaded(world: World) -> int:
    kind = ImportKind.STAFF
    return await actions.upload(world.db, world.clock, world.methodist, world.town, kind, "a.xlsx", b"x", {})


async def state(world: World, run: int) -> ImportState:
    async with world.db.read() as session:
        return ImportState((await session.get_one(ImportRun, run)).state)


async def goes_on(world: World, run: int) -> None:
    """What the program does at its start."""
    async with world.db.read() as session:
        for one in await queries.unfinished(session):
            await actions.read(world.db, world.clock, one)
    async with world.db.read() as session:
        view = await queries.run(session, world.methodist, run)
    assert view.counts == {Verdict.ADDED: PEOPLE - OLD, Verdict.CHANGED: OLD}


async def rows(world: World, table: Any) -> int:
    async with world.db.read() as session:
        return (await session.execute(select(func.count()).select_from(table))).scalar_one()


async def test_reading_can_die_and_begins_again(world: World, sqlite_url: str) -> None:
    killer = Killer(world, sqlite_url)
    run = await uploaded(world)
    before = await world.tables()
    for _ in range(DEATHS):
        await killer.life("read", run)
        assert await state(world, run) in {ImportState.READING, ImportState.READY}
    assert killer.deaths >= 1
    assert await world.tables() == before
    await goes_on(world, run)
    assert await rows(world, ImportRow) == PEOPLE


async def test_applying_can_die_and_nothing_or_all_is_there(world: World, sqlite_url: str) -> None:
    killer = Killer(world, sqlite_url)
    run = await uploaded(world)
    await actions.read(world.db, world.clock, run)
    before = await world.tables()
    for _ in range(DEATHS):
        await killer.life("apply", run)
        if await state(world, run) is ImportState.APPLIED:
            break
        assert await world.tables() == before
        assert (await rows(world, ImportChange), await _noted(world)) == (0, 0)
        await goes_on(world, run)
    else:
        await actions.apply(world.db, world.clock, world.methodist, run)
    assert killer.deaths >= 1
    assert await rows(world, Teacher) == PEOPLE
    assert await _noted(world) == PEOPLE


async def _noted(world: World) -> int:
    async with world.db.read() as session:
        found = select(func.count()).where(AuditEntry.subject.like("teacher:%"))
        return (await session.execute(found)).scalar_one()


async def test_undoing_can_die_and_all_or_nothing_is_back(world: World, sqlite_url: str) -> None:
    killer = Killer(world, sqlite_url)
    before = await world.tables()
    run = await uploaded(world)
    await actions.read(world.db, world.clock, run)
    await actions.apply(world.db, world.clock, world.methodist, run)
    after = await world.tables()
    for _ in range(DEATHS):
        await killer.life("undo", run)
        if await state(world, run) is ImportState.UNDONE:
            break
        assert await world.tables() == after
    else:
        await actions.undo(world.db, world.clock, world.methodist, run)
    assert killer.deaths >= 1
    assert await world.tables() == before
