"""Who sees and changes what of the registry, by pages and by requests past them."""

from datetime import date

import pytest

from admin.shell import navigation
from core.people.model import Role
from storage.models import (
    Association,
    AssociationMember,
    AuditEntry,
    Award,
    Grant,
    MentorBankEntry,
    Municipality,
    Programme,
    Teacher,
    TrainingRecord,
)
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.registry.folk import add, count

Places = dict[str, int]


@pytest.fixture
async def places(sqlite_db: Database, world: World) -> Places:
    """A record of every kind in the town, by the beginning of its address; people of the school have theirs."""
    someone = world.teachers[2]
    made = await add(
        sqlite_db,
        Association(municipality_id=world.town, code="own", name="РМО математиков"),
        Association(municipality_id=world.town, code="alien", name="РМО физиков"),
        Programme(
            municipality_id=world.town, title="Особая программа", provider="Институт", kind="advanced", form="remote"
        ),
        TrainingRecord(
            teacher_id=someone,
            programme="Особый курс",
            provider="Институт",
            kind="advanced",
            finished_on=date(2026, 1, 1),
        ),
        Award(teacher_id=someone, title="Грамота", level="regional"),
        MentorBankEntry(teacher_id=someone, year=2026, state="confirmed"),
    )
    names = ("/associations", "alien", "/programmes", "/training", "/awards", "/mentor-bank")
    return {"/people": someone, "/organisations": world.school, **dict(zip(names, made, strict=True))}


async def test_a_stranger_meets_nothing(sign_in: SignIn, world: World, sqlite_db: Database, places: Places) -> None:
    browser = await sign_in(world.other_methodist)
    before = await count(sqlite_db, AuditEntry)
    for path, record in places.items():
        if path == "alien":
            continue
        listed = words(await browser.get(path))
        assert not any(word in listed for word in ("РМО", "Грамота", "№ 1 town", "Особ")), path
        for page in ("", "/edit", "/archive", "/restore", "/history"):
            answer = await browser.get(f"{path}/{record}{page}")
            assert answer.status_code == 404, (path, page)
        for deed in ("edit", "archive", "restore"):
            await browser.get("/people")
            assert (await browser.post(f"{path}/{record}/{deed}", {"title": "x"})).status_code == 404, (path, deed)
    for path in ("/training", "/awards", "/mentor-bank"):
        assert (await browser.get(f"{path}/new?teacher_id={places['/people']}")).status_code == 404
        await browser.get("/people")
        sent = {"teacher_id": places["/people"], "title": "x", "level": "regional", "year": "2026", "state": "left"}
        assert (await browser.post(f"{path}/new", sent)).status_code in {404, 422}, (
            "the latter by the same missing person"
        )
    assert (await browser.get(f"/people?organisation_id={world.school}")).text.count("Примерова") == 0
    assert await count(sqlite_db, AuditEntry) == before


async def test_a_record_is_not_added_for_a_foreign_organisation(
    sign_in: SignIn, world: World, sqlite_db: Database
) -> None:
    browser = await sign_in(world.other_methodist)
    people = await count(sqlite_db, Teacher)
    await browser.get("/people/new")
    sent = {"surname": "Чужая", "given_name": "Проба", "category": "none", "position_id": 1}
    answer = await browser.post("/people/new", {**sent, "organisation_id": world.school})
    assert answer.status_code == 422
    assert "Выберите из списка" in words(answer)
    assert await count(sqlite_db, Teacher) == people


async def test_a_coordinator_reads_the_own_organisation(
    sign_in: SignIn, world: World, sqlite_db: Database, places: Places
) -> None:
    browser = await sign_in(world.coordinator)
    page = words(await browser.get("/people"))
    assert "Примерова-2 Проба" in page
    assert "Примерова-3 Проба" not in page
    assert "Добавить" not in page
    assert words(await browser.get("/organisations")).count("Детский сад") == 0
    assert (await browser.get(f"/organisations/{world.school}")).status_code == 200
    assert (await browser.get(f"/organisations/{world.kindergarten}")).status_code == 404
    assert (await browser.get(f"/training/{places['/training']}")).status_code == 200
    for path in ("/associations", "/programmes", "/positions", "/subjects", "/associations/export.xlsx"):
        assert (await browser.get(path)).status_code == 403, path
    await refused(browser, sqlite_db, {path: places[path] for path in ("/people", "/organisations", "/training")})


