"""Sending rules and the unreachable in a real browser, on a phone and on a PC, with axe."""

from core.outgoing import queries
from storage.session import Database
from tests.admin.conftest import SignIn
from tests.admin.test_browser import Watch, address, enter, playwright, watch
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.test_unreachable import closed
from tests.admin.world import World
from tests.clocks import SetClock

pytestmark = needs_browser
__all__ = ["address", "closed", "watch"]


async def test_rules_are_read_changed_and_saved_by_enter(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World, sign_in: SignIn
) -> None:
    page = watch.page
    await enter(watch, address, sqlite_db, clock, world.methodist)
    await page.goto(f"{address}/sending")
    await watch.check()
    await page.get_by_role("button", name="Вписать праздники").click()
    await watch.check()
    await page.get_by_label("Суббота").check()
    await page.get_by_label("Сообщений за день, не больше").fill("4")
    await page.get_by_label("Сообщений за день, не больше").press("Enter")
    await playwright.expect(page.get_by_text("Правила рассылки изменены")).to_be_visible()
    await watch.check()
    async with sqlite_db.read() as session:
        found = await queries.rules_of(session, world.town)
    assert (found.daily_limit, found.silent_weekdays, len(found.silent_days)) == (4, frozenset({5}), 14)


async def test_the_unreachable_are_read_and_narrowed(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World, sign_in: SignIn
) -> None:
    page = watch.page
    await enter(watch, address, sqlite_db, clock, world.methodist)
    await page.goto(f"{address}/unreachable")
    await watch.check()
    await page.get_by_label("Организация").select_option(str(world.kindergarten))
    await page.get_by_role("button", name="Показать").click()
    await playwright.expect(page.get_by_text("Чата с ботом больше нет")).to_be_visible()
    await watch.check()
    await page.get_by_role("link", name="Сделать приглашение").click()
    await playwright.expect(page.get_by_text("1 человек").first).to_be_visible()
