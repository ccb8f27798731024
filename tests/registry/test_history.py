"""What became of a record, in words instead of ids, for whoever keeps the registry."""

from dataclasses import replace
from datetime import date

import pytest

from core.errors import Denied, NotFound
from core.moves import actions as moves
from core.moves.model import Move
from core.people.model import Actor
from core.registry import actions, history, kinds, queries
from core.registry.fields import typed
from core.registry.model import History, Kind
from storage.models import AuditEntry
from storage.session import Database
from tests.clocks import SetClock
from tests.registry.folk import Folk, add, make_folk
from tests.registry.forms import filled


@pytest.fixture
async def folk(db: Database, clock: SetClock) -> Folk:
    return await make_folk(db, clock)


async def _history(db: Database, actor: Actor, kind: Kind, record_id: int, page: int = 1) -> History:
    async with db.read() as session:
        return await queries.history(session, actor, kind, record_id, page)


async def _change(db: Database, clock: SetClock, folk: Folk, kind: Kind, record_id: int, **changed: str) -> None:
    async with db.read() as session:
        stored = await queries.record(session, folk.methodist, kind, record_id)
    form = {**typed(kind, stored.values), **changed}
    await actions.change(db, clock, folk.methodist, kind, record_id, form, stored.mark)


async def test_a_history_names_who_and_what(db: Database, clock: SetClock, folk: Folk) -> None:
    await moves.move(db, clock, folk.methodist, Move(folk.first, folk.school, folk.kindergarten, date(2026, 9, 1)))
    await _change(db, clock, folk, kinds.TEACHERS, folk.first, category="conformity", category_date="2026-09-01")
    await actions.archive(db, clock, folk.administrator, kinds.TEACHERS, folk.first)
    found = await _history(db, folk.methodist, kinds.TEACHERS, folk.first)
    assert [(one.who, one.action, list(one.changes)) for one in found.entries] == [
        ("Администратор", "teacher.archived", [("archived", False, True)]),
        (
            "Методист",
            "teacher.changed",
            [("category", "none", "conformity"), ("category_date", None, "2026-09-01")],
        ),
        ("Методист", "teacher.moved", [("organisation_id", "Школа № 1", "Сад № 2")]),
    ]
    assert {one.at for one in found.entries} == {clock.now()}
    assert await _history(db, folk.methodist, kinds.ATTESTATIONS, folk.first) == found


async def test_a_record_of_a_person_has_its_own_history_and_stands_in_theirs(
    db: Database, clock: SetClock, folk: Folk
) -> None:
    form = filled(folk, kinds.TRAINING)
    one = await actions.add(db, clock, folk.methodist, folk.town, kinds.TRAINING, form)
    other = {**form, "programme": "Другая"}
    two = await actions.add(db, clock, folk.methodist, folk.town, kinds.TRAINING, other)
    award = await actions.add(db, clock, folk.methodist, folk.town, kinds.AWARDS, filled(folk, kinds.AWARDS))
    await _change(db, clock, folk, kinds.TRAINING, one, hours="72")
    found = await _history(db, folk.methodist, kinds.TRAINING, one)
    assert [entry.action for entry in found.entries] == ["training.changed", "training.added"]
    assert found.entries[0].changes == [("hours", 36, 72)]
    assert ("teacher_id", None, "Семёнова Проба") in found.entries[1].changes
    assert (await _history(db, folk.methodist, kinds.TRAINING, two)).total == 1
    assert (await _history(db, folk.methodist, kinds.AWARDS, award)).total == 1
    assert (await _history(db, folk.methodist, kinds.TEACHERS, folk.first)).total == 4


async def test_only_keepers_of_the_registry_read_it(db: Database, folk: Folk) -> None:
    coordinator = Actor(1, None, folk.town, organisations=frozenset({folk.school}))
    with pytest.raises(Denied):
        await _history(db, coordinator, kinds.TEACHERS, folk.first)
    for kind, foreign in ((kinds.TEACHERS, folk.outsider), (kinds.ORGANISATIONS, folk.foreign_school)):
        with pytest.raises(NotFound):
            await _history(db, folk.methodist, kind, foreign)
    with pytest.raises(Denied):
        await _history(db, folk.methodist, kinds.POSITIONS, folk.position)
    everywhere = replace(folk.administrator, everywhere=True)
    assert await _history(db, everywhere, kinds.POSITIONS, folk.position) == History([], 0, 1, 1)


async def test_signing_in_is_no_part_of_it_and_pages_go_on(db: Database, clock: SetClock, folk: Folk) -> None:
    subject = f"teacher:{folk.first}"
    private = [AuditEntry(at=clock.now(), action=one, subject=subject) for one in ("sign_in", "staff.password")]
    changes = {"surname": ["А", "Б"], "position_id": [folk.position, 999], "subjects": [[], [999]]}
    shown = [
        AuditEntry(at=clock.now(), action="teacher.changed", subject=subject, changes=changes, pseudonym="стёртый-1")
        for _ in range(history.PAGE + 1)
    ]
    await add(db, *private, *shown)
    first = await _history(db, folk.methodist, kinds.TEACHERS, folk.first)
    assert (len(first.entries), first.total, first.page, first.pages) == (history.PAGE, history.PAGE + 1, 1, 2)
    last = await _history(db, folk.methodist, kinds.TEACHERS, folk.first, page=99)
    assert (len(last.entries), last.page) == (1, 2)
    assert last.entries[0].who == "стёртый-1"
    assert {name: (before, after) for name, before, after in last.entries[0].changes} == {
        "surname": ("А", "Б"),
        "position_id": ("учитель математики", 999),
        "subjects": ([], [999]),
    }
