"""Putting records away and bringing them back: what keeps them, and what ends with them."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import AppError, Denied, NotFound
from core.people.model import Actor, Role
from core.registry import actions, kinds, queries
from core.registry.model import Kind, Owner
from storage.models import Association, AuditEntry, Grant, Invite, Subject, Teacher, TeacherSubject, WebSession
from storage.session import Database
from tests.clocks import SetClock
from tests.registry.folk import Folk, account_of, add, count, make_folk, rows
from tests.registry.forms import filled

ADDED = [kind for kind in kinds.ALL if not kind.view]
IDS = [kind.code for kind in ADDED]


@pytest.fixture
async def folk(db: Database, clock: SetClock) -> Folk:
    return await make_folk(db, clock)


def _keeper(folk: Folk, kind: Kind) -> Actor:
    return replace(folk.administrator, everywhere=True) if kind.owner is Owner.EVERYBODY else folk.methodist


async def _archived(db: Database, actor: Actor, kind: Kind, record_id: int) -> bool:
    async with db.read() as session:
        return (await queries.record(session, actor, kind, record_id)).archived


@pytest.mark.parametrize("kind", ADDED, ids=IDS)
async def test_away_and_back_once_each(db: Database, clock: SetClock, folk: Folk, kind: Kind) -> None:
    keeper = _keeper(folk, kind)
    record_id = await actions.add(db, clock, keeper, folk.town, kind, filled(folk, kind))
    for act, away in ((actions.archive, True), (actions.restore, False)):
        await asyncio.gather(*(act(db, clock, keeper, kind, record_id) for _ in range(2)))
        await act(db, clock, keeper, kind, record_id)
        assert await _archived(db, keeper, kind, record_id) is away
    deeds = [one.action for one in await rows(db, AuditEntry, AuditEntry.action.startswith(f"{kind.noun}."))]
    assert deeds == [f"{kind.noun}.{deed}" for deed in ("added", "archived", "restored")]


@pytest.mark.parametrize("kind", ADDED, ids=IDS)
async def test_nobody_else_does_either(db: Database, clock: SetClock, folk: Folk, kind: Kind) -> None:
    keeper = _keeper(folk, kind)
    record_id = await actions.add(db, clock, keeper, folk.town, kind, filled(folk, kind))
    coordinator = Actor(1, None, folk.town, organisations=frozenset({folk.school}))
    for other in (folk.stranger, coordinator, Actor(1, None, None)):
        for act in (actions.archive, actions.restore):
            with pytest.raises((Denied, NotFound)):
                await act(db, clock, other, kind, record_id)
    assert not await _archived(db, keeper, kind, record_id)


async def test_people_keep_what_they_depend_on(db: Database, clock: SetClock, folk: Folk) -> None:
    (subject,) = await add(db, Subject(code="x", title="физика"))
    await add(db, TeacherSubject(teacher_id=folk.first, subject_id=subject))
    for kind, record_id, people in (
        (kinds.ORGANISATIONS, folk.school, 2),
        (kinds.POSITIONS, folk.position, 4),
        (kinds.SUBJECTS, subject, 1),
    ):
        with pytest.raises(AppError, match=r"registry\.in_use") as caught:
            await actions.archive(db, clock, _keeper(folk, kind), kind, record_id)
        assert caught.value.params == {"people": people}
        async with db.read() as session:
            assert await queries.depends(session, kind, record_id) == [("teachers", people)]
    for one in (folk.first, folk.second):
        await actions.archive(db, clock, folk.methodist, kinds.TEACHERS, one)
    await actions.archive(db, clock, folk.methodist, kinds.ORGANISATIONS, folk.school)
    with pytest.raises(AppError, match=r"registry\.owner_archived"):
        await actions.restore(db, clock, folk.methodist, kinds.TEACHERS, folk.first)


async def test_with_a_card_end_ways_in_and_offices(db: Database, clock: SetClock, folk: Folk) -> None:
    offices = (
        Grant(role=Role.COORDINATOR, organisation_id=folk.school),
        Grant(role=Role.LEADER, association_id=folk.association),
    )
    account = await account_of(db, clock, folk.first, folk.town, *offices)
    async with db.write() as session:
        (await session.get_one(Association, folk.association)).leader_id = folk.first
    soon = clock.now() + timedelta(days=1)
    times = {"created_at": clock.now(), "expires_at": soon}
    await add(
        db,
        Invite(account_id=account, code_hash="a", **times),
        WebSession(account_id=account, token_hash="b", seen_at=clock.now(), **times),
    )
    await actions.archive(db, clock, folk.methodist, kinds.TEACHERS, folk.first)
    assert await count(db, WebSession) == 0
    assert await count(db, Grant) == 0
    (invite,) = await rows(db, Invite)
    assert invite.revoked_at == clock.now()
    (circle,) = await rows(db, Association)
    assert circle.leader_id is None
    noted = await rows(db, AuditEntry, AuditEntry.action == "grant.ended")
    assert sorted(tuple(one.changes.items()) for one in noted) == [
        (("coordinator", [folk.school, None]),),
        (("leader", [folk.association, None]),),
    ]
    await actions.restore(db, clock, folk.methodist, kinds.TEACHERS, folk.first)
    assert await count(db, Grant) == 0


async def test_a_name_that_was_given_away_does_not_come_back(db: Database, clock: SetClock, folk: Folk) -> None:
    form = filled(folk, kinds.ORGANISATIONS)
    first = await actions.add(db, clock, folk.methodist, folk.town, kinds.ORGANISATIONS, form)
    await actions.archive(db, clock, folk.methodist, kinds.ORGANISATIONS, first)
    second = await actions.add(db, clock, folk.methodist, folk.town, kinds.ORGANISATIONS, form)
    assert second != first
    with pytest.raises(AppError, match=r"registry\.name_taken"):
        await actions.restore(db, clock, folk.methodist, kinds.ORGANISATIONS, first)


async def test_a_card_in_the_archive_is_not_changed(db: Database, clock: SetClock, folk: Folk) -> None:
    await actions.archive(db, clock, folk.methodist, kinds.TEACHERS, folk.first)
    with pytest.raises(AppError, match=r"registry\.archived"):
        await actions.change(db, clock, folk.methodist, kinds.TEACHERS, folk.first, {}, "")
    for act in (actions.archive, actions.restore):
        with pytest.raises(Denied):
            await act(db, clock, folk.methodist, kinds.ATTESTATIONS, folk.first)
    assert await count(db, Teacher, Teacher.archived_at.is_not(None)) == 1
