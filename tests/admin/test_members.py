"""Associations, their leaders and coordinators of organisations through the pages."""

import pytest

from core.people.model import Role
from storage.models import Association, AssociationMember, Grant, Teacher
from storage.session import Database
from tests.admin.browser import words
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.registry.folk import add, count, rows


@pytest.fixture
async def circle(sqlite_db: Database, world: World) -> int:
    association = Association(municipality_id=world.town, code="math", name="РМО <i>математиков")
    return int((await add(sqlite_db, association))[0])


async def test_several_are_added_and_one_is_removed(
    sign_in: SignIn, world: World, circle: int, sqlite_db: Database
) -> None:
    browser = await sign_in(world.methodist)
    place = f"/associations/{circle}/members"
    page = await browser.get(place)
    assert "пока никого нет" in words(page)
    assert "<i>математиков" not in page.text
    found = await browser.get(f"{place}/add?text=ПРИМЕРОВА-1 проба")
    assert [name for name in ("Примерова-1", "Примерова-10", "Примерова-2") if f"{name} Проба" in words(found)] == [
        "Примерова-1",
        "Примерова-10",
    ]
    nobody = await browser.follow(await browser.post(f"{place}/add"))
    assert "Отметьте хотя бы одного" in words(nobody)
    people = [world.teachers[1], world.teachers[10]]
    page = await browser.follow(await browser.post(f"{place}/add", {"person": people}))
    assert "Добавлено: 2" in words(page)
    page = await browser.follow(await browser.post(f"{place}/{people[0]}/remove"))
    assert "больше не состоит" in words(page)
    assert [one.teacher_id for one in await rows(sqlite_db, AssociationMember)] == [people[1]]
    assert (await browser.post(f"{place}/add", {"person": ["0"]})).status_code == 404
    await browser.get(place)
    assert (await browser.post(f"{place}/add", {"person": ["x"]})).status_code == 404


async def test_a_leader_looks_and_does_not_change(
    sign_in: SignIn, world: World, circle: int, sqlite_db: Database
) -> None:
    browser = await sign_in(world.methodist)
    place = f"/associations/{circle}"
    await add(sqlite_db, *(AssociationMember(association_id=circle, teacher_id=one) for one in world.teachers[1:3]))
    page = await browser.get(f"{place}/leader")
    assert "Руководителя пока нет" in words(page)
    sent = {"person": world.teachers[1], "seen": 0}
    page = await browser.follow(await browser.post(f"{place}/leader", sent))
    assert "Руководитель назначен" in words(page)
    page = await browser.follow(await browser.post(f"{place}/leader", {**sent, "person": world.teachers[2]}))
    assert "руководителя сменил кто-то другой" in words(page)
    page = await browser.follow(await browser.post(f"{place}/members/{world.teachers[1]}/remove"))
    assert "Сначала назначьте другого" in words(page)
    (account,) = [one.account_id for one in await rows(sqlite_db, Grant, Grant.role == Role.LEADER)]
    leader = await sign_in(account)
    page = await leader.get(f"{place}/members")
    assert "Примерова-2 Проба" in words(page)
    assert "Исключить" not in words(page)
    assert (await leader.get(f"/people/{world.teachers[2]}")).status_code == 200
    for address in (f"{place}/members/add", f"{place}/leader"):
        assert (await leader.get(address)).status_code == 403
        await leader.get(f"{place}/members")
        assert (await leader.post(address, {"person": world.teachers[3]})).status_code == 403
        await leader.get(f"{place}/members")
    assert (await leader.get(f"/organisations/{world.school}/staff")).status_code == 404
    await browser.get(f"{place}/members")
    await browser.post(f"{place}/leader", {"person": 0, "seen": world.teachers[1]})
    assert (await leader.get(f"{place}/members")).status_code in {403, 404}


async def test_nobody_chosen_tells_strangers_nothing(
    sign_in: SignIn, world: World, circle: int, sqlite_db: Database
) -> None:
    await add(sqlite_db, Grant(account_id=world.teacher, role=Role.LEADER, association_id=circle))
    for account, expected in ((world.teacher, 403), (world.coordinator, 404), (world.other_methodist, 404)):
        browser = await sign_in(account)
        assert (await browser.post(f"/associations/{circle}/members/add")).status_code == expected
    browser = await sign_in(world.methodist)
    assert (await browser.post("/associations/999999/members/add")).status_code == 404


async def test_members_are_shown_page_by_page(sign_in: SignIn, world: World, circle: int, sqlite_db: Database) -> None:
    (first,) = await rows(sqlite_db, Teacher, Teacher.id == world.teachers[0])
    common = {"municipality_id": world.town, "organisation_id": world.school, "position_id": first.position_id}
    many = await add(sqlite_db, *(Teacher(**common, surname=f"Массова-{n:03}", given_name="Проба") for n in range(60)))
    await add(sqlite_db, *(AssociationMember(association_id=circle, teacher_id=one) for one in many))
    browser = await sign_in(world.methodist)
    page = words(await browser.get(f"/associations/{circle}/members?page=2"))
    assert "60 человек" in page.replace("\u00a0", " ")
    assert "Массова-059" in page
    assert "Массова-001" not in page
    assert "Массова-059" in words(await browser.get(f"/associations/{circle}/members?page=99"))


async def test_a_coordinator_is_appointed_and_dismissed(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    browser = await sign_in(world.methodist)
    place = f"/organisations/{world.kindergarten}"
    page = words(await browser.get(f"{place}/staff"))
    assert "Никто не назначен" in page
    assert "Работают 6" in page
    for _ in range(2):
        page = words(await browser.follow(await browser.post(f"{place}/coordinators", {"person": world.teachers[1]})))
    assert "Ответственный назначен" in page
    assert "Снять" in page
    wrong = await browser.follow(await browser.post(f"{place}/coordinators", {"person": world.teachers[2]}))
    assert "только тот, кто работает в этой организации" in words(wrong)
    mine = Grant.organisation_id == world.kindergarten
    (account,) = [one.account_id for one in await rows(sqlite_db, Grant, mine)]
    page = words(await browser.follow(await browser.post(f"{place}/coordinators/{account}/remove")))
    assert "больше не отвечает" in page
    assert await count(sqlite_db, Grant, mine) == 0


async def test_others_change_no_offices(sign_in: SignIn, world: World, circle: int, sqlite_db: Database) -> None:
    coordinator = await sign_in(world.coordinator)
    page = words(await coordinator.get(f"/organisations/{world.school}/staff"))
    assert "Ответственный от организации" in page
    assert "Назначить" not in page
    assert (await coordinator.get(f"/organisations/{world.kindergarten}/staff")).status_code == 404
    assert (await coordinator.get(f"/associations/{circle}/members")).status_code == 404
    stranger = await sign_in(world.other_methodist)
    for browser, status in ((coordinator, 403), (stranger, 404)):
        for address, sent in (
            (f"/organisations/{world.school}/coordinators", {"person": world.teachers[2]}),
            (f"/organisations/{world.school}/coordinators/{world.coordinator}/remove", {}),
            (f"/associations/{circle}/members/add", {"person": world.teachers[2]}),
            (f"/associations/{circle}/members/{world.teachers[2]}/remove", {}),
            (f"/associations/{circle}/leader", {"person": world.teachers[2]}),
        ):
            await browser.get("/indicators")
            answer = await browser.post(address, sent)
            assert answer.status_code == (404 if "associations" in address else status), address
    assert await count(sqlite_db, Grant, Grant.role.in_((Role.COORDINATOR, Role.LEADER))) == 1
    assert await count(sqlite_db, AssociationMember) == 0
