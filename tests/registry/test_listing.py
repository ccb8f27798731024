"""Lists of the registry: searched, filtered, sorted and paged alike by both databases, within the actor's reach."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.errors import NotFound
from core.people.model import Actor
from core.people.rules import YoungTeacherRule
from core.registry import actions, kinds, queries
from core.registry.columns import columns_of, filters_of
from core.registry.model import Field, Kind, Listing, Now, Row, Shelf, Type, Wanted
from storage.models import (
    Association,
    AssociationMember,
    Award,
    Chat,
    Position,
    Subject,
    Teacher,
    TeacherSubject,
    TrainingRecord,
)
from storage.session import Database
from tests.clocks import SetClock
from tests.registry.folk import Folk, account_of, add, make_folk
from tests.registry.forms import filled

NOW = Now(date(2026, 11, 23), YoungTeacherRule())
NOBODY = Actor(1, None, None)


@pytest.fixture
async def folk(db: Database, clock: SetClock) -> Folk:
    return await make_folk(db, clock)


async def _page(db: Database, actor: Actor, town: int, kind: Kind, now: Now = NOW, **wanted: Any) -> Listing:
    async with db.read() as session:
        return await queries.page(session, actor, town, kind, Wanted(**wanted), now)


async def _every(db: Database, actor: Actor, town: int, kind: Kind, **wanted: Any) -> list[Row]:
    async with db.read() as session:
        return await queries.every(session, actor, town, kind, Wanted(**wanted), NOW)


async def _ids(db: Database, folk: Folk, kind: Kind = kinds.TEACHERS, **wanted: Any) -> list[int]:
    return [row.id for row in (await _page(db, folk.methodist, folk.town, kind, **wanted)).rows]


async def _filtered(db: Database, folk: Folk, kind: Kind = kinds.TEACHERS, **filters: str) -> list[int]:
    return await _ids(db, folk, kind, filters=filters)


async def _set(db: Database, teacher_id: int, **values: Any) -> None:
    async with db.write() as session:
        row = await session.get_one(Teacher, teacher_id)
        for name, value in values.items():
            setattr(row, name, value)


async def test_the_search_knows_letters_words_and_their_order(db: Database, folk: Folk) -> None:
    both = [folk.first, folk.second]
    for text in ("семенова", "СЕМЁНОВА", "се\x00менова", "  проба   семён ", "еменов"):
        assert await _ids(db, folk, text=text) == both
    for text in ("семёнова иная", "%", "_", "\\", "чужая"):
        assert await _ids(db, folk, text=text) == []
    assert await _ids(db, folk, text="") == [folk.third, *both]


async def test_what_is_written_looks_like_itself(db: Database, clock: SetClock, folk: Folk) -> None:
    form = {**filled(folk, kinds.TEACHERS), "surname": "<b>=1+1</b>", "given_name": "О'Имя"}
    record_id = await actions.add(db, clock, folk.methodist, folk.town, kinds.TEACHERS, form)
    (row,) = (await _page(db, folk.methodist, folk.town, kinds.TEACHERS, text="<b>=1")).rows
    assert (row.id, row.cells["name"]) == (record_id, "<b>=1+1</b> О'Имя")


async def test_a_person_of_the_list(db: Database, clock: SetClock, folk: Folk) -> None:
    subjects = await add(db, *(Subject(code=one, title=one) for one in ("химия", "алгебра")))
    await add(db, *(TeacherSubject(teacher_id=folk.third, subject_id=one) for one in subjects))
    await _set(db, folk.third, first_work_year=2020, patronymic="Отчество")
    account = await account_of(db, clock, folk.third, folk.town)
    await add(db, Chat(account_id=account, channel="telegram", address="1"))
    rows = {row.id: row for row in (await _page(db, folk.methodist, folk.town, kinds.TEACHERS)).rows}
    assert rows[folk.third] == Row(
        folk.third,
        archived=False,
        cells={
            "name": "Иная Особа Отчество",
            "organisation": "Сад № 2",
            "position": "учитель математики",
            "subjects": ["алгебра", "химия"],
            "years": 6,
            "category": "none",
            "joined": True,
        },
    )
    assert (rows[folk.first].cells["joined"], rows[folk.first].cells["years"]) == (False, None)


async def test_filters_of_people(db: Database, clock: SetClock, folk: Folk) -> None:
    (subject,) = await add(db, Subject(code="x", title="x"))
    (other_post,) = await add(db, Position(code="head", title="директор", group="manager"))
    await add(
        db,
        TeacherSubject(teacher_id=folk.second, subject_id=subject),
        AssociationMember(association_id=folk.association, teacher_id=folk.first),
    )
    await _set(db, folk.third, position_id=other_post, is_management=True)
    account = await account_of(db, clock, folk.third, folk.town)
    await add(db, Chat(account_id=account, channel="telegram", address="1"))
    rest = [folk.first, folk.second]
    for name, value, found in (
        ("organisation_id", str(folk.school), rest),
        ("organisation_id", str(folk.foreign_school), []),
        ("organisation_kind", "school", [folk.third, *rest]),
        ("organisation_kind", "preschool", []),
        ("position_id", str(other_post), [folk.third]),
        ("position_group", "manager", [folk.third]),
        ("subject_id", str(subject), [folk.second]),
        ("association_id", str(folk.association), [folk.first]),
        ("is_management", "yes", [folk.third]),
        ("is_management", "no", rest),
        ("joined", "yes", [folk.third]),
        ("joined", "no", rest),
        ("category", "highest", []),
        ("category", "лучшая", [folk.third, *rest]),
        ("organisation_id", "9" * 30, [folk.third, *rest]),
        ("nonsense", "1", [folk.third, *rest]),
    ):
        assert await _ids(db, folk, filters={name: value}) == found, (name, value)
    assert await _filtered(db, folk, organisation_id=str(folk.school), subject_id=str(subject)) == [folk.second]


async def test_young_is_what_the_rule_of_the_place_says(db: Database, folk: Folk) -> None:
    await _set(db, folk.first, birth_year=1992, first_work_year=2023)
    await _set(db, folk.second, birth_year=1991, first_work_year=2022)
    await _set(db, folk.third, birth_year=1992, first_work_year=None)
    everybody = [folk.third, folk.first, folk.second]
    for rule, young in (
        (YoungTeacherRule(), {folk.first}),
        (YoungTeacherRule(both=False), {folk.first, folk.third}),
        (YoungTeacherRule(up_to_years=-1, both=False), {folk.first, folk.third}),
        (YoungTeacherRule(under_age=0, up_to_years=4, both=False), {folk.first, folk.second}),
    ):
        now = replace(NOW, young=rule)
        for answer in ("yes", "no"):
            found = await _page(db, folk.methodist, folk.town, kinds.TEACHERS, now, filters={"young": answer})
            expected = [one for one in everybody if (one in young) == (answer == "yes")]
            assert [row.id for row in found.rows] == expected, (rule, answer)


async def test_attestation_that_runs_out(db: Database, folk: Folk) -> None:
    await _set(db, folk.first, category="first", category_date=date(2022, 2, 23))
    await _set(db, folk.second, category="highest", category_date=date(2023, 9, 1))
    await _set(db, folk.third, category="conformity", category_date=date(2021, 11, 23))
    ends = {row.id: row.cells["ends_on"] for row in await _every(db, folk.methodist, folk.town, kinds.ATTESTATIONS)}
    assert ends == {folk.first: date(2027, 2, 23), folk.second: None, folk.third: date(2026, 11, 23)}
    for months, found in (("0", [folk.third]), ("2", [folk.third]), ("3", [folk.third, folk.first])):
        assert await _filtered(db, folk, kinds.ATTESTATIONS, ends_within=months) == found
    assert await _ids(db, folk, kinds.ATTESTATIONS, sort="ends_on") == [folk.third, folk.first, folk.second]
    assert await _ids(db, folk, kinds.ATTESTATIONS, sort="ends_on", down=True) == [
        folk.first,
        folk.third,
        folk.second,
    ]
    await _set(db, folk.second, attestation_planned_on=date(2027, 1, 1))
    assert await _filtered(db, folk, kinds.ATTESTATIONS, planned="yes") == [folk.second]
    assert await _filtered(db, folk, kinds.ATTESTATIONS, planned="no") == [folk.third, folk.first]


async def test_names_are_sorted_as_the_alphabet_goes(db: Database, folk: Folk) -> None:
    titles = ("ёлка", "Ель", "ежевика", "Яблоня", "арбуз")
    ids = dict(zip(titles, await add(db, *(Subject(code=one, title=one) for one in titles)), strict=True))
    expected = [ids[one] for one in ("арбуз", "ежевика", "ёлка", "Ель", "Яблоня")]
    assert await _ids(db, folk, kinds.SUBJECTS) == expected
    assert await _ids(db, folk, kinds.SUBJECTS, sort="title", down=True) == expected[::-1]


async def test_choices_are_sorted_by_their_weight_and_nothing_comes_last(db: Database, folk: Folk) -> None:
    await _set(db, folk.first, category="highest", first_work_year=2020)
    await _set(db, folk.second, category="first", first_work_year=2010)
    people = [folk.third, folk.second, folk.first]
    assert await _ids(db, folk, sort="category") == people
    assert await _ids(db, folk, sort="category", down=True) == people[::-1]
    assert await _ids(db, folk, sort="years") == [folk.first, folk.second, folk.third]
    assert await _ids(db, folk, sort="years", down=True) == [folk.second, folk.first, folk.third]
    assert await _ids(db, folk, sort="nonsense") == await _ids(db, folk)
    assert await _ids(db, folk, sort="organisation") == [folk.third, folk.first, folk.second]


async def test_pages_hold_everybody_once(db: Database, folk: Folk) -> None:
    common = {"municipality_id": folk.town, "organisation_id": folk.school, "position_id": folk.position}
    await add(db, *(Teacher(surname="Тёзка", given_name="Один", **common) for _ in range(2 * queries.PAGE)))
    for sort in ("", "category", "organisation", "years"):
        pages = [await _page(db, folk.methodist, folk.town, kinds.TEACHERS, sort=sort, page=one) for one in (1, 2, 3)]
        assert [(len(one.rows), one.total, one.page, one.pages) for one in pages] == [
            (queries.PAGE, 103, 1, 3),
            (queries.PAGE, 103, 2, 3),
            (3, 103, 3, 3),
        ]
        shown = [row for one in pages for row in one.rows]
        assert len({row.id for row in shown}) == 103
        assert await _every(db, folk.methodist, folk.town, kinds.TEACHERS, sort=sort) == shown
    past = await _page(db, folk.methodist, folk.town, kinds.TEACHERS, page=10**8)
    assert (past.page, len(past.rows)) == (3, 3)
    nobody = await _page(db, folk.methodist, folk.town, kinds.TEACHERS, text="нет таких", page=5)
    assert (nobody.rows, nobody.total, nobody.page, nobody.pages) == ([], 0, 1, 1)


async def test_the_archive_is_a_shelf_of_its_own(db: Database, clock: SetClock, folk: Folk) -> None:
    await actions.archive(db, clock, folk.methodist, kinds.TEACHERS, folk.first)
    assert await _ids(db, folk) == [folk.third, folk.second]
    (row,) = (await _page(db, folk.methodist, folk.town, kinds.TEACHERS, shelf=Shelf.ARCHIVED)).rows
    assert (row.id, row.archived) == (folk.first, True)
    assert await _ids(db, folk, shelf=Shelf.ALL) == [folk.third, folk.first, folk.second]


async def test_records_of_people_are_found_by_their_names(db: Database, folk: Folk) -> None:
    common = {"provider": "И", "kind": "advanced"}
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31))
    owners = (folk.first, folk.third, folk.third)
    courses = await add(
        db,
        *(
            TrainingRecord(teacher_id=owner, programme="Курс", finished_on=day, **common)
            for owner, day in zip(owners, days, strict=True)
        ),
    )
    assert await _ids(db, folk, kinds.TRAINING) == courses[::-1]
    assert await _ids(db, folk, kinds.TRAINING, text="ИНАЯ") == [courses[2], courses[1]]
    assert await _filtered(db, folk, kinds.TRAINING, year="2026") == [courses[2], courses[1]]
    assert await _filtered(db, folk, kinds.TRAINING, year="0") == []
    assert await _filtered(db, folk, kinds.TRAINING, teacher_id=str(folk.first)) == [courses[0]]
    awards = await add(
        db, *(Award(teacher_id=folk.first, title="Г", level="regional", given_on=day) for day in (None, days[0]))
    )
    assert await _ids(db, folk, kinds.AWARDS) == awards[::-1]
    assert (await _every(db, folk.methodist, folk.town, kinds.AWARDS))[0].cells == {
        "teacher": "Семёнова Проба",
        "organisation": "Школа № 1",
        "title": "Г",
        "level": "regional",
        "given_on": days[0],
    }


async def test_programmes_by_area(db: Database, clock: SetClock, folk: Folk) -> None:
    form = filled(folk, kinds.PROGRAMMES)
    record_id = await actions.add(db, clock, folk.methodist, folk.town, kinds.PROGRAMMES, form)
    assert await _filtered(db, folk, kinds.PROGRAMMES, area="ict_area") == [record_id]
    assert await _filtered(db, folk, kinds.PROGRAMMES, area="management_area") == []


async def test_counts_of_places(db: Database, clock: SetClock, folk: Folk) -> None:
    people = (folk.first, folk.second)
    await add(db, *(AssociationMember(association_id=folk.association, teacher_id=one) for one in people))
    async with db.write() as session:
        (await session.get_one(Association, folk.association)).leader_id = folk.first
    await actions.archive(db, clock, folk.methodist, kinds.TEACHERS, folk.second)
    (circle,) = (await _page(db, folk.methodist, folk.town, kinds.ASSOCIATIONS)).rows
    assert circle.cells == {"name": "РМО математиков", "leader": "Семёнова Проба", "members": 1}
    places = {row.id: row.cells for row in await _every(db, folk.methodist, folk.town, kinds.ORGANISATIONS)}
    assert {one: cells["people"] for one, cells in places.items()} == {folk.school: 1, folk.kindergarten: 1}
    assert places[folk.school]["rural"] is False


def _looks(folk: Folk) -> Iterator[tuple[Actor, int, set[int], set[int]]]:
    """Who looks at which municipality, whom of its people they find, and whose cards they can open at all."""
    here, there = {folk.first, folk.second, folk.third}, {folk.outsider}
    yield folk.methodist, folk.town, here, here
    yield folk.methodist, folk.other_town, set(), here
    yield folk.stranger, folk.town, set(), there
    yield folk.stranger, folk.other_town, there, there
    yield replace(folk.administrator, everywhere=True), folk.other_town, there, here | there
    coordinator = replace(NOBODY, organisations=frozenset({folk.kindergarten}))
    yield coordinator, folk.town, {folk.third}, {folk.third}
    leader = replace(NOBODY, associations=frozenset({folk.association}))
    yield leader, folk.town, {folk.second}, {folk.second}
    yield NOBODY, folk.town, set(), set()


async def test_everybody_finds_only_whom_they_may_see(db: Database, folk: Folk) -> None:
    await add(db, AssociationMember(association_id=folk.association, teacher_id=folk.second))
    everybody = {folk.first, folk.second, folk.third, folk.outsider}
    await add(db, *(Award(teacher_id=one, title=str(one), level="regional") for one in everybody))
    for actor, town, found, reached in _looks(folk):
        assert {row.id for row in (await _page(db, actor, town, kinds.TEACHERS)).rows} == found
        assert {row.id for row in await _every(db, actor, town, kinds.ATTESTATIONS)} == found
        awards = await _page(db, actor, town, kinds.AWARDS)
        assert {int(row.cells["title"]) for row in awards.rows} == found
        assert {one for one in everybody if await _opens(db, actor, one)} == reached


async def _opens(db: Database, actor: Actor, teacher_id: int) -> bool:
    async with db.read() as session:
        try:
            record = await queries.record(session, actor, kinds.TEACHERS, teacher_id)
        except NotFound:
            return False
    assert record.editable is actor.manages(record.municipality_id or 0)
    return True


@pytest.mark.parametrize("kind", kinds.ALL, ids=[kind.code for kind in kinds.ALL])
async def test_every_head_and_every_filter_is_understood(db: Database, clock: SetClock, folk: Folk, kind: Kind) -> None:
    keeper = replace(folk.administrator, everywhere=True)
    if not kind.view:
        await actions.add(db, clock, keeper, folk.town, kind, filled(folk, kind))
    whole = {row.id for row in await _every(db, keeper, folk.town, kind)}
    assert whole
    for column in columns_of(kind):
        for down in (False, True):
            assert {row.id for row in await _every(db, keeper, folk.town, kind, sort=column.name, down=down)} == whole
    for one in filters_of(kind):
        values = [each.value for each in one.choices or ()] or ["yes", "no"]
        if one.type in {Type.RECORD, Type.WHOLE}:
            values = ["1", "12"]
        for value in values:
            assert {row.id for row in await _every(db, keeper, folk.town, kind, filters={one.name: value})} <= whole


async def test_no_such_record(db: Database, folk: Folk) -> None:
    for record_id in (0, -1, 999, 2**31, 10**30):
        for kind in kinds.ALL:
            async with db.read() as session:
                with pytest.raises(NotFound):
                    await queries.record(session, folk.methodist, kind, record_id)


async def test_what_a_field_may_be_set_to(db: Database, clock: SetClock, folk: Folk) -> None:
    (gone,) = await add(db, Position(code="gone", title="архивная", group="specialist", archived_at=clock.now()))

    async def names(actor: Actor, target: str, *present: int) -> list[str]:
        field = Field("x", Type.RECORD, target=target)
        async with db.read() as session:
            return [one.name for one in await queries.options(session, actor, folk.town, field, present)]

    assert await names(folk.methodist, "organisations") == ["Сад № 2", "Школа № 1"]
    assert await names(folk.stranger, "organisations") == []
    coordinator = Actor(1, None, folk.town, organisations=frozenset({folk.school}))
    assert await names(coordinator, "organisations") == ["Школа № 1"]
    assert await names(folk.methodist, "positions") == ["учитель математики"]
    assert await names(folk.methodist, "positions", gone) == ["архивная", "учитель математики"]
    assert await names(folk.methodist, "associations") == ["РМО математиков"]
    assert await names(folk.methodist, "teachers") == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kinds.TEACHERS, "Ёлкина Выдумка"),
        (kinds.ORGANISATIONS, "Новая школа"),
        (kinds.TRAINING, "О пробах"),
        (kinds.MENTOR_BANK, "Семёнова Проба"),
        (kinds.SUBJECTS, "пение"),
    ],
)
async def test_headings_name_the_record(db: Database, clock: SetClock, folk: Folk, kind: Kind, name: str) -> None:
    keeper = replace(folk.administrator, everywhere=True)
    record_id = await actions.add(db, clock, keeper, folk.town, kind, filled(folk, kind))
    async with db.read() as session:
        assert await queries.name_of(session, kind, record_id) == name


def test_a_new_form_is_empty() -> None:
    for kind in kinds.ALL:
        values = queries.blank(kind)
        assert set(values) == {field.name for field in kind.fields}
        assert not any(values.values())
