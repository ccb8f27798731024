"""The audit: what it shows, to whom, and what it leaves to nobody."""

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from core.people.model import Actor, Role
from core.staff import actions as staff
from storage.models import AuditEntry, Teacher
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import START, SignIn
from tests.admin.world import World
from tests.clocks import SetClock


@pytest.fixture
async def keeper(sqlite_db: Database, clock: SetClock, world: World) -> int:
    """An account that administers the town."""
    actor = Actor(world.administrator, None, None, everywhere=True, roles=frozenset({Role.ADMINISTRATOR}))
    return await staff.create(sqlite_db, clock, actor, "Хранитель", Role.ADMINISTRATOR, world.town)


async def write(db: Database, **values: object) -> int:
    async with db.write() as session:
        row = AuditEntry(**{"at": START, "action": "teacher.changed", "details": {}, "changes": {}, **values})
        session.add(row)
        await session.flush()
        return row.id


async def test_an_entry_says_who_did_what_and_what_it_was_before(
    sign_in: SignIn, sqlite_db: Database, world: World, keeper: int
) -> None:
    one = world.teachers[3]
    await write(
        sqlite_db,
        account_id=world.methodist,
        municipality_id=world.town,
        subject=f"teacher:{one}",
        changes={"category": ["none", "highest"], "organisation_id": [world.school, world.kindergarten]},
    )
    page = await (await sign_in(keeper)).get("/audit")
    assert page.status_code == 200
    said = words(page)
    assert "Методист" in said
    assert "Карточка: изменено" in said
    assert "высшая" in said
    assert "Школа № 1 town → Детский сад № 2 town" in said
    assert f'href="/people/{one}"' in page.text
    assert "organisation_id" not in page.text


async def test_each_administrator_sees_their_own_municipality(
    sign_in: SignIn, sqlite_db: Database, world: World, keeper: int
) -> None:
    await write(sqlite_db, municipality_id=world.other_town, subject="survey:other_secret")
    await write(sqlite_db, municipality_id=None, subject="survey:nobodys")
    own = await (await sign_in(keeper)).get("/audit")
    assert "other_secret" not in own.text
    assert "nobodys" not in own.text
    everything = await (await sign_in(world.administrator)).get("/audit")
    assert "other_secret" in everything.text
    assert "nobodys" in everything.text


@pytest.mark.parametrize("who", ["methodist", "coordinator"])
@pytest.mark.parametrize("path", ["/audit", "/audit/export.xlsx", "/audit/export.csv"])
async def test_nobody_else_reads_it(sign_in: SignIn, world: World, who: str, path: str) -> None:
    browser = await sign_in(getattr(world, who))
    assert (await browser.get(path)).status_code == 403
    assert 'href="/audit"' not in (await browser.get("/account")).text


async def test_it_is_searched_by_name_group_and_day(
    sign_in: SignIn, sqlite_db: Database, world: World, keeper: int
) -> None:
    async with sqlite_db.write() as session:
        (await session.get_one(Teacher, world.teachers[5])).surname = "Звёздная"
    await write(sqlite_db, municipality_id=world.town, subject=f"teacher:{world.teachers[5]}")
    await write(sqlite_db, municipality_id=world.town, subject="survey:late", at=START + timedelta(days=40))
    browser = await sign_in(keeper)
    found = words(await browser.get("/audit", params={"text": "звездная"}))
    assert "Звёздная Проба" in found
    assert "late" not in found
    assert "Звёздная" not in words(await browser.get("/audit", params={"group": "campaigns"}))
    assert "Звёздная" in words(await browser.get("/audit", params={"group": "people"}))
    late = words(await browser.get("/audit", params={"since": "2026-12-20", "until": "2027-01-20"}))
    assert "Анкета: late" in late
    assert "Звёздная" not in late
    about = words(await browser.get("/audit", params={"subject": f"teacher:{world.teachers[5]}"}))
    assert "Звёздная" in about
    assert "late" not in about


@pytest.mark.parametrize(
    "query",
    [
        {"since": "0001-01-01", "until": "9999-12-31"},
        {"since": "вчера", "before": "9" * 30},
        {"before": "-1", "group": "нет такой", "text": "\x00%_"},
        {"before": "٣", "subject": "teacher:'"},
    ],
)
async def test_conditions_without_sense_break_nothing(sign_in: SignIn, keeper: int, query: dict[str, str]) -> None:
    assert (await (await sign_in(keeper)).get("/audit", params=query)).status_code == 200


async def test_its_pages_follow_one_another_without_gap(
    sign_in: SignIn, sqlite_db: Database, world: World, keeper: int
) -> None:
    async with sqlite_db.write() as session:
        session.add_all(
            AuditEntry(at=START, action="survey.published", subject=f"survey:n{number:03}", municipality_id=world.town)
            for number in range(120)
        )
    browser = await sign_in(keeper)
    seen: list[str] = []
    page, turns = await browser.get("/audit?group=surveys"), 0
    while True:
        said = words(page)
        seen += [f"n{number:03}" for number in range(120) if f"Анкета: n{number:03}" in said]
        following = page.text.partition(">Раньше")[0].rpartition('href="')[2].partition('"')[0]
        if ">Раньше" not in page.text:
            break
        page, turns = await browser.get(following.replace("&amp;", "&")), turns + 1
    assert turns == 2
    assert sorted(seen) == [f"n{number:03}" for number in range(120)]


async def test_it_is_taken_away_as_a_file_and_that_is_written_down(
    sign_in: SignIn, sqlite_db: Database, world: World, keeper: int
) -> None:
    await write(sqlite_db, municipality_id=world.town, subject="survey:=1+1", changes={"=x": ["=1", "=2"]})
    browser = await sign_in(keeper)
    answer = await browser.get("/audit/export.xlsx")
    assert answer.status_code == 200
    (sheet,) = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    assert sheet["A1"].value == "Когда"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert any("=1 → =2" in str(row[4].value) for row in sheet.iter_rows())
    plain = (await browser.get("/audit/export.csv")).content.decode("utf-8-sig")
    assert "Когда;Кто;Что" in plain
    assert "\n=" not in plain
    assert ";=" not in plain
    async with sqlite_db.read() as session:
        noted = list(await session.scalars(select(AuditEntry).where(AuditEntry.action == "audit.exported")))
    assert [(one.account_id, one.details) for one in noted] == [
        (keeper, {"format": "xlsx"}),
        (keeper, {"format": "csv"}),
    ]


async def test_a_refused_password_is_written_down_without_what_was_typed(
    stranger: Browser, sqlite_db: Database, world: World
) -> None:
    for login in ("methodist", "никто-такой"):
        await stranger.post("/sign-in", {"login": login, "password": "не тот пароль"})
    async with sqlite_db.read() as session:
        found = list(await session.scalars(select(AuditEntry).where(AuditEntry.action == "sign_in.failed")))
    assert [(one.subject, one.municipality_id) for one in found] == [
        (f"account:{world.methodist}", world.town),
        (None, None),
    ]
    assert all("никто" not in f"{one.details}{one.changes}" for one in found)
