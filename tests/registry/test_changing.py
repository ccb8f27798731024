"""Records of every kind are added and changed, by whom and only soundly, and it is written down."""

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import AppError, Denied, NotFound
from core.people.model import Actor
from core.registry import actions, kinds, queries
from core.registry.fields import typed
from core.registry.model import Kind, Owner, Record, Wrong
from storage.models import Account, AuditEntry, Organisation, Position, Subject, Teacher
from storage.session import Database
from tests.clocks import SetClock
from tests.registry.folk import Folk, add, count, make_folk, rows
from tests.registry.forms import Form, filled

ADDED = [kind for kind in kinds.ALL if not kind.view]
IDS = [kind.code for kind in ADDED]


@pytest.fixture
async def folk(db: Database, clock: SetClock) -> Folk:
    return await make_folk(db, clock)


def _keeper(folk: Folk, kind: Kind) -> Actor:
    return replace(folk.administrator, everywhere=True) if kind.owner is Owner.EVERYBODY else folk.methodist


async def _add(db: Database, clock: SetClock, folk: Folk, kind: Kind, form: Form | None = None) -> int:
    form = filled(folk, kind) if form is None else form
    return await actions.add(db, clock, _keeper(folk, kind), folk.town, kind, form)


async def _look(db: Database, folk: Folk, kind: Kind, record_id: int) -> Record:
    async with db.read() as session:
        return await queries.record(session, _keeper(folk, kind), kind, record_id)


async def _wrong(db: Database, clock: SetClock, folk: Folk, kind: Kind, **changed: str) -> dict[str, str]:
    with pytest.raises(Wrong) as caught:
        await _add(db, clock, folk, kind, {**filled(folk, kind), **changed})
    return {name: problem.key for name, problem in caught.value.problems.items()}


@pytest.mark.parametrize("kind", ADDED, ids=IDS)
async def test_what_was_typed_is_stored_once_and_written_down(
    db: Database, clock: SetClock, folk: Folk, kind: Kind
) -> None:
    form = filled(folk, kind)
    first, second = await asyncio.gather(_add(db, clock, folk, kind, form), _add(db, clock, folk, kind, form))
    assert first == second
    stored = await _look(db, folk, kind, first)
    assert not stored.archived
    assert stored.editable
    back = {name: value for name, value in typed(kind, stored.values).items() if value}
    assert set(back) == {name for name, value in form.items() if value}
    noted = await rows(db, AuditEntry, AuditEntry.action == f"{kind.noun}.added")
    assert len(noted) == 1
    owned = kind.owner is Owner.TEACHER
    assert noted[0].subject == (f"teacher:{folk.first}" if owned else f"{kind.noun}:{first}")
    assert noted[0].details == ({"record": first} if owned else {})
    assert set(noted[0].changes) == set(back)
    assert all(before is None for before, _after in noted[0].changes.values())


@pytest.mark.parametrize("kind", ADDED, ids=IDS)
async def test_an_unchanged_form_changes_nothing(db: Database, clock: SetClock, folk: Folk, kind: Kind) -> None:
    stored = await _look(db, folk, kind, await _add(db, clock, folk, kind))
    form = typed(kind, stored.values)
    await actions.change(db, clock, _keeper(folk, kind), kind, stored.id, form, stored.mark)
    assert await count(db, AuditEntry, AuditEntry.action == f"{kind.noun}.changed") == 0
    assert await _look(db, folk, kind, stored.id) == stored


@pytest.mark.parametrize("kind", ADDED, ids=IDS)
async def test_nobody_else_adds_or_changes(db: Database, clock: SetClock, folk: Folk, kind: Kind) -> None:
    record_id = await _add(db, clock, folk, kind)
    stored = await _look(db, folk, kind, record_id)
    form, entries = typed(kind, stored.values), await count(db, AuditEntry)
    coordinator = Actor(1, None, folk.town, organisations=frozenset({folk.school}))
    for other in (folk.stranger, coordinator, Actor(1, None, None)):
        with pytest.raises(Denied):
            await actions.add(db, clock, other, folk.town, kind, filled(folk, kind))
        with pytest.raises((Denied, NotFound)):
            await actions.change(db, clock, other, kind, record_id, form, stored.mark)
    assert await count(db, AuditEntry) == entries
    assert await _look(db, folk, kind, record_id) == stored


