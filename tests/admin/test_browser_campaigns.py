"""Forms and cards of campaigns in a real browser, on a phone and on a PC, with axe."""

import pytest

from storage.session import Database
from tests.admin.test_browser import Watch, address, enter, playwright, watch
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.test_campaign_kinds import hold_event, pair, publish
from tests.admin.world import World
from tests.clocks import SetClock

pytestmark = needs_browser
__all__ = ["address", "watch"]


@pytest.fixture
async def furnished(sqlite_db: Database, clock: SetClock, world: World) -> World:
    """With surveys of every respondent, an event and a pair."""
    for code in ("self_review", "satisfaction", "mentoring"):
        await publish(sqlite_db, clock, code)
    await hold_event(sqlite_db, clock, world.town, list(world.teachers[:5]))
    await pair(sqlite_db, world.town, world.teachers[0], world.teachers[2])
    return world


async def test_a_campaign_for_participants_of_an_event(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, furnished: World
) -> None:
    page = watch.page
    await enter(watch, address, sqlite_db, clock, furnished.methodist)
    await page.goto(f"{address}/campaigns/new/satisfaction")
    await watch.check()
    await page.get_by_label("Мероприятие").select_option(index=1)
    await playwright.expect(page.get_by_role("status")).to_contain_text("5 участников")
    await page.get_by_label("Через сколько дней после начала").fill("2, 5")
    await page.get_by_role("button", name="Сохранить черновик").click()
    await playwright.expect(page.locator("main")).to_contain_text("Напоминания")
    await watch.check()
    await page.get_by_role("link", name="Изменить").click()
    await playwright.expect(page.get_by_label("Через сколько дней после начала")).to_have_value("2, 5")
    await watch.check()
    await page.get_by_role("button", name="Сохранить").click()
    await page.get_by_role("link", name="Удалить").click()
    await watch.check()
    await page.get_by_role("button", name="Удалить").click()
    await playwright.expect(page.get_by_role("status")).to_contain_text("Анкетирование удалено")
    await watch.check()


async def test_waves_of_organisations_and_pairs_are_sound(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, furnished: World
) -> None:
    page = watch.page
    await enter(watch, address, sqlite_db, clock, furnished.methodist)
    for code in ("self_review", "mentoring"):
        await page.goto(f"{address}/campaigns/new/{code}")
        for _ in range(2):
            await watch.check()
            await page.get_by_role("button", name="Сохранить черновик").click()
            await watch.check()
            await page.get_by_role("link", name="Открыть сейчас").click()
            await page.get_by_role("button", name="Открыть и разослать приглашения").click()
            await playwright.expect(page.locator("main")).to_contain_text("Сколько ответили")
            await watch.check()
            await page.get_by_role("link", name="Повторить").click()
    await page.goto(f"{address}/campaigns")
    await playwright.expect(page.locator("main")).to_contain_text("2-я волна")
    await watch.check()
