"""Likely doubles through the pages."""

import re

import pytest

from core.people.model import Role
from storage.models import Award, DistinctPeople, Grant, Teacher
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.registry.folk import add, count, rows


@pytest.fixture
async def pair(sqlite_db: Database, world: World) -> tuple[int, int]:
    """Two records of one person, with a name that HTML could take for its own."""
    one, two = world.teachers[4], world.teachers[5]
    async with sqlite_db.write() as session:
        for teacher_id, surname in ((one, "<b>Семёнова"), (two, "<B>Семенова")):
            teacher = await session.get_one(Teacher, teacher_id)
            teacher.surname, teacher.given_name = surname, "Особа"
        (await session.get_one(Teacher, two)).patronymic = None
        (await session.get_one(Teacher, two)).birth_year = 1985
    await add(sqlite_db, Award(teacher_id=two, title="Грамота", level="municipal"))
    return one, two


async def _form(browser: Browser, pair: tuple[int, int]) -> dict[str, str]:
    """As the page proposes it."""
    page = await browser.get(f"/people/doubles/{pair[0]}/{pair[1]}")
    checked = re.findall(r'type="radio" name="(\w+)" value="(\w+)" checked', page.text)
    seen = re.search(r'name="seen" value="(\w+)"', page.text)
    assert seen
    return {"seen": seen[1], **dict(checked)}


async def test_the_list_shows_who_looks_alike(sign_in: SignIn, world: World, pair: tuple[int, int]) -> None:
    browser = await sign_in(world.methodist)
    page = await browser.get("/people/doubles")
    assert "1 пара похожих записей" in words(page).replace("\u00a0", " ")
    assert "Одинаковые фамилия, имя и отчество" in words(page)
    assert "<b>Семёнова" not in page.text
    assert f"/people/doubles/{pair[0]}/{pair[1]}" in page.text
    assert (await browser.get("/people/doubles?page=7")).status_code == 200
    assert (await (await sign_in(world.coordinator)).get("/people/doubles")).status_code == 403
    assert "Похожих записей нет" in words(await (await sign_in(world.other_methodist)).get("/people/doubles"))


async def test_two_become_one(sign_in: SignIn, world: World, pair: tuple[int, int], sqlite_db: Database) -> None:
    browser = await sign_in(world.methodist)
    form = await _form(browser, pair)
    assert form["birth_year"] == "other"
    said = words(browser.last) if browser.last else ""
    assert "1 награда" in said.replace("\u00a0", " ")
    assert "К боту подключены обе записи" in said
    address = f"/people/doubles/{pair[0]}/{pair[1]}/merge"
    unsure = await browser.post(address, {**form, "surname": "other"})
    assert unsure.status_code == 409
    assert "Отметьте, что вы сравнили записи" in words(unsure)
    assert re.search(r'name="surname" value="other" checked', unsure.text)
    sent = {**form, "surname": "other", "sure": "yes"}
    card = await browser.follow(await browser.post(address, sent))
    assert "Записи объединены" in words(card)
    assert "Грамота" in words(card)
    (kept,) = await rows(sqlite_db, Teacher, Teacher.id.in_(pair))
    assert (kept.id, kept.surname, kept.birth_year) == (pair[0], "<B>Семенова", 1985)
    again = await browser.follow(await browser.post(address, sent))
    assert "уже объединены" in words(again)


async def test_what_changed_meanwhile_is_shown_first(
    sign_in: SignIn, world: World, pair: tuple[int, int], sqlite_db: Database
) -> None:
    browser = await sign_in(world.methodist)
    form = await _form(browser, pair)
    async with sqlite_db.write() as session:
        (await session.get_one(Teacher, pair[1])).birth_year = 1999
    page = await browser.post(f"/people/doubles/{pair[0]}/{pair[1]}/merge", {**form, "sure": "yes"})
    assert page.status_code == 409
    assert "одну из записей изменили" in words(page)
    assert "1999" in words(page)
    assert await count(sqlite_db, Teacher, Teacher.id.in_(pair)) == 2


async def test_different_people_stay_two(
    sign_in: SignIn, world: World, pair: tuple[int, int], sqlite_db: Database
) -> None:
    browser = await sign_in(world.methodist)
    await browser.get("/people/doubles")
    for _ in range(2):
        page = await browser.follow(await browser.post(f"/people/doubles/{pair[1]}/{pair[0]}/apart"))
    assert "Похожих записей нет" in words(page)
    assert await count(sqlite_db, DistinctPeople) == 1


async def test_staff_are_merged_by_an_administrator(
    sign_in: SignIn, world: World, pair: tuple[int, int], sqlite_db: Database
) -> None:
    async with sqlite_db.write() as session:
        from sqlalchemy import select

        from storage.models import Account

        account = await session.scalar(select(Account.id).where(Account.teacher_id == pair[1]))
        session.add(Grant(account_id=account, role=Role.METHODIST, municipality_id=world.town))
    browser = await sign_in(world.methodist)
    form = await _form(browser, pair)
    assert "только администратор" in words(browser.last) if browser.last else False
    refused = await browser.post(f"/people/doubles/{pair[0]}/{pair[1]}/merge", {**form, "sure": "yes"})
    assert refused.status_code == 403
    boss = await sign_in(world.administrator)
    form = await _form(boss, pair)
    done = await boss.post(f"/people/doubles/{pair[0]}/{pair[1]}/merge", {**form, "sure": "yes"})
    assert done.status_code == 303


async def test_nobody_compares_out_of_reach(
    sign_in: SignIn, world: World, pair: tuple[int, int], sqlite_db: Database
) -> None:
    address = f"/people/doubles/{pair[0]}/{pair[1]}"
    for account, status in ((world.other_methodist, 404), (world.coordinator, {403, 404})):
        browser = await sign_in(account)
        await browser.get("/indicators")
        allowed = status if isinstance(status, set) else {status}
        assert (await browser.get(address)).status_code in allowed
        await browser.get("/indicators")
        for part in ("merge", "apart"):
            assert (await browser.post(f"{address}/{part}", {"sure": "yes", "seen": "x"})).status_code in allowed
            await browser.get("/indicators")
    assert await count(sqlite_db, Teacher, Teacher.id.in_(pair)) == 2
    assert await count(sqlite_db, DistinctPeople) == 0
