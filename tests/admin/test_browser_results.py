"""Results in a real browser, on a phone and on a PC, with axe."""

import pytest

from storage.session import Database
from tests.admin.browser import Browser
from tests.admin.conftest import SignIn
from tests.admin.test_browser import Watch, address, enter, playwright, watch
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.test_results import campaigns, named, protected
from tests.admin.world import World
from tests.campaigns.world import World as Campaigns
from tests.clocks import SetClock

pytestmark = needs_browser
__all__ = ["address", "campaigns", "watch"]


@pytest.fixture
async def answered(sign_in: SignIn, campaigns: Campaigns, world: World) -> tuple[int, int, int]:
    """A named campaign that has a wave before it, and protected ones that are over and still open."""
    browser: Browser = await sign_in(world.methodist)
    await named(browser, campaigns, world.teachers[:4], "Весна")
    campaigns.clock.advance(days=1)
    over = await protected(browser, campaigns, world.teachers)
    await campaigns.close(over)
    still = await protected(browser, campaigns, world.teachers[:2])
    return await named(browser, campaigns, world.teachers[:6], "Осень"), over, still


async def test_pages_of_results_are_sound(
    watch: Watch,
    address: str,
    sqlite_db: Database,
    clock: SetClock,
    world: World,
    answered: tuple[int, int, int],
) -> None:
    own, over, still = answered
    await enter(watch, address, sqlite_db, clock, world.methodist)
    page = watch.page
    cuts = ("", "?cut=organisation", "?cut=subject", "?cut=position_group")
    paths = [f"/campaigns/{own}/results{cut}" for cut in cuts]
    for path in (*paths, f"/campaigns/{over}/results?cut=kind", f"/campaigns/{still}/results"):
        await page.goto(address + path)
        await watch.check()
    await page.goto(f"{address}/campaigns/{own}")
    await page.get_by_role("link", name="Итоги").click()
    await page.get_by_label("Сравнить группы").select_option(label="По видам организаций")
    await page.get_by_role("button", name="Показать").click()
    await playwright.expect(page.get_by_text("Детские сады").first).to_be_visible()
    await page.get_by_role("link", name="Прочитать").click()
    await playwright.expect(page.locator("h1")).to_have_text("Что ещё")
    await watch.check()
    await page.goto(f"{address}/campaigns/{own}/answers")
    await watch.check()
    await page.get_by_label("Фамилия или имя").fill("Примерова-1")
    await page.get_by_role("button", name="Найти").click()
    await page.get_by_role("link", name="Примерова-1").click()
    await playwright.expect(page.locator("main")).to_contain_text("Планировать уроки")
    await watch.check()


async def test_wide_tables_can_be_scrolled_by_keyboard(
    watch: Watch,
    address: str,
    sqlite_db: Database,
    clock: SetClock,
    world: World,
    answered: tuple[int, int, int],
) -> None:
    await enter(watch, address, sqlite_db, clock, world.methodist)
    await watch.page.goto(f"{address}/campaigns/{answered[0]}/results?cut=kind")
    table = watch.page.locator("#question-mood .scroll").last
    await table.focus()
    await playwright.expect(table).to_be_focused()
    assert await table.get_attribute("aria-label") == "Таблица: Настроение, по видам организаций"
