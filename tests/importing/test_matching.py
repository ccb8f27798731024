"""Whose row it is: same people are found, namesakes are asked about, nobody is taken for somebody else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from core.importing import actions, queries
from core.importing.model import ImportKind, Mapping, Person, Verdict
from core.people.model import Category
from storage.models import Diagnosis, Organisation, Teacher, TeacherMove
from tests.importing.world import FIRST, SECOND, SOMEBODY, World


async def counts(world: World, *persons: Person, kind: ImportKind = ImportKind.STAFF) -> dict[str, int]:
    return dict((await view(world, await world.read(*persons, kind=kind))).counts)


async def view(world: World, run: int) -> queries.RunView:
    async with world.db.read() as session:
        return await queries.run(session, world.methodist, run)


async def messages(world: World, run: int) -> str:
    async with world.db.read() as session:
        found, _ = await queries.problems(session, world.methodist, run, page=None)
    return " ".join(one.message for one in found)


async def correct(world: World, run: int, people: dict[str, int]) -> None:
    await actions.set_mapping(world.db, world.clock, world.methodist, run, Mapping(people=people))
    await actions.read(world.db, world.clock, run)


@pytest.mark.parametrize(
    "same",
    [
        replace(SOMEBODY, given_name="АННА"),
        replace(SOMEBODY, birth_year=None),
        replace(SOMEBODY, position=""),
        replace(SOMEBODY, given_name="А.", patronymic="Б.", birth_year=None),
        replace(SOMEBODY, given_name="А.", patronymic=None),
    ],
)
async def test_the_same_person_written_otherwise(world: World, same: Person) -> None:
    await world.load(SOMEBODY)
    assert await counts(world, same) == {Verdict.LEFT: 1}


async def test_yo_is_ye(world: World) -> None:
    await world.load(replace(SOMEBODY, surname="Берёзкина"))
    assert await counts(world, replace(SOMEBODY, surname="Березкина")) == {Verdict.LEFT: 1}


async def test_a_birth_year_that_was_missing_is_filled_in(world: World) -> None:
    await world.load(replace(SOMEBODY, birth_year=None))
    await world.load(SOMEBODY)
    async with world.db.read() as session:
        assert list(await session.scalars(select(Teacher.birth_year))) == [1980]


async def test_another_organisation_and_the_same_year_is_a_move(world: World) -> None:
    await world.load(SOMEBODY)
    run = await world.read(replace(SOMEBODY, organisation=SECOND))
    async with world.db.read() as session:
        (row,), _ = await queries.rows(session, world.methodist, run, Verdict.CHANGED, 1)
    assert row.changes["organisation"] == [FIRST, SECOND]
    await world.apply(run)
    async with world.db.read() as session:
        move = (await session.scalars(select(TeacherMove))).one()
    assert (move.from_organisation_id, move.to_organisation_id) == tuple(world.organisations.values())
    assert move.moved_on == date(2026, 11, 23)


async def test_without_a_year_nobody_is_moved(world: World) -> None:
    await world.load(SOMEBODY)
    run = await world.read(replace(SOMEBODY, organisation=SECOND, birth_year=None))
    found = await view(world, run)
    assert (found.counts, found.remarks, found.problems) == ({Verdict.ADDED: 1}, 1, 0)
    assert "уже работает в другой организации" in await messages(world, run)


async def test_another_year_in_the_same_organisation_is_asked_about(world: World) -> None:
    await world.load(SOMEBODY)
    run = await world.read(replace(SOMEBODY, birth_year=1999))
    async with world.db.read() as session:
        (asked,) = await queries.namesakes(session, world.methodist, run)
    assert (asked.name, asked.birth_year, [one.birth_year for one in asked.cards]) == (
        "Примерова Анна Борисовна",
        1999,
        [1980],
    )
    await correct(world, run, {f"{asked.sheet}!{asked.row}": 0})
    assert (await view(world, run)).counts == {Verdict.ADDED: 1}
    await correct(world, run, {f"{asked.sheet}!{asked.row}": asked.cards[0].teacher_id})
    assert (await view(world, run)).counts == {Verdict.CHANGED: 1}
    await world.apply(run)
    async with world.db.read() as session:
        assert list(await session.scalars(select(Teacher.birth_year))) == [1999]


async def test_people_of_another_municipality_are_nobody(world: World) -> None:
    (far,) = world.stranger.municipalities
    async with world.db.write() as session:
        school = Organisation(municipality_id=far, code="far", name=FIRST, short_name=FIRST, kind="school")
        session.add(school)
        await session.flush()
        stranger = Teacher(
            municipality_id=far,
            organisation_id=school.id,
            position_id=next(iter(world.positions.values())),
            surname=SOMEBODY.surname,
            given_name=SOMEBODY.given_name,
            patronymic=SOMEBODY.patronymic,
            birth_year=SOMEBODY.birth_year,
        )
        session.add(stranger)
    run = await world.read(SOMEBODY)
    assert (await view(world, run)).counts == {Verdict.ADDED: 1}
    await correct(world, run, {"Лист1!3": stranger.id})
    assert (await view(world, run)).counts == {Verdict.PROBLEM: 1}
    async with world.db.read() as session:
        assert await queries.namesakes(session, world.methodist, run) == []


async def test_two_of_one_name_are_told_apart_by_year_and_asked_about_without(world: World) -> None:
    older, younger = SOMEBODY, replace(SOMEBODY, birth_year=1999)
    run = await world.read(older, younger)
    assert (await view(world, run)).counts == {Verdict.ADDED: 2}
    await world.apply(run)
    assert await counts(world, younger, older) == {Verdict.LEFT: 2}
    found = await view(world, await world.read(replace(SOMEBODY, birth_year=None)))
    assert (found.counts, found.namesakes) == ({Verdict.PROBLEM: 1}, 1)


async def test_initials_that_fit_two_or_nobody_are_refused(world: World) -> None:
    short = replace(SOMEBODY, given_name="А.", patronymic="Б.", birth_year=None)
    assert await counts(world, short) == {Verdict.PROBLEM: 1}
    await world.load(SOMEBODY, replace(SOMEBODY, given_name="Алла", birth_year=1999))
    found = await view(world, await world.read(short))
    assert (found.counts, found.namesakes) == ({Verdict.PROBLEM: 1}, 1)


async def test_one_person_twice_in_the_file_is_a_mistake(world: World) -> None:
    run = await world.read(SOMEBODY, SOMEBODY)
    assert (await view(world, run)).counts == {Verdict.ADDED: 1, Verdict.PROBLEM: 1}
    assert "уже есть строка: лист «Лист1», строка 3" in await messages(world, run)


@pytest.mark.parametrize("registered", [False, True])
@pytest.mark.parametrize(("here", "there"), [("1", "0.5"), ("0.5", "1")])
async def test_of_two_organisations_the_one_with_more_workload_counts(
    world: World, here: str, there: str, *, registered: bool
) -> None:
    if registered:
        await world.load(SOMEBODY)
    both = (
        replace(SOMEBODY, workload=Decimal(here)),
        replace(SOMEBODY, organisation=SECOND, workload=Decimal(there)),
    )
    run = await world.read(*both)
    found = await view(world, run)
    assert (found.problems, found.remarks) == (0, 1)
    await world.apply(run)
    async with world.db.read() as session:
        (row,) = await session.scalars(select(Teacher))
    assert (row.organisation_id, row.workload) == (world.organisations[FIRST if here == "1" else SECOND], Decimal(1))
    assert await counts(world, *both) == {Verdict.LEFT: 2}


async def test_the_other_row_may_stand_far_away(world: World) -> None:
    """In another part of the file, so that it is in the database by then."""
    crowd = [replace(SOMEBODY, surname=f"{'Аб' * (1 + n // 26)}{chr(1072 + n % 26)}ова") for n in range(600)]
    main = replace(SOMEBODY, organisation=SECOND, workload=Decimal(1))
    run = await world.read(replace(SOMEBODY, workload=Decimal("0.5")), *crowd, main)
    assert await world.apply(run) == (601, 0)
    async with world.db.read() as session:
        row = (await session.scalars(select(Teacher).where(Teacher.surname == "Примерова"))).one()
    assert row.organisation_id == world.organisations[SECOND]


async def test_who_is_not_in_the_file_is_listed_and_left(world: World) -> None:
    other = replace(SOMEBODY, surname="Другая")
    await world.load(SOMEBODY, other, replace(other, organisation=SECOND, surname="Третья"))
    run = await world.read(SOMEBODY)
    async with world.db.read() as session:
        found, total = await queries.missing(session, world.methodist, run, 1)
    assert (total, [one.name for one in found], (await view(world, run)).missing) == (1, ["Другая Анна Борисовна"], 1)


async def test_somebody_from_the_archive_comes_back(world: World) -> None:
    await world.load(SOMEBODY)
    async with world.db.write() as session:
        await session.execute(update(Teacher).values(archived_at=world.clock.now()))
    assert await counts(world, SOMEBODY) == {Verdict.CHANGED: 1}


@pytest.mark.parametrize(
    ("year", "verdict"), [(2000, Verdict.LEFT), (2001, Verdict.LEFT), (1999, Verdict.LEFT), (2002, Verdict.CHANGED)]
)
async def test_experience_that_agrees_within_a_year_is_left(world: World, year: int, verdict: Verdict) -> None:
    await world.load(replace(SOMEBODY, first_work_year=2000))
    assert await counts(world, replace(SOMEBODY, first_work_year=year)) == {verdict: 1}


@pytest.mark.parametrize(
    ("category", "given_on", "verdict"),
    [
        (Category.FIRST, None, Verdict.LEFT),
        (Category.NONE, None, Verdict.LEFT),
        (Category.FIRST, date(2024, 5, 1), Verdict.CHANGED),
        (Category.HIGHEST, date(2020, 1, 1), Verdict.LEFT),
        (Category.HIGHEST, None, Verdict.CHANGED),
        (Category.FIRST, date(2022, 3, 12), Verdict.LEFT),
    ],
)
async def test_an_older_category_is_left(
    world: World, category: Category, given_on: date | None, verdict: Verdict
) -> None:
    await world.load(replace(SOMEBODY, category=Category.FIRST, category_date=date(2022, 3, 12)))
    assert await counts(world, replace(SOMEBODY, category=category, category_date=given_on)) == {verdict: 1}


async def test_a_new_person_needs_a_position(world: World) -> None:
    run = await world.read(replace(SOMEBODY, position=""))
    assert "должность не указана" in await messages(world, run)


async def test_a_diagnosis_goes_to_people_of_the_registry_only(world: World) -> None:
    await world.load(SOMEBODY)
    tested = replace(SOMEBODY, position="", areas={"ict_area": 40.0})
    unknown = replace(tested, surname="Неизвестная")
    assert await counts(world, tested, unknown, kind=ImportKind.DIAGNOSES) == {Verdict.ADDED: 1, Verdict.PROBLEM: 1}
    run = await world.load(tested, kind=ImportKind.DIAGNOSES)
    assert await counts(world, tested, kind=ImportKind.DIAGNOSES) == {Verdict.LEFT: 1}
    second = await world.load(replace(tested, areas={"methodical_area": 80.0}), kind=ImportKind.DIAGNOSES)
    async with world.db.read() as session:
        row = (await session.scalars(select(Diagnosis))).one()
    assert (row.areas, row.taken_on) == ({"ict_area": 40.0, "methodical_area": 80.0}, date(2026, 10, 1))
    await actions.undo(world.db, world.clock, world.methodist, second)
    async with world.db.read() as session:
        assert (await session.scalars(select(Diagnosis))).one().areas == {"ict_area": 40.0}
    assert run < second


async def test_a_diagnosis_can_be_taken_back(world: World) -> None:
    await world.load(SOMEBODY)
    run = await world.load(replace(SOMEBODY, areas={"ict_area": 40.0}), kind=ImportKind.DIAGNOSES)
    await actions.undo(world.db, world.clock, world.methodist, run)
    async with world.db.read() as session:
        assert (await session.scalars(select(Diagnosis))).all() == []
