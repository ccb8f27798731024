"""The chat page in a real browser."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from playground.telegram.people import Persona
from playground.telegram.server import StandInServer
from playground.telegram.state import StandIn
from tests.standin.conftest import BareBot

playwright = pytest.importorskip("playwright.async_api")
CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PEOPLE = [
    Persona(501, "Проба <b>Пробная</b>", "учитель, школа № 1", "Педагоги", "code1"),
    Persona(900, "Методист Пробный", "методист", "Методист"),
]
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 860}

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium")]


@pytest.fixture
async def standin() -> AsyncIterator[StandInServer]:
    async with StandInServer(StandIn(), PEOPLE) as server:
        yield server


@pytest.fixture
async def browser() -> AsyncIterator[Any]:
    async with playwright.async_playwright() as engine:
        browser = await engine.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield browser
        await browser.close()


async def echo(bot: BareBot) -> None:
    """A bot of two sentences: greets at /start, edits its question when a button is pressed."""
    rows = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}, {"text": "Нет", "callback_data": "no"}]]}
    offset = 0
    while True:
        for update in await bot.ok("getUpdates", offset=offset, timeout=5):
            offset = update["update_id"] + 1
            if "message" in update:
                here = update["message"]["chat"]["id"]
                words = f"<b>Получено:</b> {update['message']['text']}"
                await bot.ok("sendMessage", chat_id=here, text=words, parse_mode="HTML", reply_markup=rows)
                continue
            query = update["callback_query"]
            await bot.ok("answerCallbackQuery", callback_query_id=query["id"], text="Записано")
            here, number = query["from"]["id"], query["message"]["message_id"]
            await bot.ok("editMessageText", chat_id=here, message_id=number, text=f"Ответ: {query['data']}")


@pytest.fixture
async def echoing(bot: BareBot) -> AsyncIterator[None]:
    task = asyncio.create_task(echo(bot))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.usefixtures("echoing")
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["phone", "pc"])
async def test_a_person_is_chosen_starts_and_answers(
    standin: StandInServer, browser: Any, size: dict[str, int]
) -> None:
    page = await browser.new_page(viewport=size)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    await page.goto(standin.base_url)
    await page.get_by_role("searchbox").fill("пробная")
    row = page.get_by_role("link", name="Проба <b>Пробная</b>")
    await row.click()
    await page.get_by_role("button", name="Начать").click()
    await page.get_by_text("Получено: /start code1").wait_for()
    await page.get_by_role("button", name="Да").click()
    await page.get_by_text("Записано").wait_for()
    await page.get_by_text("Ответ: yes").wait_for()
    await page.get_by_label("Сообщение", exact=True).fill("<img src=x onerror=alert(1)>")
    await page.keyboard.press("Enter")
    await page.locator(".from-me", has_text="<img src=x onerror=alert(1)>").wait_for()
    assert await page.locator(".messages img").count() == 0
    assert await page.locator(".people b, #me b").count() == 0
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert troubles == []


@pytest.mark.usefixtures("echoing")
async def test_by_keyboard_alone_and_by_deep_link(standin: StandInServer, browser: Any) -> None:
    page = await browser.new_page(viewport=WIDE)
    await page.goto(f"{standin.base_url}/?user=501&start=abc_1")
    await page.get_by_role("button", name="Начать").wait_for()
    await page.keyboard.press("Enter")
    await page.get_by_text("Получено: /start abc_1").wait_for()
    await page.get_by_role("button", name="Нет").focus()
    await page.keyboard.press("Enter")
    await page.get_by_text("Ответ: no").wait_for()
    await page.get_by_role("searchbox").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.locator("#me", has_text="Методист Пробный").wait_for()


@pytest.mark.usefixtures("echoing")
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing(standin: StandInServer, browser: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_core_python.async_playwright").Axe()
    page = await browser.new_page(viewport=WIDE, color_scheme=scheme, reduced_motion="reduce")
    await page.goto(f"{standin.base_url}/?user=501")
    await page.get_by_role("button", name="Начать").click()
    await page.get_by_text("Получено: /start code1").wait_for()
    found = await axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found["violations"] == [], json.dumps(found["violations"], ensure_ascii=False, indent=1)[:4000]
