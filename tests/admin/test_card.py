"""The card of a person through the pages: what it says, to whom, and moving somebody."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.people.model import Role
from storage.models import (
    Association,
    AssociationMember,
    Award,
    Consent,
    Diagnosis,
    Event,
    EventParticipant,
    ExpertWork,
    Grant,
    MentorBankEntry,
    MentoringPair,
    Subject,
    Teacher,
    TeacherMove,
    TeacherSubject,
    TrainingRecord,
)
from storage.session import Database
from tests.admin.browser import words
from tests.admin.conftest import SignIn
from tests.admin.world import World
from tests.registry.folk import add, count, rows

DAY = date(2025, 3, 1)


async def fill(db: Database, world: World) -> int:
    """A teacher of the kindergarten of whom everything is known; returns the id."""
    one, partner = world.teachers[1], world.teachers[3]
    async with db.write() as session:
        teacher = await session.get_one(Teacher, one)
        teacher.surname, teacher.birth_year, teacher.first_work_year = "<b>Семёнова</b>", 1999, 2024
        teacher.category, teacher.category_date, teacher.workload = "first", DAY, Decimal("1.5")
    subject, circle, event = await add(
        db,
        Subject(code="art", title="рисование"),
        Association(municipality_id=world.town, code="art", name="Объединение художников"),
        Event(
            municipality_id=world.town,
            kind="seminar",
            title="Семинар о красках",
            starts_at=datetime(2025, 3, 1, tzinfo=UTC),
        ),
    )
    await add(
        db,
        TeacherSubject(teacher_id=one, subject_id=subject),
        AssociationMember(association_id=circle, teacher_id=one),
        EventParticipant(event_id=event, teacher_id=one),
        MentoringPair(municipality_id=world.town, mentor_id=partner, mentee_id=one, started_on=DAY),
        TrainingRecord(
            teacher_id=one,
            programme="Курс <i>о красках",
            provider="Институт",
            kind="advanced",
            hours=36,
            finished_on=DAY,
        ),
        Award(teacher_id=one, title="Грамота", level="municipal", given_on=DAY),
        ExpertWork(teacher_id=one, title="Жюри конкурса", level="regional", done_on=DAY),
        MentorBankEntry(teacher_id=one, year=2026, state="confirmed"),
        Diagnosis(teacher_id=one, source="centre", taken_on=DAY, areas={"ict_area": 62.5}),
    )
    return one


async def test_a_card_tells_everything(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    one = await fill(sqlite_db, world)
    page = await (await sign_in(world.methodist)).get(f"/people/{one}")
    said = words(page)
    for part in (
        "<b>Семёнова</b> Проба", "Молодой педагог", "Детский сад", "рисование", "1,5 ставки", "2 года (с 2024 года)",
        "первая", "бессрочно", "Объединение художников", "Примерова-3", "Курс <i>о красках", "36 часов", "Грамота",
        "муниципальный уровень", "Жюри конкурса", "2026 год: в банке наставников", "Семинар о красках",
        "цифровое (ИКТ): 62,5 %", "подключился",
    ):  # fmt: skip
        assert part.replace("\u00a0", " ") in said.replace("\u00a0", " "), part
    assert "<b>Семёнова" not in page.text
    assert "Права человека" not in said
    assert "Права человека" in words(await (await sign_in(world.administrator)).get(f"/people/{one}"))


async def test_a_coordinator_sees_the_own_people_and_less_of_them(
    sign_in: SignIn, world: World, sqlite_db: Database
) -> None:
    one = await fill(sqlite_db, world)
    browser = await sign_in(world.coordinator)
    assert (await browser.get(f"/people/{one}")).status_code == 404
    async with sqlite_db.write() as session:
        (await session.get_one(Teacher, one)).organisation_id = world.school
    page = await browser.get(f"/people/{one}")
    assert page.status_code == 200
    for hidden in ("Внешняя диагностика", "Согласие на бумаге", "Перевести", "Изменить"):
        assert hidden not in words(page)
    assert (await browser.get(f"/people/{one}/move")).status_code == 403
    assert (await browser.post(f"/people/{one}/paper-consent", {"day": "2026-01-01"})).status_code == 403


@pytest.mark.parametrize("part", ["", "/move"])
async def test_a_foreign_person_does_not_exist(sign_in: SignIn, world: World, part: str) -> None:
    browser = await sign_in(world.other_methodist)
    await browser.get("/indicators")
    assert (await browser.get(f"/people/{world.teachers[0]}{part}")).status_code == 404
    assert (await browser.get("/people/999999")).status_code == 404
    sent = {"from_id": world.school, "to_id": world.kindergarten, "moved_on": "2026-01-01"}
    assert (await browser.post(f"/people/{world.teachers[0]}/move", sent)).status_code == 404
    assert (await browser.post(f"/people/{world.teachers[0]}/paper-consent", {"day": "2026-01-01"})).status_code == 404


async def test_the_paper_consent_is_noted_and_taken_back(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    browser = await sign_in(world.methodist)
    address = f"/people/{world.teachers[1]}"
    await browser.get(address)
    for wrong, sentence in (
        ("2027-01-01", "ещё не наступил"),
        ("2001-01-01", "не может быть старше"),
        ("вчера", "Укажите дату"),
    ):
        page = await browser.post(f"{address}/paper-consent", {"day": wrong})
        assert page.status_code == 409
        assert sentence in words(page)
        assert f'value="{wrong}"' in page.text
    noted = await browser.follow(await browser.post(f"{address}/paper-consent", {"day": "01.09.2026"}))
    assert "получено 1 сентября 2026" in words(noted).replace("\u00a0", " ")
    page = await browser.post(f"{address}/paper-consent", {"day": "2026-10-01", "seen": ""})
    assert "изменил кто-то другой" in words(page)
    await browser.follow(await browser.post(f"{address}/paper-consent", {"day": "", "seen": "2026-09-01"}))
    assert [one.paper_consent_on for one in await rows(sqlite_db, Teacher, Teacher.id == world.teachers[1])] == [None]
    assert await count(sqlite_db, Consent) == 0


async def test_somebody_is_moved(sign_in: SignIn, world: World, sqlite_db: Database) -> None:
    browser = await sign_in(world.methodist)
    address = f"/people/{world.teachers[0]}"
    form = words(await browser.get(f"{address}/move"))
    assert "перестанет быть ответственным" in form
    assert "Других ответственных там нет" in form
    sent = {"from_id": world.school, "to_id": world.kindergarten, "moved_on": "2026-09-01"}
    for changed, sentence in (
        ({"moved_on": "когда-нибудь"}, "Укажите день перехода"),
        ({"to_id": ""}, "Выберите организацию"),
        ({"moved_on": "2027-09-01"}, "ещё не наступил"),
        ({"from_id": world.kindergarten, "to_id": world.school}, "уже перевели"),
    ):
        page = await browser.post(f"{address}/move", {**sent, **changed})
        assert page.status_code == 409
        assert sentence in words(page)
    for _ in range(2):
        card = await browser.follow(await browser.post(f"{address}/move", sent))
    assert "Детский сад № 2 town, с 1 сентября 2026" in words(card).replace("\u00a0", " ")
    assert await count(sqlite_db, TeacherMove) == 1
    assert await count(sqlite_db, Grant, Grant.role == Role.COORDINATOR) == 0
