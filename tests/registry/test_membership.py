"""Who belongs to an association, who leads it, and who is the coordinator of an organisation."""

from datetime import UTC, datetime

import pytest

from core.errors import AppError, Denied, NotFound
from core.membership import actions, queries
from core.people.model import Actor, Role
from core.people.queries import actor_of_account
from storage.models import Account, Association, AssociationMember, AuditEntry, Chat, Grant, Teacher
from storage.session import Database
from tests.clocks import SetClock
from tests.registry.folk import Folk, account_of, add, count, make_folk, rows


@pytest.fixture
async def folk(db: Database, clock: SetClock) -> Folk:
    return await make_folk(db, clock)


async def _actor_of(db: Database, teacher_id: int) -> Actor:
    (account,) = await rows(db, Account, Account.teacher_id == teacher_id)
    async with db.read() as session:
        return await actor_of_account(session, account.id)


async def test_several_come_in_at_once_and_once_only(db: Database, clock: SetClock, folk: Folk) -> None:
    two = [folk.first, folk.third]
    assert await actions.add_members(db, clock, folk.methodist, folk.association, two) == 2
    assert await actions.add_members(db, clock, folk.methodist, folk.association, [*two, folk.second]) == 1
    async with db.read() as session:
        circle = await queries.circle(session, folk.methodist, folk.association)
    assert [one.id for one in circle.members] == [folk.third, folk.first, folk.second]
    assert (circle.total, circle.pages, circle.editable) == (3, 1, True)
    assert await actions.remove_member(db, clock, folk.methodist, folk.association, folk.first)
    assert not await actions.remove_member(db, clock, folk.methodist, folk.association, folk.first)
    history = await rows(db, AuditEntry, AuditEntry.subject == f"teacher:{folk.first}")
    assert [(one.action, one.changes) for one in history] == [
        ("membership.began", {"association": [None, folk.association]}),
        ("membership.ended", {"association": [folk.association, None]}),
    ]


async def test_one_foreigner_and_nobody_comes_in(db: Database, clock: SetClock, folk: Folk) -> None:
    async with db.write() as session:
        (await session.get_one(Teacher, folk.second)).archived_at = clock.now()
    for strangers in ([folk.outsider], [folk.second], [0]):
        with pytest.raises(NotFound):
            await actions.add_members(db, clock, folk.methodist, folk.association, [folk.first, *strangers])
    assert await count(db, AssociationMember) == 0


async def test_a_leader_gets_the_rights_and_the_former_loses_them(db: Database, clock: SetClock, folk: Folk) -> None:
    await actions.appoint_leader(db, clock, folk.methodist, folk.association, folk.first, None)
    leader = await _actor_of(db, folk.first)
    assert leader.associations == {folk.association}
    with pytest.raises(AppError, match=r"membership\.leads"):
        await actions.remove_member(db, clock, folk.methodist, folk.association, folk.first)
    with pytest.raises(AppError, match=r"membership\.leader_changed"):
        await actions.appoint_leader(db, clock, folk.methodist, folk.association, folk.third, None)
    for _ in range(2):
        await actions.appoint_leader(db, clock, folk.methodist, folk.association, folk.third, folk.first)
    assert (await _actor_of(db, folk.first)).associations == frozenset()
    assert (await _actor_of(db, folk.third)).associations == {folk.association}
    assert await count(db, AssociationMember) == 2
    await actions.appoint_leader(db, clock, folk.methodist, folk.association, None, folk.third)
    assert await count(db, Grant) == 0
    changes = [
        one.changes for one in await rows(db, AuditEntry, AuditEntry.subject == f"association:{folk.association}")
    ]
    assert changes == [
        {"leader_id": [None, folk.first]},
        {"leader_id": [folk.first, folk.third]},
        {"leader_id": [folk.third, None]},
    ]