async def test_a_leader_reads_the_own_members(
    sign_in: SignIn, world: World, sqlite_db: Database, places: Places
) -> None:
    own = places["/associations"]
    await add(sqlite_db, AssociationMember(association_id=own, teacher_id=world.teachers[2]))
    # An account of somebody who has no other office.
    async with sqlite_db.write() as session:
        session.add(Grant(account_id=world.teacher, role=Role.LEADER, association_id=own))
    browser = await sign_in(world.teacher)
    page = words(await browser.get("/people"))
    assert "Примерова-2 Проба" in page
    assert "Примерова-4" not in page
    circles = words(await browser.get("/associations"))
    assert "РМО математиков" in circles
    assert "РМО физиков" not in circles
    assert (await browser.get(f"/associations/{own}")).status_code == 200
    assert (await browser.get(f"/associations/{places['alien']}")).status_code == 404
    assert (await browser.get("/organisations")).status_code == 403
    await refused(browser, sqlite_db, {path: places[path] for path in ("/people", "/associations", "/training")})


async def refused(browser: Browser, db: Database, places: Places) -> None:
    """Neither pages nor requests past them change anything."""
    before = await count(db, AuditEntry)
    for path, record in places.items():
        for page in ("new", f"{record}/edit", f"{record}/archive", f"{record}/restore"):
            assert (await browser.get(f"{path}/{page}")).status_code == 403, (path, page)
            await browser.get("/people")
            assert (await browser.post(f"{path}/{page}", {"title": "x"})).status_code == 403, (path, page)
    assert await count(db, AuditEntry) == before


async def test_the_menu_shows_what_opens(sign_in: SignIn, world: World) -> None:
    for account, seen, unseen in (
        (world.coordinator, ("Педагоги", "Организации", "Приглашения"), ("Импорт", "Объединения", "Учётные записи")),
        (world.methodist, ("Педагоги", "Импорт", "Объединения"), ("Учётные записи", "Система")),
        (world.administrator, ("Учётные записи", "Журнал действий", "Система"), ()),
    ):
        browser = await sign_in(account)
        page = await browser.get("/people")
        menu = page.text[page.text.index("Основное меню") : page.text.index("</nav>")]
        assert all(f"<span>{title}</span>" in menu for title in seen), account
        assert not any(f"<span>{title}</span>" in menu for title in unseen), account


async def test_associations_are_called_as_the_municipality_calls_them(
    sign_in: SignIn, world: World, sqlite_db: Database
) -> None:
    async with sqlite_db.write() as session:
        town = await session.get_one(Municipality, world.town)
        called = {"association_short": "ГМО", "association_plural": "городские методические объединения"}
        town.settings = {**town.settings, "words": called}
    browser = await sign_in(world.methodist)
    page = words(await browser.get("/associations"))
    assert "Городские методические объединения" in page
    assert "Добавить ГМО" in page


async def test_nobody_is_seen_without_signing_in(stranger: Browser, world: World) -> None:
    for path in ("/people", f"/organisations/{world.school}", "/training/export.csv", "/subjects/new"):
        assert (await stranger.get(path)).headers["location"].startswith("/sign-in"), path


async def test_every_entry_of_a_menu_opens(sign_in: SignIn, world: World) -> None:
    for account in (world.administrator, world.methodist, world.coordinator):
        browser = await sign_in(account)
        page = await browser.get("/indicators")
        offered = [entry.path for entry in navigation.ENTRIES if f'href="{entry.path}"' in page.text]
        assert "/people" in offered
        for path in offered:
            assert (await browser.get(path)).status_code == 200, (account, path)
