"""Courses, awards and expert work: found by their titles too, and out of sight with whose they are."""

from datetime import date

import pytest

from core.people.rules import YoungTeacherRule
from core.registry import actions, kinds, queries
from core.registry.model import Kind, Now, Shelf, Wanted
from storage.models import Award, ExpertWork, TrainingRecord
from storage.session import Database
from tests.clocks import SetClock
from tests.registry.folk import Folk, add, make_folk

NOW = Now(date(2026, 11, 23), YoungTeacherRule())
DAY = date(2026, 3, 1)


@pytest.fixture
async def folk(db: Database, clock: SetClock) -> Folk:
    made = await make_folk(db, clock)
    course = {"provider": "Институт", "kind": "advanced", "finished_on": DAY}
    await add(
        db,
        TrainingRecord(teacher_id=made.first, programme="Приёмы счёта: 5_6 класс", **course),
        TrainingRecord(teacher_id=made.third, programme="ЦИФРОВАЯ ШКОЛА, 100% онлайн", **course),
        Award(teacher_id=made.first, title="Почётная грамота", level="regional", given_on=DAY),
        ExpertWork(teacher_id=made.first, title="Жюри олимпиады", level="municipal", done_on=DAY),
    )
    return made


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (kinds.TRAINING, "приемы", 1),
        (kinds.TRAINING, "СЧЕТА", 1),
        (kinds.TRAINING, "цифровая", 1),
        (kinds.TRAINING, "школа Цифровая", 1),
        (kinds.TRAINING, "цифровая Иная", 1),
        (kinds.TRAINING, "цифровая Семёнова", 0),
        (kinds.TRAINING, "5_6", 1),
        (kinds.TRAINING, "0%", 1),
        (kinds.TRAINING, "с_ета", 0),
        (kinds.TRAINING, "/", 0),
        (kinds.AWARDS, "почетная", 1),
        (kinds.EXPERT_WORK, "ОЛИМПИАДЫ", 1),
        (kinds.EXPERT_WORK, "грамота", 0),
    ],
)
async def test_a_word_of_the_title_finds_the_record(
    db: Database, folk: Folk, kind: Kind, text: str, found: int
) -> None:
    assert await _total(db, folk, kind, Wanted(text=text)) == found


async def test_records_go_into_the_archive_with_their_person(db: Database, clock: SetClock, folk: Folk) -> None:
    await actions.archive(db, clock, folk.methodist, kinds.TEACHERS, folk.first)
    assert await _total(db, folk, kinds.TRAINING, Wanted()) == 1
    assert await _total(db, folk, kinds.TRAINING, Wanted(shelf=Shelf.ARCHIVED)) == 1
    assert await _total(db, folk, kinds.TRAINING, Wanted(shelf=Shelf.ALL)) == 2
    own = Wanted(filters={"teacher_id": str(folk.first)})
    assert await _total(db, folk, kinds.TRAINING, own) == 1


async def _total(db: Database, folk: Folk, kind: Kind, wanted: Wanted) -> int:
    async with db.read() as session:
        return (await queries.page(session, folk.methodist, folk.town, kind, wanted, NOW)).total
