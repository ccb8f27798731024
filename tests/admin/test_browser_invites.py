"""Invites in a real browser, on a phone and on a PC, with axe: a sheet is made by hand, also by a double press."""

import asyncio
from pathlib import Path

from storage.session import Database
from tests.admin.conftest import SignIn
from tests.admin.test_browser import Watch, address, enter, playwright, watch
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.test_invites import left
from tests.admin.world import World
from tests.clocks import SetClock

pytestmark = needs_browser
__all__ = ["address", "left", "watch"]


async def test_a_sheet_from_the_list_to_the_file(
    watch: Watch,
    address: str,
    sqlite_db: Database,
    clock: SetClock,
    world: World,
    left: list[int],
    sign_in: SignIn,
) -> None:
    page = watch.page
    await enter(watch, address, sqlite_db, clock, world.coordinator)
    await page.goto(f"{address}/invites")
    await watch.check()
    await page.locator("main").get_by_role("link", name="Школа № 1").click()
    await watch.check()
    await page.get_by_role("link", name="Сделать лист приглашений").click()
    await watch.check()
    await page.get_by_label("Добавить согласие на бумаге").check()
    files = []
    for name in ("Сделать лист в PDF", "Сделать лист в Word", "Сделать лист в PDF"):
        async with page.expect_download() as waiting:
            await page.get_by_role("button", name=name).click()
        file = await waiting.value
        files.append(await asyncio.to_thread(Path(await file.path()).read_bytes))
    assert [one[:2] for one in files] == [b"%P", b"PK", b"%P"]
    await page.goto(f"{address}/invites/{world.school}")
    await watch.check()
    await page.get_by_label("Примерова-2").check()
    await page.get_by_role("button", name="Отозвать приглашения").click()
    await watch.check()
    await page.get_by_role("button", name="Отозвать", exact=True).click()
    await playwright.expect(page.get_by_text("Отозвано приглашений: 1")).to_be_visible()
    await page.get_by_label("Примерова-2").check()
    await page.get_by_role("button", name="Отметить согласие на бумаге").click()
    await watch.check()
    await page.get_by_role("button", name="Отметить", exact=True).click()
    await playwright.expect(page.get_by_text("отмечено у людей: 1")).to_be_visible()
    await page.get_by_label("Примерова-2").check()
    await page.get_by_label("Примерова-4").check()
    await page.get_by_role("button", name="Сделать новые приглашения").click()
    await playwright.expect(page.get_by_text("Отмеченным людям: 2 человека")).to_be_visible()
    await watch.check()
