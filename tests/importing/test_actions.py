"""A file goes in whole or not at all, once, and only where the actor may."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from core.errors import AppError, Denied, NotFound
from core.importing import actions, queries
from core.importing.model import AwardRead, Course, ImportKind, ImportState, Mapping, Person, Problem, Verdict
from core.people.model import Category, Education, TrainingKind
from storage.models import Account, AuditEntry, Award, ImportRow, ImportRun, Teacher, TeacherSubject, TrainingRecord
from tests.importing.world import FIRST, MATHS, PHYSICS, SOMEBODY, TEACHER, World

COURSE = Course("Цифровые инструменты", "Институт", TrainingKind.ADVANCED, 72, date(2023, 5, 20))
FULL = replace(
    SOMEBODY,
    subjects=(MATHS, PHYSICS),
    workload=Decimal("1.5"),
    education=Education.HIGHER,
    total_first_year=2001,
    first_work_year=2003,
    category=Category.FIRST,
    category_date=date(2022, 3, 12),
    courses=(COURSE,),
    awards=(AwardRead("Почётная грамота", "federal", date(2020, 1, 1)),),
)


async def state(world: World, run: int) -> queries.RunView:
    async with world.db.read() as session:
        return await queries.run(session, world.methodist, run)


async def test_somebody_new_comes_in_with_everything(world: World) -> None:
    run = await world.read(FULL)
    seen = await state(world, run)
    assert (seen.state, seen.counts, seen.problems) == (ImportState.READY, {Verdict.ADDED: 1}, 0)
    assert await world.apply(run) == (1, 0)
    async with world.db.read() as session:
        (row,) = await session.scalars(select(Teacher))
        assert (row.surname, row.workload, row.category_date) == ("Примерова", Decimal("1.50"), date(2022, 3, 12))
        assert (row.organisation_id, row.search) == (world.organisations[FIRST], "примерова анна борисовна")
        assert set(await session.scalars(select(TeacherSubject.subject_id))) == set(world.subjects.values())
        assert [one.programme for one in await session.scalars(select(TrainingRecord))] == [COURSE.programme]
        assert [one.title for one in await session.scalars(select(Award))] == ["Почётная грамота"]
        assert await session.scalar(select(Account.teacher_id).where(Account.teacher_id.is_not(None))) == row.id
        (entry,) = await session.scalars(select(AuditEntry).where(AuditEntry.subject == f"teacher:{row.id}"))
    assert (entry.action, entry.account_id) == ("teacher.added", world.methodist.account_id)
    assert entry.changes["category"] == [None, "first"]


async def test_the_same_file_twice_changes_nothing(world: World) -> None:
    await world.load(FULL)
    before = await world.tables()
    seen = await state(world, run := await world.read(FULL))
    assert seen.counts == {Verdict.LEFT: 1}
    with pytest.raises(AppError, match="nothing_to_do"):
        await world.apply(run)
    assert await world.tables() == before


async def test_one_problem_keeps_everybody_out(world: World) -> None:
    wrong = replace(SOMEBODY, surname="Другая", problems=(Problem("Лист1", 4, "C", "не дата"),))
    seen = await state(world, run := await world.read(FULL, wrong))
    assert (seen.counts, seen.problems) == ({Verdict.ADDED: 1, Verdict.PROBLEM: 1}, 1)
    with pytest.raises(AppError, match="has_problems"):
        await world.apply(run)
    assert (await state(world, run)).state is ImportState.READY
    async with world.db.read() as session:
        assert (await session.execute(select(func.count()).select_from(Teacher))).scalar_one() == 0


async def test_a_registry_that_has_changed_since_is_compared_anew(world: World) -> None:
    await world.load(SOMEBODY)
    run = await world.read(replace(SOMEBODY, category=Category.HIGHEST, category_date=date(2024, 2, 1)))
    async with world.db.write() as session:
        (row,) = await session.scalars(select(Teacher))
        row.category, row.category_date = Category.FIRST, date(2023, 1, 1)
    before = await world.tables()
    with pytest.raises(AppError, match="outdated"):
        await world.apply(run)
    assert await world.tables() == before
    assert (await state(world, run)).state is ImportState.READING
    await actions.read(world.db, world.clock, run)
    assert await world.apply(run) == (0, 1)


async def test_nothing_of_the_file_stays_after_it_is_applied(world: World) -> None:
    run = await world.load(SOMEBODY)
    async with world.db.read() as session:
        assert await session.scalar(select(ImportRun.content).where(ImportRun.id == run)) is None
        assert await session.scalar(select(func.count()).select_from(ImportRow)) == 0
    with pytest.raises(AppError, match="not_ready"):
        await world.apply(run)


async def test_reading_again_is_the_same_as_reading_once(world: World) -> None:
    run = await world.read(FULL)
    await actions.read(world.db, world.clock, run)
    async with world.db.write() as session:
        (await session.get_one(ImportRun, run)).state = ImportState.APPLYING
    async with world.db.read() as session:
        assert await queries.unfinished(session) == [run]
    await actions.read(world.db, world.clock, run)
    seen = await state(world, run)
    assert (seen.state, seen.counts, seen.stage_done) == (ImportState.READY, {Verdict.ADDED: 1}, 1)


async def test_a_stranger_finds_nothing(world: World) -> None:
    run = await world.read(SOMEBODY)
    stranger = world.stranger
    with pytest.raises(Denied):
        await actions.upload(world.db, world.clock, stranger, world.town, ImportKind.STAFF, "a.xlsx", b"x", {})
    for act in (actions.apply, actions.undo, actions.discard):
        with pytest.raises(NotFound):
            await act(world.db, world.clock, stranger, run)
    with pytest.raises(NotFound):
        await actions.set_mapping(world.db, world.clock, stranger, run, Mapping())
    async with world.db.read() as session:
        with pytest.raises(Denied):
            await queries.runs(session, stranger, world.town)
        for look in (queries.run, queries.namesakes):
            with pytest.raises(NotFound):
                await look(session, stranger, run)
        with pytest.raises(NotFound):
            await queries.rows(session, stranger, run, Verdict.ADDED, 1)
        with pytest.raises(NotFound):
            await queries.problems(session, stranger, run, page=1)
        with pytest.raises(NotFound):
            await queries.missing(session, stranger, run, 1)


async def test_unknown_names_are_told_explained_and_remembered(world: World) -> None:
    odd = replace(SOMEBODY, organisation="Школа за рекой", position="учителка", subjects=("мат-ка",))
    run = await world.read(odd, replace(odd, surname="Вторая"))
    seen = await state(world, run)
    assert {(one.kind, one.name, one.rows) for one in seen.unknown} == {
        ("organisation", "Школа за рекой", 2),
        ("position", "учителка", 2),
        ("subject", "мат-ка", 2),
    }
    near = {one.kind: one.near for one in seen.unknown}
    assert near["position"][0] == world.positions[TEACHER]
    mapping = Mapping(
        organisations={"школа за рекой": world.organisations[FIRST]},
        positions={"учителка": world.positions[TEACHER]},
        subjects={"мат-ка": world.subjects[MATHS]},
    )
    await actions.set_mapping(world.db, world.clock, world.methodist, run, mapping)
    await actions.read(world.db, world.clock, run)
    assert await world.apply(run) == (2, 0)
    assert (await state(world, await world.read(odd))).counts == {Verdict.LEFT: 1}


async def test_an_empty_file_says_so(world: World) -> None:
    run = await world.read()
    async with world.db.read() as session:
        found, total = await queries.problems(session, world.methodist, run, page=1)
    assert total == 1
    assert "ни одного человека" in found[0].message
    with pytest.raises(AppError, match="has_problems"):
        await world.apply(run)


async def test_a_file_that_was_given_up_leaves_nothing(world: World) -> None:
    run = await world.read(SOMEBODY)
    await actions.discard(world.db, world.clock, world.methodist, run)
    async with world.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(ImportRow)) == 0
        assert await queries.runs(session, world.methodist, world.town) == []
    await actions.read(world.db, world.clock, run)


async def test_what_breaks_is_told_by_its_number(world: World) -> None:
    content = world.file(SOMEBODY)
    run = await actions.upload(
        world.db, world.clock, world.methodist, world.town, ImportKind.STAFF, "a.xlsx", content, {}
    )
    await actions.broke(world.db, world.clock, run, "ab12")
    seen = await state(world, run)
    assert (seen.state, seen.failure["params"]) == (ImportState.FAILED, {"number": "ab12"})


@pytest.mark.parametrize(
    ("options", "key"),
    [({}, "unknown_source"), ({"source": "regional_centre", "taken_on": "вчера"}, "day_unreadable")],
)
async def test_a_diagnosis_needs_its_source_and_day(world: World, options: dict[str, str], key: str) -> None:
    with pytest.raises(AppError, match=key):
        await actions.upload(
            world.db, world.clock, world.methodist, world.town, ImportKind.DIAGNOSES, "a.xlsx", b"x", options
        )


async def test_a_file_in_an_old_format_is_refused_at_once(world: World) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(AppError, match="old_format"):
        await actions.upload(world.db, world.clock, world.methodist, world.town, ImportKind.STAFF, "a.xls", old, {})


def _person(number: int) -> Person:
    return replace(SOMEBODY, surname=f"Примерова{'абвгдежзик'[number % 10]}{'абвгдежзик'[number // 10 % 10]}")


async def test_pages_follow_the_file(world: World) -> None:
    run = await world.read(*(_person(number) for number in range(60)))
    async with world.db.read() as session:
        first, total = await queries.rows(session, world.methodist, run, Verdict.ADDED, 1)
        second, _ = await queries.rows(session, world.methodist, run, Verdict.ADDED, 2)
    assert (total, len(first), len(second)) == (60, queries.PAGE, 10)
    assert [one.row for one in [*first, *second]] == list(range(3, 63))
