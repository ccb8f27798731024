"""Work that goes on after the answer: interrupted, stopped, failing in a way that nobody foresaw, outdated."""

import asyncio
import re
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from admin.importing import working
from core.importing import actions
from core.importing.model import ImportKind, ImportState
from core.people import queries
from storage.models import ImportRun, Teacher
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.test_imports import SOUND, plain_names, sent, table, teachers
from tests.admin.world import World
from tests.clocks import SetClock


@pytest.fixture
async def methodist(sign_in: SignIn, world: World, sqlite_db: Database) -> Browser:
    await plain_names(sqlite_db)
    return await sign_in(world.methodist)


@pytest.fixture
async def waiting(methodist: Browser, sqlite_db: Database, clock: SetClock, world: World) -> int:
    """An import whose file has arrived and is not read: the program ended before."""
    async with sqlite_db.read() as session:
        actor = await queries.actor_of_account(session, world.methodist)
    return await actions.upload(
        sqlite_db, clock, actor, world.town, ImportKind.STAFF, "кадры.csv", table(*SOUND), options={}
    )


async def state(db: Database, run_id: int) -> str:
    async with db.read() as session:
        return (await session.get_one(ImportRun, run_id)).state


async def test_the_program_goes_on_with_what_its_end_interrupted(
    app: FastAPI, methodist: Browser, sqlite_db: Database, waiting: int
) -> None:
    assert "Файл читается" in words(await methodist.get(f"/imports/{waiting}"))
    await working.take_up(app.state.services)
    await methodist.get(f"/imports/{waiting}/progress")
    assert "Добавятся 2" in words(await methodist.get(f"/imports/{waiting}"))


async def test_stopping_the_program_gives_the_reading_up(
    app: FastAPI, methodist: Browser, sqlite_db: Database, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def endless(*_: Any) -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(actions, "read", endless)
    outcome = working.read(app.state.services, waiting)
    await begun.wait()
    app.state.services.stopping.set()
    assert await outcome is None
    assert await state(sqlite_db, waiting) == ImportState.READING


async def test_an_unforeseen_error_has_a_number_on_the_page(
    app: FastAPI, methodist: Browser, sqlite_db: Database, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "read", broken)
    outcome = working.read(app.state.services, waiting)
    error = await outcome
    assert error is not None
    card = words(await methodist.get(f"/imports/{waiting}"))
    assert re.search(r"записана под номером [0-9a-f]{8}", card)
    assert str(error.params["number"]) in card
    assert await state(sqlite_db, waiting) == ImportState.FAILED


async def test_what_was_changed_meanwhile_is_read_again(methodist: Browser, sqlite_db: Database) -> None:
    rows = ("Школа № 1;Примеранова Проба;1980;педагог-психолог;первая",)
    place = await sent(methodist, table(*rows))
    assert "Изменятся 1" in words(await methodist.get(place))
    async with sqlite_db.write() as session:
        teacher = (await session.scalars(select(Teacher).where(Teacher.surname == "Примеранова"))).one()
        teacher.birth_year = 1980
    before = await teachers(sqlite_db)
    answer = await methodist.post(f"{place}/apply")
    assert "сведения о педагогах изменились" in words(await methodist.follow(answer))
    await methodist.get(f"{place}/progress")
    changed = words(await methodist.get(f"{place}/changed"))
    assert "Категория" in changed
    assert "Год рождения" not in changed
    await methodist.post(f"{place}/apply")
    assert "Загружено" in words(await methodist.get(place))
    assert await teachers(sqlite_db) == before


async def test_progress_is_told_and_ends(methodist: Browser, waiting: int, app: FastAPI) -> None:
    working.read(app.state.services, waiting)
    told = (await methodist.get(f"/imports/{waiting}/progress")).text
    assert "event: finished" in told
