"""The builder of audiences in a real browser, on a phone and on a PC, with axe."""

from sqlalchemy import select

from storage.models import Organisation, SavedAudience
from storage.session import Database
from tests.admin.test_browser import Watch, address, enter, playwright, watch
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.world import World
from tests.clocks import SetClock
from tests.registry.folk import add

pytestmark = needs_browser
__all__ = ["address", "watch"]


async def test_built_counted_kept_and_taken(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    page, expect = watch.page, playwright.expect
    many = [
        Organisation(
            municipality_id=world.town,
            code=str(number),
            name="Сад",
            short_name=f"Сад «Ёлочка» {number}",
            kind="preschool",
        )
        for number in range(20)
    ]
    await add(sqlite_db, *many)
    await enter(watch, address, sqlite_db, clock, world.methodist)
    await page.goto(f"{address}/campaigns/new/deficits")
    line = page.locator("[data-count-line]")
    await expect(line).to_contain_text("12")
    await expect(page.get_by_role("button", name="Пересчитать")).to_be_hidden()
    await page.get_by_label("Школы", exact=True).check()
    await expect(line).to_contain_text("подходит 6")
    organisations = page.locator("details", has_text="Отдельные организации").first
    await organisations.locator("summary").click()
    await organisations.get_by_role("searchbox").fill("елочка 17")
    await expect(organisations.locator("label:visible")).to_have_count(1)
    await organisations.locator("label:visible").click()
    await expect(organisations.locator("summary")).to_contain_text("Сад «Ёлочка» 17")
    await expect(line).to_contain_text("не подходит никто")
    await organisations.locator("label:visible").click()
    await expect(line).to_contain_text("подходит 6")
    await watch.check()

    await page.get_by_text("Сохранить этих адресатов").click()
    keep = page.locator("[data-save]")
    await keep.get_by_label("Название").fill("Только школы")
    await keep.get_by_label("Название").press("Enter")
    await expect(keep).to_contain_text("Адресаты сохранены")
    assert page.url.endswith("/campaigns/new/deficits")
    await watch.check()
    async with sqlite_db.read() as session:
        (row,) = await session.scalars(select(SavedAudience))
        assert row.audience == {"kinds": ["school"]}

    await page.goto(f"{address}/audiences")
    await watch.check()
    await page.get_by_role("link", name="Только школы").click()
    await watch.check()
    await page.goto(f"{address}/campaigns/new/burnout")
    await page.get_by_label("Сохранённые адресаты").select_option("Только школы")
    await page.get_by_role("button", name="Взять").click()
    await expect(page.get_by_label("Школы", exact=True)).to_be_checked()
    await expect(line).to_contain_text("подходит 6")
    await watch.check()
