"""Live figures: sent when they change, ended by the program, the session and the campaign."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from fastapi import FastAPI
from markupsafe import Markup
from sqlalchemy import delete, update

from admin.campaigns import figures
from admin.services import HealthPart
from core.campaigns import actions
from core.people import queries
from core.sealing import Sealer
from core.staff import actions as staff
from storage.models import Participation, WebSession
from storage.session import Database
from tests.admin.browser import Browser
from tests.admin.conftest import SignIn
from tests.admin.test_campaigns import make
from tests.admin.world import World
from tests.clocks import SetClock

Change = Callable[[], Awaitable[None]]


@pytest.fixture(autouse=True)
def looks(monkeypatch: pytest.MonkeyPatch) -> asyncio.Queue[None]:
    """Gets an entry at each look at the figures; streams look all the time."""
    monkeypatch.setattr(figures, "LOOK_EVERY", 0.01)
    seen: asyncio.Queue[None] = asyncio.Queue()
    original = figures.Figures.html

    def html(self: figures.Figures) -> Markup:
        seen.put_nowait(None)
        return original(self)

    monkeypatch.setattr(figures.Figures, "html", html)
    return seen


@pytest.fixture
async def watched(sign_in: SignIn, world: World) -> tuple[Browser, str]:
    browser = await sign_in(world.methodist)
    place = await make(browser)
    await browser.post(f"{place}/open")
    return browser, place


async def until_ended(watched: tuple[Browser, str], looks: asyncio.Queue[None], change: Change) -> str:
    """Everything the stream said, when `change` happens while it is open."""
    browser, place = watched
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        stream = tasks.create_task(browser.get(f"{place}/figures"))
        await several(looks)
        await change()
    return stream.result().text


async def several(looks: asyncio.Queue[None]) -> None:
    """Three more looks: what was stored before the first of them has been seen by the last."""
    while not looks.empty():
        looks.get_nowait()
    for _ in range(3):
        await looks.get()


async def test_stopping_the_program_ends_open_streams(
    watched: tuple[Browser, str], looks: asyncio.Queue[None], app: FastAPI
) -> None:
    async def stop() -> None:
        app.state.services.stopping.set()

    said = await until_ended(watched, looks, stop)
    assert "event: finished" in said


async def test_figures_are_sent_again_only_when_they_change(
    watched: tuple[Browser, str], looks: asyncio.Queue[None], app: FastAPI, sqlite_db: Database, world: World
) -> None:
    async def answer() -> None:
        async with sqlite_db.write() as session:
            await session.execute(
                update(Participation).where(Participation.teacher_id == world.teachers[0]).values(state="submitted")
            )
        await several(looks)
        app.state.services.stopping.set()

    said = await until_ended(watched, looks, answer)
    assert said.count("event: figures") == 2


async def test_the_end_of_the_session_ends_the_stream(
    watched: tuple[Browser, str], looks: asyncio.Queue[None], sqlite_db: Database
) -> None:
    async def revoke() -> None:
        async with sqlite_db.write() as session:
            await session.execute(delete(WebSession))

    assert "event: finished" in await until_ended(watched, looks, revoke)


async def test_switching_the_account_off_ends_the_stream(
    watched: tuple[Browser, str], looks: asyncio.Queue[None], sqlite_db: Database, clock: SetClock, world: World
) -> None:
    async def switch_off() -> None:
        async with sqlite_db.read() as session:
            administrator = await queries.actor_of_account(session, world.administrator)
        await staff.switch(sqlite_db, clock, administrator, world.methodist, active=False)

    assert "event: finished" in await until_ended(watched, looks, switch_off)


async def test_the_end_of_the_campaign_ends_the_stream(
    watched: tuple[Browser, str], looks: asyncio.Queue[None], world: World, sqlite_db: Database, clock: SetClock
) -> None:
    async def close() -> None:
        async with sqlite_db.read() as session:
            actor = await queries.actor_of_account(session, world.methodist)
        await actions.close(sqlite_db, clock, actor, int(watched[1].rsplit("/", 1)[1]), Sealer("x"))

    assert "event: finished" in await until_ended(watched, looks, close)


async def test_health_tells_which_part_is_unwell(stranger: Browser, health: list[HealthPart], world: World) -> None:
    well = await stranger.get("/healthz")
    assert (well.status_code, well.json()) == (200, {"ok": True, "parts": {"sender": True}})
    health.append(HealthPart("intake", "Приём", False, "секретная подробность"))
    ill = await stranger.get("/healthz")
    assert (ill.status_code, ill.json()["parts"]) == (503, {"sender": True, "intake": False})
    assert "подробность" not in ill.text


async def test_metrics_are_for_this_machine_only(app: FastAPI, stranger: Browser) -> None:
    assert "python_info" in (await stranger.get("/metrics")).text
    assert (await stranger.get("/metrics", headers={"X-Forwarded-For": "10.0.0.9"})).status_code == 404
    far = httpx.ASGITransport(app=app, client=("10.0.0.9", 5000))
    async with httpx.AsyncClient(transport=far, base_url="http://admin.test") as client:
        assert (await client.get("/metrics")).status_code == 404