async def test_a_leader_sees_the_members_and_changes_nothing(db: Database, clock: SetClock, folk: Folk) -> None:
    await actions.appoint_leader(db, clock, folk.methodist, folk.association, folk.first, None)
    leader = await _actor_of(db, folk.first)
    async with db.read() as session:
        circle = await queries.circle(session, leader, folk.association)
    assert (circle.leader.id if circle.leader else None, circle.editable) == (folk.first, False)
    with pytest.raises(Denied):
        await actions.add_members(db, clock, leader, folk.association, [folk.third])
    with pytest.raises(Denied):
        await actions.appoint_leader(db, clock, leader, folk.association, None, folk.first)


async def test_foreign_associations_and_organisations_do_not_exist(db: Database, clock: SetClock, folk: Folk) -> None:
    with pytest.raises(NotFound):
        await actions.add_members(db, clock, folk.stranger, folk.association, [folk.outsider])
    with pytest.raises(NotFound):
        await actions.remove_member(db, clock, folk.stranger, folk.association, folk.first)
    with pytest.raises(NotFound):
        await actions.appoint_leader(db, clock, folk.methodist, folk.association, folk.outsider, None)
    with pytest.raises(NotFound):
        await actions.appoint_coordinator(db, clock, folk.stranger, folk.school, folk.first)
    with pytest.raises(NotFound):
        await actions.dismiss_coordinator(db, clock, folk.stranger, folk.school, 1)
    async with db.read() as session:
        with pytest.raises(NotFound):
            await queries.circle(session, folk.stranger, folk.association)
        with pytest.raises(NotFound):
            await queries.may_lead(session, folk.stranger, folk.association, "")
        with pytest.raises(NotFound):
            await queries.office(session, folk.stranger, folk.school)
    assert await count(db, Association, Association.leader_id.is_not(None)) == 0


async def test_the_archive_is_closed(db: Database, clock: SetClock, folk: Folk) -> None:
    async with db.write() as session:
        (await session.get_one(Association, folk.association)).archived_at = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(AppError, match=r"membership\.archived"):
        await actions.add_members(db, clock, folk.methodist, folk.association, [folk.first])


async def test_search_finds_by_any_word_and_leaves_members_out(db: Database, clock: SetClock, folk: Folk) -> None:
    await actions.add_members(db, clock, folk.methodist, folk.association, [folk.first])
    async with db.read() as session:
        found = await queries.may_join(session, folk.methodist, folk.association, "проба СЕМЁН")
        assert ([one.id for one in found.people], found.more) == ([folk.second], False)
        for nobody in ("", "  ", "%", "Чужая", "_"):
            assert not (await queries.may_join(session, folk.methodist, folk.association, nobody)).people
        leaders = await queries.may_lead(session, folk.methodist, folk.association, "")
    assert [one.id for one in leaders.people] == [folk.first]


async def test_a_coordinator_is_somebody_who_works_there(db: Database, clock: SetClock, folk: Folk) -> None:
    with pytest.raises(AppError, match=r"membership\.works_elsewhere"):
        await actions.appoint_coordinator(db, clock, folk.methodist, folk.school, folk.third)
    account = await account_of(db, clock, folk.second, folk.town)
    await add(db, Chat(account_id=account, channel="telegram", address="5"))
    for _ in range(2):
        await actions.appoint_coordinator(db, clock, folk.methodist, folk.school, folk.first)
    assert await count(db, Grant, Grant.role == Role.COORDINATOR) == 1
    coordinator = await _actor_of(db, folk.first)
    async with db.read() as session:
        office = await queries.office(session, coordinator, folk.school)
        others = await queries.may_coordinate(session, folk.methodist, folk.school, "")
    assert (office.people, office.joined, office.archived, office.editable) == (2, 1, 0, False)
    assert [(one.teacher_id, one.elsewhere) for one in office.coordinators] == [(folk.first, False)]
    assert [one.id for one in others.people] == [folk.second]
    with pytest.raises(Denied):
        await actions.appoint_coordinator(db, clock, coordinator, folk.school, folk.second)
    assert await actions.dismiss_coordinator(db, clock, folk.methodist, folk.school, coordinator.account_id)
    assert not await actions.dismiss_coordinator(db, clock, folk.methodist, folk.school, coordinator.account_id)
    assert await count(db, Grant) == 0
