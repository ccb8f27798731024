"""Accounts, one's own access and the second factor in a real browser, on a phone and on a PC, with axe."""

from sqlalchemy import select

from core.accounts import actions as accounts
from core.people import queries
from storage.models import Chat, SignInCheck
from storage.session import Database
from tests.admin.test_browser import Watch, address, enter, playwright, watch
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.world import PASSWORD, World
from tests.clocks import SetClock

pytestmark = needs_browser
__all__ = ["address", "watch"]


async def test_the_pages_of_accounts(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    await enter(watch, address, sqlite_db, clock, world.administrator)
    page = watch.page
    for path in (
        "/accounts",
        "/accounts?text=примерова",
        "/accounts?role=leader&state=off",
        "/accounts/new",
        f"/accounts/{world.methodist}",
        f"/accounts/{world.teacher}",
        "/account",
    ):
        await page.goto(f"{address}{path}")
        await watch.check()
    await page.goto(f"{address}/accounts/{world.methodist}")
    await page.get_by_role("button", name="Сделать ссылку для входа").click()
    await playwright.expect(page.get_by_text("второй раз мы её не покажем")).to_be_visible()
    await watch.check()


async def test_the_page_goes_on_by_itself_when_the_chat_has_answered(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    async with sqlite_db.write() as session:
        session.add(Chat(account_id=world.methodist, channel="telegram", address="900"))
    page = watch.page
    await page.goto(f"{address}/sign-in?place=/campaigns")
    await page.get_by_label("Логин").fill("methodist")
    await page.get_by_label("Пароль").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{address}/sign-in/check?place=%2Fcampaigns")
    await watch.check()
    async with sqlite_db.read() as session:
        check = (await session.scalars(select(SignInCheck))).one()
        actor = await queries.actor_of_account(session, world.methodist)
    await playwright.expect(page.locator(".check-number")).to_have_text(str(check.number))
    await accounts.answer_check(sqlite_db, clock, actor, check.id, check.number)
    await page.wait_for_url(f"{address}/campaigns")
