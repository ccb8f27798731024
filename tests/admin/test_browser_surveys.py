"""Surveys in a real browser, on a phone and on a PC: from a file with faults to a published version, with axe."""

from dataclasses import replace

from core.surveys.xlsform import write_workbook
from storage.session import Database
from tests.admin.test_browser import Watch, address, enter, playwright, watch
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.test_surveys import FOREIGN, built_in, sheets
from tests.admin.world import World
from tests.clocks import SetClock

pytestmark = needs_browser
__all__ = ["address", "watch"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FAULTY = {
    "survey": [
        ["type", "name", "label"],
        ["geopoint", "where", "Где вы сейчас находитесь?"],
        ["select_one отсутствующий_список_вариантов_с_очень_длинным_именем", "what", "Что выбрать?"],
        ["integer", "years", "Сколько лет?"],
    ]
}


async def choose(watch: Watch, content: bytes, name: str = "анкета.xlsx") -> None:
    file = {"name": name, "mimeType": XLSX, "buffer": content}
    await watch.page.get_by_label("Файл с анкетой").set_input_files(file)


async def test_a_foreign_form_comes_in(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    page = watch.page
    await enter(watch, address, sqlite_db, clock, world.methodist)
    await page.goto(f"{address}/surveys")
    await watch.check()
    await page.get_by_role("link", name="Загрузить анкету").click()
    await watch.check()
    await choose(watch, sheets(**FAULTY), "очень-длинное-имя-файла-без-пробелов-" * 3 + ".xlsx")
    await page.get_by_role("button", name="Загрузить").click()
    await playwright.expect(page.get_by_role("table")).to_contain_text("survey")
    watch.complaints.clear()  # the browser reports the 422 of the refused file
    await watch.check()
    await choose(watch, sheets(**FOREIGN))
    await page.get_by_role("button", name="Загрузить").click()
    await playwright.expect(page.get_by_role("status")).to_contain_text("Анкета прочитана")
    await watch.check()
    await page.get_by_label("Название").fill("")
    await page.get_by_role("button", name="Сохранить").click()
    await playwright.expect(page.get_by_label("Название")).to_be_focused()
    watch.complaints.clear()
    await watch.check()
    await page.get_by_label("Название").fill("Готовность к урокам")
    await page.get_by_label("Анонимная.").check()
    await page.get_by_role("button", name="Сохранить").click()
    await page.get_by_role("button", name="Опубликовать").click()
    await playwright.expect(page.get_by_role("status")).to_contain_text("Анкета опубликована")
    await watch.check()
    await page.get_by_role("link", name="Начать анкетирование").click()
    await playwright.expect(page.locator("main")).to_contain_text("Готовность к урокам")


async def test_a_built_in_survey_is_changed(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    page = watch.page
    await enter(watch, address, sqlite_db, clock, world.methodist)
    for code in ("burnout", "deficits"):
        await page.goto(f"{address}/surveys/{code}")
        await watch.check()
    async with page.expect_download() as started:
        await page.get_by_role("link", name="Скачать .xlsx", exact=True).first.click()
    assert (await started.value).suggested_filename.endswith(".xlsx")
    survey = built_in()
    await page.goto(f"{address}/surveys/upload")
    await choose(watch, write_workbook(replace(survey, title="Своя самооценка", questions=survey.questions)))
    await page.get_by_role("button", name="Загрузить").click()
    await playwright.expect(page.locator("main")).to_contain_text("стало «Своя самооценка»")
    await watch.check()
    await page.goto(f"{address}/surveys")
    await watch.check()
    await page.get_by_role("link", name="Своя самооценка").click()
    await page.get_by_role("button", name="Удалить черновик").click()
    await playwright.expect(page.get_by_role("status")).to_contain_text("Черновик удалён")
    await watch.check()