async def test_what_a_teacher_is_made_of(db: Database, clock: SetClock, folk: Folk) -> None:
    subjects = await add(db, *(Subject(code=one, title=one) for one in ("физика", "химия")))
    form = {**filled(folk, kinds.TEACHERS), "subjects": [str(one) for one in subjects]}
    record_id = await _add(db, clock, folk, kinds.TEACHERS, form)
    (account,) = await rows(db, Account, Account.teacher_id == record_id)
    assert account.municipality_id == folk.town
    (stored,) = await rows(db, Teacher, Teacher.id == record_id)
    assert (stored.search, stored.workload, stored.category_date) == (
        "елкина выдумка",
        Decimal("1.50"),
        date(2022, 3, 1),
    )
    look = await _look(db, folk, kinds.TEACHERS, record_id)
    assert look.values["subjects"] == sorted(subjects)
    form = {**typed(kinds.TEACHERS, look.values), "subjects": [str(subjects[0])], "surname": "Липина"}
    await actions.change(db, clock, folk.methodist, kinds.TEACHERS, record_id, form, look.mark)
    (entry,) = await rows(db, AuditEntry, AuditEntry.action == "teacher.changed")
    assert entry.changes == {"surname": ["Ёлкина", "Липина"], "subjects": [sorted(subjects), [subjects[0]]]}
    assert (await rows(db, Teacher, Teacher.id == record_id))[0].search == "липина выдумка"


async def test_the_organisation_is_settled_however_the_form_is_mended(
    db: Database, clock: SetClock, folk: Folk
) -> None:
    look = await _look(db, folk, kinds.TEACHERS, folk.first)
    form = typed(kinds.TEACHERS, look.values)
    for sent in ({**form, "organisation_id": [str(folk.kindergarten)]}, {**form, "organisation_id": []}):
        await actions.change(db, clock, folk.methodist, kinds.TEACHERS, folk.first, sent, look.mark)
    award = await _add(db, clock, folk, kinds.AWARDS)
    shown = await _look(db, folk, kinds.AWARDS, award)
    sent = {**typed(kinds.AWARDS, shown.values), "teacher_id": [str(folk.third)], "title": ["Иная"]}
    await actions.change(db, clock, folk.methodist, kinds.AWARDS, award, sent, shown.mark)
    assert (await _look(db, folk, kinds.TEACHERS, folk.first)) == look
    assert (await _look(db, folk, kinds.AWARDS, award)).teacher_id == folk.first


async def test_an_older_form_is_not_applied_over_a_newer_change(db: Database, clock: SetClock, folk: Folk) -> None:
    look = await _look(db, folk, kinds.TEACHERS, folk.first)
    mine = {**typed(kinds.TEACHERS, look.values), "surname": ["Первая"]}
    theirs = {**typed(kinds.TEACHERS, look.values), "given_name": ["Вторая"]}
    await actions.change(db, clock, folk.methodist, kinds.TEACHERS, folk.first, mine, look.mark)
    with pytest.raises(AppError, match=r"registry\.changed_meanwhile"):
        await actions.change(db, clock, folk.administrator, kinds.TEACHERS, folk.first, theirs, look.mark)
    await actions.change(db, clock, folk.methodist, kinds.TEACHERS, folk.first, mine, look.mark)
    (entry,) = await rows(db, AuditEntry, AuditEntry.action == "teacher.changed")
    assert entry.changes == {"surname": ["Семёнова", "Первая"]}


async def test_every_wrong_field_is_named_and_nothing_is_stored(db: Database, clock: SetClock, folk: Folk) -> None:
    before = await count(db, Teacher)
    wrong = await _wrong(
        db,
        clock,
        folk,
        kinds.TEACHERS,
        surname=" ",
        given_name="и" * 81,
        position_id="999",
        workload="много",
        birth_year="1890",
        first_work_year="2999",
        category="лучшая",
        category_date="32.01.2020",
    )
    assert wrong == {
        "surname": "registry.required",
        "given_name": "registry.too_long",
        "workload": "registry.not_decimal",
        "birth_year": "registry.out_of_range",
        "first_work_year": "registry.out_of_range",
        "category": "registry.no_such_choice",
        "category_date": "registry.not_a_day",
    }
    assert await count(db, Teacher) == before


