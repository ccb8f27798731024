"""The admin over a database of its own, and browsers signed in as somebody."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from admin.app import create_app
from admin.services import HealthPart
from core.accounts import actions as accounts
from core.charts.raster import Rasteriser
from core.sealing import Sealer
from core.settings import Settings
from storage.session import Database, open_database
from tests.admin.browser import ADDRESS, Browser
from tests.admin.world import World, make_world
from tests.clocks import SetClock
from tests.databases import run_apart, sqlite_address

START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)

SignIn = Callable[[int], Awaitable[Browser]]


@pytest.fixture(scope="session")
def template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """A file with the world in it, made once: hashing passwords takes its time on purpose."""
    file = tmp_path_factory.mktemp("world") / "world.db"
    shutil.copyfile(sqlite_template, file)
    made: list[World] = []

    async def fill() -> None:
        async with open_database(sqlite_address(file)) as db:
            made.append(await make_world(db, SetClock(START)))

    run_apart(fill())
    return file, made[0]


@pytest.fixture
def world(template: tuple[Path, World]) -> World:
    return template[1]


@pytest.fixture
def sqlite_url(tmp_path: Path, template: tuple[Path, World]) -> str:
    """Every database of these tests has the world in it."""
    return sqlite_address(Path(shutil.copyfile(template[0], tmp_path / "test.db")))


@pytest.fixture
def woken() -> list[str]:
    """Gets a line each time the sender is woken."""
    return []


@pytest.fixture
def health() -> list[HealthPart]:
    return [HealthPart("sender", "Отправка сообщений", True, "ждёт")]


@pytest.fixture
def app(sqlite_db: Database, clock: SetClock, woken: list[str], health: list[HealthPart]) -> FastAPI:
    return make_app(sqlite_db, clock, woken, health)


def make_app(db: Database, clock: Any, woken: list[str], health: list[HealthPart], address: str = ADDRESS) -> FastAPI:
    async def ask() -> list[HealthPart]:
        return health

    return create_app(
        Settings(_env_file=None, admin_url=address),
        db,
        clock,
        Sealer("ключ для проверок"),
        Rasteriser(),
        sign_in_hint="Ссылка печатается при запуске.",
        health=ask,
        wake_sender=lambda: woken.append("woken"),
        spawn=asyncio.ensure_future,
        invite_link=link_of,
    )


async def link_of(code: str) -> str | None:
    """As it would be for a bot called test_bot."""
    return f"https://t.me/test_bot?start={code}"


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[Browser]:
    """Nobody has signed in."""
    browser = Browser(app)
    yield browser
    await browser.aclose()


@pytest.fixture
async def sign_in(app: FastAPI, sqlite_db: Database, clock: SetClock) -> AsyncIterator[SignIn]:
    """Signs an account in by link, in a browser of its own."""
    opened: list[Browser] = []

    async def enter(account_id: int) -> Browser:
        browser = Browser(app)
        opened.append(browser)
        token = await accounts.make_sign_in_link(sqlite_db, clock, account_id)
        response = await browser.post(f"/enter/{token}")
        assert response.status_code == 303, response.text
        await browser.get("/account")
        return browser

    yield enter
    for browser in opened:
        await browser.aclose()
