"""Cards, moves, doubles and associations in a real browser, on a phone and on a PC, with axe."""

from storage.models import Association, AssociationMember, Teacher
from storage.session import Database
from tests.admin.test_browser import Watch, address, enter, playwright, watch
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.test_card import fill
from tests.admin.world import World
from tests.clocks import SetClock
from tests.registry.folk import add

pytestmark = needs_browser
__all__ = ["address", "watch"]


async def test_the_pages_of_people(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    one = await fill(sqlite_db, world)
    async with sqlite_db.write() as session:
        for teacher_id in world.teachers[4:6]:
            teacher = await session.get_one(Teacher, teacher_id)
            teacher.surname, teacher.birth_year = "Константинопольская-Первозванная", 1980 + teacher_id % 2
    (circle,) = await add(sqlite_db, Association(municipality_id=world.town, code="math", name="РМО математиков"))
    await add(sqlite_db, *(AssociationMember(association_id=circle, teacher_id=each) for each in world.teachers[:6]))
    await enter(watch, address, sqlite_db, clock, world.methodist)
    doubles = "/".join(map(str, world.teachers[4:6]))
    for path in (
        f"/people/{one}",
        f"/people/{one}/move",
        "/people/doubles",
        f"/people/doubles/{doubles}",
        f"/associations/{circle}/members",
        f"/associations/{circle}/members/add?text=примерова",
        f"/associations/{circle}/leader",
        f"/organisations/{world.school}/staff",
    ):
        await watch.page.goto(f"{address}{path}")
        await watch.check()


async def test_two_records_become_one_by_keyboard(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, world: World
) -> None:
    async with sqlite_db.write() as session:
        for teacher_id in world.teachers[4:6]:
            (await session.get_one(Teacher, teacher_id)).surname = "Двойникова"
    await enter(watch, address, sqlite_db, clock, world.methodist)
    page = watch.page
    await page.goto(f"{address}/people/doubles")
    await page.get_by_role("link", name="Сравнить").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("checkbox", name="Записи сравнили").focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{address}/people/{world.teachers[4]}")
    await watch.check()
    await playwright.expect(page.get_by_text("Записи объединены")).to_be_visible()
