"""The registry's pages in a real browser, on a phone and on a PC, with axe and by keyboard."""

from datetime import date

from storage.models import Association, Award, Programme, Subject, Teacher, TeacherSubject, TrainingRecord
from storage.session import Database
from tests.admin.test_browser import Watch, address, enter, playwright, watch
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.world import World
from tests.clocks import SetClock
from tests.registry.folk import add

pytestmark = needs_browser
__all__ = ["address", "watch"]

LONG = "Очень" * 30
"""A word that no line holds."""


async def fill(db: Database, world: World) -> dict[str, int]:
    one = world.teachers[0]
    async with db.write() as session:
        teacher = await session.get_one(Teacher, one)
        teacher.surname, teacher.patronymic = "Константинопольская-Первозванная", "Проба"
        teacher.category, teacher.category_date = "first", date(2022, 3, 1)
    course = {"programme": LONG, "provider": "Институт", "kind": "advanced", "hours": 72}
    subject, training, award, programme, circle = await add(
        db,
        Subject(code="math", title="Математика"),
        TrainingRecord(teacher_id=one, **course, finished_on=date(2025, 5, 5)),
        Award(teacher_id=one, title="Грамота", level="regional"),
        Programme(
            municipality_id=world.town, title=LONG, provider="x", kind="advanced", form="remote", areas=["ict_area"]
        ),
        Association(municipality_id=world.town, code="math", name="РМО математиков"),
    )
    await add(db, TeacherSubject(teacher_id=one, subject_id=subject))
    return {"/training": training, "/awards": award, "/programmes": programme, "/associations": circle}


async def test_the_pages_of_the_registry(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    places = await fill(sqlite_db, world)
    one = world.teachers[0]
    await enter(watch, address, sqlite_db, clock, world.administrator)
    paths = [
        "/people?category=first&shelf=all&sort=-name",
        "/people?text=никого",
        "/people/new",
        f"/people/{one}/edit",
        f"/people/{one}/archive",
        f"/people/{one}/history",
        "/organisations",
        f"/organisations/{world.school}",
        f"/organisations/{world.school}/archive",
        "/attestation",
        f"/attestation/{one}/edit",
        "/expert-work",
        "/mentor-bank/new",
        f"/training?teacher_id={one}",
        f"/training/new?teacher_id={one}",
        "/positions",
        "/subjects/new",
        *places,
        *(f"{path}/{record}" for path, record in places.items()),
        f"/programmes/{places['/programmes']}/edit",
    ]
    for path in paths:
        await watch.page.goto(f"{address}{path}")
        await watch.check()


async def test_a_record_is_added_and_corrected_by_keyboard(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    await enter(watch, address, sqlite_db, clock, world.methodist)
    page = watch.page
    await page.goto(f"{address}/organisations/new")
    await page.get_by_label("Название", exact=True).fill("Лицей")
    await page.get_by_label("Короткое название").fill("Лицей")
    await page.get_by_role("button", name="Добавить").focus()
    await page.keyboard.press("Enter")
    await playwright.expect(page.get_by_text("Заполните это поле.")).to_be_visible()
    await playwright.expect(page.get_by_label("Вид")).to_be_focused()
    watch.complaints.clear()  # the browser reports the 422 of the refused form
    await watch.check()
    await page.get_by_label("Вид").select_option("школа")
    await page.get_by_role("button", name="Добавить").focus()
    await page.keyboard.press("Enter")
    await playwright.expect(page.get_by_text("Организация добавлена.")).to_be_visible()
    await watch.check()
    await page.get_by_role("link", name="История").click()
    await playwright.expect(page.get_by_role("row", name="Организация добавлена")).to_be_visible()
    await watch.check()


async def test_conditions_stay_in_the_address(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    await fill(sqlite_db, world)
    await enter(watch, address, sqlite_db, clock, world.methodist)
    page = watch.page
    await page.goto(f"{address}/people?sort=-name")
    await page.get_by_text("Условия").click()
    await page.get_by_label("Категория", exact=True).select_option("первая")
    await page.get_by_role("button", name="Показать").last.click()
    await playwright.expect(page.get_by_text("Условия: Категория — первая")).to_be_visible()
    await playwright.expect(page.get_by_role("status")).to_contain_text("1 человек по этим условиям")
    assert "sort=-name" in page.url
    await watch.check()
