"""A table comes in, in a real browser on a phone and on a PC: every page is sound, the preview shows itself anew."""

from storage.session import Database
from tests.admin.test_browser import Watch, address, enter, playwright, watch
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.test_imports import plain_names, table
from tests.admin.world import World
from tests.clocks import SetClock

pytestmark = needs_browser
__all__ = ["address", "watch"]

ROWS = (
    "Школа № 1;Новикова Анна Пробовна;1980;педагог-психолог;первая",
    "Школа № 1;Примеранова Проба;1981;педагог-психолог;высшая",
    "МБОУ «Незнайкинская СОШ имени очень длинного названия организации»;Новиков Пётр;1975;педагог-психолог;б/к",
)


async def test_from_a_file_to_its_undoing(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    page = watch.page
    await plain_names(sqlite_db)
    await enter(watch, address, sqlite_db, clock, world.methodist)
    await page.goto(f"{address}/imports")
    await watch.check()
    await page.get_by_role("button", name="Прочитать файл").click()
    await playwright.expect(page.get_by_label("Файл")).to_be_focused()
    watch.complaints.clear()  # the browser reports the 422 of the refused form
    await watch.check()

    file = {
        "name": "очень-длинное-имя-файла-без-пробелов-" * 3 + ".csv",
        "mimeType": "text/csv",
        "buffer": table(*ROWS),
    }
    await page.get_by_label("Файл").set_input_files(file)
    await page.get_by_role("button", name="Прочитать файл").click()
    await playwright.expect(page.locator("main")).to_contain_text("Загрузить пока нельзя", timeout=30_000)
    await watch.check()
    await every_tab(watch)

    await page.get_by_role("link", name="Незнакомые названия").click()
    await page.get_by_label("Незнайкинская").select_option("Детский сад № 2 town")
    await page.get_by_role("button", name="Сохранить и прочитать ещё раз").click()
    await playwright.expect(page.locator("main")).to_contain_text("Ошибок нет", timeout=30_000)
    await every_tab(watch)

    await page.get_by_role("link", name="Загрузить", exact=True).click()
    await watch.check()
    await page.get_by_role("button", name="Загрузить").click()
    await playwright.expect(page.locator("main")).to_contain_text("Что загружено", timeout=30_000)
    await watch.check()
    await page.get_by_role("link", name="Отменить загрузку").click()
    await watch.check()
    await page.get_by_role("button", name="Отменить загрузку").click()
    await playwright.expect(page.locator("main")).to_contain_text("в реестре всё так, как было до неё")
    await watch.check()
    await page.get_by_role("link", name="Импорт").last.click()
    await watch.check()


async def every_tab(watch: Watch) -> None:
    tabs = watch.page.get_by_role("navigation", name="Части загрузки").get_by_role("link")
    addresses = [await one.get_attribute("href") for one in await tabs.all()]
    here = watch.page.url
    for path in addresses:
        await watch.page.goto(f"{here.partition('/imports')[0]}{path}")
        await watch.check()
    await watch.page.goto(here)