async def test_only_what_is_present_here_can_be_chosen(db: Database, clock: SetClock, folk: Folk) -> None:
    (gone,) = await add(db, Position(code="gone", title="ушедшая", group="specialist", archived_at=clock.now()))
    (closed,) = await add(
        db,
        Organisation(
            municipality_id=folk.town, code="z", name="z", short_name="z", kind="school", archived_at=clock.now()
        ),
    )
    chosen = "registry.no_such_choice"
    for organisation in (folk.foreign_school, closed, 999):
        wrong = await _wrong(db, clock, folk, kinds.TEACHERS, organisation_id=str(organisation), position_id=str(gone))
        assert wrong == {"organisation_id": chosen, "position_id": chosen}
    for kind in (kinds.TRAINING, kinds.AWARDS, kinds.EXPERT_WORK, kinds.MENTOR_BANK):
        assert await _wrong(db, clock, folk, kind, teacher_id=str(folk.outsider)) == {"teacher_id": chosen}


async def test_what_was_chosen_before_it_was_put_away_may_stay(db: Database, clock: SetClock, folk: Folk) -> None:
    async with db.write() as session:
        (await session.get_one(Position, folk.position)).archived_at = clock.now()
    look = await _look(db, folk, kinds.TEACHERS, folk.first)
    form = {**typed(kinds.TEACHERS, look.values), "is_management": ["yes"]}
    await actions.change(db, clock, folk.methodist, kinds.TEACHERS, folk.first, form, look.mark)
    assert (await _look(db, folk, kinds.TEACHERS, folk.first)).values["is_management"] is True


async def test_nobody_learns_of_the_same_record_elsewhere(db: Database, clock: SetClock, folk: Folk) -> None:
    theirs = {**filled(folk, kinds.AWARDS), "teacher_id": str(folk.outsider)}
    await actions.add(db, clock, folk.stranger, folk.other_town, kinds.AWARDS, theirs)
    with pytest.raises(Wrong):
        await _add(db, clock, folk, kinds.AWARDS, theirs)


async def test_names_that_choices_are_made_by_are_given_once(db: Database, clock: SetClock, folk: Folk) -> None:
    taken = {"short_name": "registry.name_taken"}
    assert await _wrong(db, clock, folk, kinds.ORGANISATIONS, short_name="ШКОЛА  № 1") == taken
    assert await _wrong(db, clock, folk, kinds.POSITIONS, title="Учитель математики") == {
        "title": "registry.name_taken"
    }
    form = {**filled(folk, kinds.ORGANISATIONS), "short_name": "Чужая школа"}
    record_id = await _add(db, clock, folk, kinds.ORGANISATIONS, form)
    look = await _look(db, folk, kinds.ORGANISATIONS, record_id)
    sent = {**typed(kinds.ORGANISATIONS, look.values), "short_name": ["Сад № 2"]}
    with pytest.raises(Wrong):
        await actions.change(db, clock, folk.methodist, kinds.ORGANISATIONS, record_id, sent, look.mark)
    entry = {**filled(folk, kinds.MENTOR_BANK), "state": "left"}
    await _add(db, clock, folk, kinds.MENTOR_BANK)
    assert await _wrong(db, clock, folk, kinds.MENTOR_BANK, **entry) == {"year": "registry.year_taken"}  # type: ignore[arg-type]


async def test_the_past_is_the_municipalitys(db: Database, clock: SetClock, folk: Folk) -> None:
    """It is Monday evening in UTC and Tuesday already in Irkutsk."""
    clock.moment = clock.moment.replace(hour=20)
    record_id = await _add(
        db, clock, folk, kinds.EXPERT_WORK, {**filled(folk, kinds.EXPERT_WORK), "done_on": "2026-11-24"}
    )
    assert record_id
    wrong = await _wrong(db, clock, folk, kinds.EXPERT_WORK, done_on="2026-11-25")
    assert wrong == {"done_on": "registry.in_future"}


async def test_an_export_is_written_down(db: Database, clock: SetClock, folk: Folk) -> None:
    await actions.note_export(db, clock, folk.methodist, folk.town, kinds.AWARDS)
    (entry,) = await rows(db, AuditEntry, AuditEntry.action == "registry.exported")
    assert (entry.details, entry.municipality_id) == ({"kind": "awards"}, folk.town)
    with pytest.raises(Denied):
        await actions.note_export(db, clock, Actor(1, None, folk.town), folk.town, kinds.AWARDS)
