"""The pages in a real browser, on a phone and on a PC: looks, keyboard, live figures, accessibility (axe)."""

import asyncio
import contextlib
import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator

import pytest
import uvicorn
from sqlalchemy import update

from core.accounts import actions as accounts
from core.surveys import actions as surveys
from core.surveys.loading import parse_definition
from storage.models import Participation
from storage.session import Database
from tests.admin.conftest import make_app
from tests.admin.test_preview import FORM
from tests.admin.world import World
from tests.clocks import SetClock

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
SIZES = ((390, 844), (1280, 900))

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    # Playwright and uvicorn leave closed sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

playwright = pytest.importorskip("playwright.async_api")
axe = pytest.importorskip("axe_core_python.async_playwright")


class Server(uvicorn.Server):
    """Tells when it answers, and leaves signals to pytest."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@pytest.fixture
async def address(sqlite_db: Database, clock: SetClock, world: World) -> AsyncIterator[str]:
    """Where the admin answers over real HTTP."""
    app = make_app(sqlite_db, clock, [], [], "http://127.0.0.1")
    server = Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server.serve())
        async with asyncio.timeout(20):
            await server.up.wait()
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        app.state.services.stopping.set()
        server.should_exit = True


class Watch:
    """A page whose complaints (refused by the CSP, broken scripts) fail the test."""

    def __init__(self, page: "playwright.Page") -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def check(self) -> None:
        """No complaint, nothing wider than the screen, nothing that axe finds."""
        await self.page.wait_for_load_state("domcontentloaded")
        assert self.complaints == []
        wider = await self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, self.page.url
        found = await axe.Axe().run(self.page)
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], self.page.url


@pytest.fixture(params=SIZES, ids=["phone", "pc"])
async def watch(request: pytest.FixtureRequest) -> AsyncIterator[Watch]:
    width, height = request.param
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = await browser.new_context(viewport={"width": width, "height": height}, locale="ru-RU")
        yield Watch(await context.new_page())
        await browser.close()


async def enter(watch: Watch, address: str, db: Database, clock: SetClock, account_id: int) -> None:
    token = await accounts.make_sign_in_link(db, clock, account_id)
    await watch.page.goto(f"{address}/enter/{token}")
    await watch.check()
    await watch.page.get_by_role("button", name="Войти в Методкабинет").click()
    await watch.page.wait_for_url(f"{address}/")


async def test_the_main_way_through(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    page = watch.page
    await enter(watch, address, sqlite_db, clock, world.methodist)
    await watch.check()
    await page.goto(f"{address}/campaigns")
    await page.get_by_role("link", name="Новое анкетирование").click()
    await watch.check()
    await page.locator('a[href="/campaigns/new/burnout"]').click()
    await page.get_by_text("Школы", exact=True).check()
    await playwright.expect(page.get_by_role("status")).to_contain_text("6")
    await page.get_by_role("button", name="Сохранить черновик").click()
    error = page.get_by_text("Без этого открыть анкету нельзя")
    await playwright.expect(error).to_be_visible()
    await playwright.expect(page.get_by_label("К кому обратиться за поддержкой")).to_be_focused()
    watch.complaints.clear()  # the browser reports the 422 of the refused form
    await watch.check()
    await page.get_by_label("К кому обратиться за поддержкой").fill("Психологическая служба")
    await page.get_by_role("button", name="Сохранить черновик").click()
    await page.get_by_role("link", name="Открыть сейчас").click()
    await watch.check()
    await page.get_by_role("button", name="Открыть и разослать приглашения").click()
    await playwright.expect(page.locator("main")).to_contain_text("из 6 приглашённых")
    await watch.check()
    await figures_move_by_themselves(watch, sqlite_db, world)


async def figures_move_by_themselves(watch: Watch, db: Database, world: World) -> None:
    tile = watch.page.locator(".tile", has_text="Отправили анкету")
    await playwright.expect(tile).to_contain_text("0 из 6")
    async with db.write() as session:
        await session.execute(
            update(Participation).where(Participation.teacher_id == world.teachers[0]).values(state="submitted")
        )
    await playwright.expect(tile).to_contain_text("1 из 6", timeout=15_000)
    await watch.check()


async def test_every_page_is_sound(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    await watch.page.goto(f"{address}/sign-in")
    await watch.check()
    await enter(watch, address, sqlite_db, clock, world.administrator)
    pages = ("/", "/campaigns", "/campaigns/new", "/campaigns/new/deficits", "/indicators", "/system", "/account")
    for path in (*pages, *(f"/indicators/{code}" for code in ("D1", "D2", "D3", "B1", "B2"))):
        await watch.page.goto(address + path)
        await watch.check()


async def test_a_survey_is_walked_through(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    """By the words on the page, with a table of statements, a field to type in and the map."""
    page = watch.page
    form = parse_definition(FORM, "kinds.yaml")
    version = await surveys.publish(sqlite_db, clock, form)
    await enter(watch, address, sqlite_db, clock, world.methodist)
    await page.goto(f"{address}/surveys/kinds/versions/{version}/preview")
    await watch.check()
    await page.get_by_label("Относится к руководителям").select_option("да")
    await page.get_by_role("button", name="Начать").click()
    onward = page.get_by_role("button", name="Далее")
    for label in ("", "Да", "Первое", "", "Строка один: Нет", "8"):
        await watch.check()
        if label:
            await page.get_by_label(label, exact=True).check()
        await onward.click()
    await page.get_by_label("Сколько ставок?").fill("1,5")
    await onward.click()
    await page.get_by_text("Карта анкеты").click()
    await watch.check()
    await page.get_by_label("Когда?").fill("2026-09-01")
    await onward.click()
    await page.get_by_label("Что ещё?").fill("Всё хорошо")
    await onward.click()
    await playwright.expect(page.get_by_role("heading", level=1)).to_contain_text("Проверка ответов")
    await watch.check()


async def test_the_dark_look_is_readable(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    await watch.page.emulate_media(color_scheme="dark")
    await enter(watch, address, sqlite_db, clock, world.methodist)
    await watch.check()
    body = watch.page.locator("body")
    assert await body.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(18, 24, 34)"
    assert await body.evaluate("e => getComputedStyle(e).color") == "rgb(226, 231, 238)"


async def test_the_keyboard_reaches_the_content_and_the_menu(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    page = watch.page
    await enter(watch, address, sqlite_db, clock, world.methodist)
    await page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="К содержанию")
    await playwright.expect(skip).to_be_focused()
    await playwright.expect(skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await playwright.expect(page.locator("main")).to_be_focused()
    menu = page.get_by_role("button", name="Меню")
    if await menu.is_visible():
        await menu.focus()
        await page.keyboard.press("Enter")
    entry = page.get_by_role("link", name="Показатели", exact=True).first
    await playwright.expect(entry).to_be_visible()
    await entry.focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{address}/indicators")


async def test_a_rehearsal_is_sound(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    await enter(watch, address, sqlite_db, clock, world.methodist)
    for survey in ("deficits", "burnout"):
        await watch.page.goto(f"{address}/campaigns/new/{survey}")
        if survey == "burnout":
            await watch.page.get_by_label("К кому обратиться за поддержкой").fill("Психологическая служба")
        await watch.page.get_by_role("button", name="Сохранить черновик").click()
        await watch.page.get_by_role("link", name="Пробный прогон").click()
        await playwright.expect(watch.page.get_by_role("heading", level=1)).to_have_text("Пробный прогон")
        await watch.check()
        for folded in await watch.page.locator("details:not([open]) > summary").all():
            await folded.click()
        await watch.check()
