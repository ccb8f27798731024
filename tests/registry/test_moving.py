"""Moving somebody to another organisation of the municipality."""

import asyncio
from datetime import date

import pytest

from core.errors import AppError, Denied, NotFound
from core.moves import actions, queries
from core.moves.model import Move
from core.people.model import Actor, Role
from core.teachers import reach
from storage.models import AssociationMember, AuditEntry, Grant, Teacher, TeacherMove
from storage.session import Database
from tests.clocks import SetClock
from tests.registry.folk import Folk, account_of, add, count, make_folk, rows

TODAY = date(2026, 11, 23)


@pytest.fixture
async def folk(db: Database, clock: SetClock) -> Folk:
    return await make_folk(db, clock)


def _wanted(folk: Folk, **changed: object) -> Move:
    given: dict[str, object] = {
        "teacher_id": folk.first,
        "from_id": folk.school,
        "to_id": folk.kindergarten,
        "moved_on": date(2026, 9, 1),
        **changed,
    }
    return Move(**given)  # type: ignore[arg-type]


async def _stays(db: Database, teacher_id: int) -> list[tuple[str, date | None]]:
    async with db.read() as session:
        teacher = await session.get_one(Teacher, teacher_id)
        return [(one.place.name, one.since) for one in await queries.stays(session, teacher)]


async def test_a_move_is_remembered_and_a_move_back_as_well(db: Database, clock: SetClock, folk: Folk) -> None:
    await actions.move(db, clock, folk.methodist, _wanted(folk))
    assert await _stays(db, folk.first) == [("Сад № 2", date(2026, 9, 1)), ("Школа № 1", None)]
    back = _wanted(folk, from_id=folk.kindergarten, to_id=folk.school, moved_on=TODAY)
    await actions.move(db, clock, folk.methodist, back)
    assert await _stays(db, folk.first) == [
        ("Школа № 1", TODAY),
        ("Сад № 2", date(2026, 9, 1)),
        ("Школа № 1", None),
    ]
    entries = await rows(db, AuditEntry, AuditEntry.subject == f"teacher:{folk.first}")
    assert [entry.changes for entry in entries] == [
        {"organisation_id": [folk.school, folk.kindergarten]},
        {"organisation_id": [folk.kindergarten, folk.school]},
    ]


async def test_the_same_form_twice_is_one_move(db: Database, clock: SetClock, folk: Folk) -> None:
    await asyncio.gather(*(actions.move(db, clock, folk.methodist, _wanted(folk)) for _ in range(3)))
    await actions.move(db, clock, folk.methodist, _wanted(folk))
    assert await count(db, TeacherMove) == 1


async def test_the_coordinator_leaves_the_office_behind_and_keeps_the_associations(
    db: Database, clock: SetClock, folk: Folk
) -> None:
    mine = Grant(role=Role.COORDINATOR, organisation_id=folk.school)
    leads = Grant(role=Role.LEADER, association_id=folk.association)
    await account_of(db, clock, folk.first, folk.town, mine, leads)
    await add(db, AssociationMember(association_id=folk.association, teacher_id=folk.first))
    async with db.read() as session:
        plan = await queries.plan(session, clock, folk.methodist, folk.first)
    assert plan.coordinates
    assert plan.only_coordinator
    assert [target.name for target in plan.targets] == ["Сад № 2"]
    await actions.move(db, clock, folk.methodist, _wanted(folk))
    assert [grant.role for grant in await rows(db, Grant)] == [Role.LEADER]
    assert await count(db, AssociationMember) == 1
    assert await count(db, AuditEntry, AuditEntry.action == "grant.ended") == 1


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"moved_on": date(2026, 11, 24)}, "move.in_future"),
        ({"moved_on": date(1926, 9, 1)}, "move.too_early"),
        ({"from_id": 0}, "move.moved_meanwhile"),
    ],
)
async def test_what_cannot_be_is_refused(
    db: Database, clock: SetClock, folk: Folk, changed: dict[str, object], key: str
) -> None:
    with pytest.raises(AppError) as refused:
        await actions.move(db, clock, folk.methodist, _wanted(folk, **changed))
    assert refused.value.key == key
    assert await count(db, TeacherMove) == 0


async def test_a_move_cannot_be_older_than_the_last_one(db: Database, clock: SetClock, folk: Folk) -> None:
    await actions.move(db, clock, folk.methodist, _wanted(folk))
    back = _wanted(folk, from_id=folk.kindergarten, to_id=folk.school, moved_on=date(2026, 8, 31))
    with pytest.raises(AppError, match=r"move\.before_last"):
        await actions.move(db, clock, folk.methodist, back)


async def test_it_stays_within_the_municipality(db: Database, clock: SetClock, folk: Folk) -> None:
    with pytest.raises(NotFound):
        await actions.move(db, clock, folk.methodist, _wanted(folk, to_id=folk.foreign_school))
    with pytest.raises(NotFound):
        await actions.move(db, clock, folk.stranger, _wanted(folk))
    coordinator = Actor(folk.methodist.account_id, None, folk.town, organisations=frozenset({folk.school}))
    with pytest.raises(Denied):
        await actions.move(db, clock, coordinator, _wanted(folk))
    assert await count(db, TeacherMove) == 0


async def test_whom_each_role_sees(db: Database, folk: Folk) -> None:
    await add(db, AssociationMember(association_id=folk.association, teacher_id=folk.third))
    coordinator = Actor(1, None, folk.town, organisations=frozenset({folk.school}))
    leader = Actor(1, None, folk.town, associations=frozenset({folk.association}))
    everybody = {folk.first, folk.second, folk.third, folk.outsider}
    for actor, expected in (
        (folk.methodist, everybody - {folk.outsider}),
        (folk.stranger, {folk.outsider}),
        (coordinator, {folk.first, folk.second}),
        (leader, {folk.third}),
        (Actor(1, None, folk.town), set()),
        (Actor(1, None, None, everywhere=True), everybody),
    ):
        assert {one.id for one in await rows(db, Teacher, reach.visible(actor))} == expected
