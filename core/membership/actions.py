"""Who belongs to an association, leads it, or coordinates an organisation. Each function is one transaction."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.clock import Clock
from core.errors import AppError, Denied, NotFound
from core.membership import offices, queries
from core.people.model import Actor, Role
from storage.models import Account, Association, AssociationMember, Grant, Organisation, Teacher
from storage.session import Store

MOST_AT_ONCE = 500


async def add_members(store: Store, clock: Clock, actor: Actor, association_id: int, teachers: Iterable[int]) -> int:
    """How many have become members; who is one already stays one. Raises NotFound for anybody foreign or archived."""
    wanted = sorted(set(teachers))[:MOST_AT_ONCE]
    async with store.write() as session:
        circle = await _circle(session, actor, association_id)
        people = [await _present(session, circle.municipality_id, one) for one in wanted]
        return sum([await _add(session, clock, actor, circle, one) for one in people])


async def remove_member(store: Store, clock: Clock, actor: Actor, association_id: int, teacher_id: int) -> bool:
    """False when they were no member. Raises AppError `membership.leads` for the leader: appoint another one first."""
    async with store.write() as session:
        circle = await _circle(session, actor, association_id)
        if circle.leader_id == teacher_id:
            raise AppError("membership.leads")
        gone = await session.execute(
            delete(AssociationMember)
            .where(AssociationMember.association_id == circle.id, AssociationMember.teacher_id == teacher_id)
            .returning(AssociationMember.teacher_id)
        )
        if gone.first() is None:
            return False
        _note(session, clock, actor, "membership.ended", circle, teacher_id, {"association": (circle.id, None)})
        return True


async def appoint_leader(
    store: Store, clock: Clock, actor: Actor, association_id: int, teacher_id: int | None, seen: int | None
) -> None:
    """The former leader's rights end, the new one becomes a member and gets them. None: nobody leads it.

    `seen` is the leader whom the form showed. Raises NotFound, Denied, AppError `membership.archived`,
    `membership.leader_changed` when somebody else was appointed meanwhile.
    """
    async with store.write() as session:
        circle = await _circle(session, actor, association_id)
        if circle.leader_id == teacher_id:
            return
        if circle.leader_id != seen:
            raise AppError("membership.leader_changed")
        former, circle.leader_id = circle.leader_id, teacher_id
        if former is not None and await offices.end_leading(session, former, circle.id):
            _note(session, clock, actor, "grant.ended", circle, former, {"leader": (circle.id, None)})
        if teacher_id is not None:
            await _let_lead(session, clock, actor, circle, teacher_id)
        audit.note(
            session,
            clock.now(),
            actor,
            "association.leader",
            f"association:{circle.id}",
            municipality_id=circle.municipality_id,
            changes={"leader_id": (former, teacher_id)},
        )


async def appoint_coordinator(store: Store, clock: Clock, actor: Actor, organisation_id: int, teacher_id: int) -> None:
    """Somebody who works there may act for the organisation; others who may already still may.

    Raises NotFound, Denied, AppError `membership.archived`, `membership.works_elsewhere`.
    """
    async with store.write() as session:
        place = await _place(session, actor, organisation_id)
        teacher = await _present(session, place.municipality_id, teacher_id)
        if teacher.organisation_id != place.id:
            raise AppError("membership.works_elsewhere")
        if await offices.grant_coordination(session, clock, teacher, place.id):
            _note(session, clock, actor, "grant.given", place, teacher.id, {"coordinator": (None, place.id)})


async def dismiss_coordinator(store: Store, clock: Clock, actor: Actor, organisation_id: int, account_id: int) -> bool:
    """False when this account was no coordinator there."""
    async with store.write() as session:
        place = await _place(session, actor, organisation_id)
        ended = await session.execute(
            delete(Grant)
            .where(Grant.account_id == account_id, Grant.role == Role.COORDINATOR, Grant.organisation_id == place.id)
            .returning(Grant.id)
        )
        if ended.first() is None:
            return False
        teacher_id = await session.scalar(select(Account.teacher_id).where(Account.id == account_id))
        subject = audit.whose(account_id, teacher_id)
        _note(session, clock, actor, "grant.ended", place, subject, {"coordinator": (place.id, None)})
        return True


async def _circle(session: AsyncSession, actor: Actor, association_id: int) -> Association:
    circle = await queries.association(session, actor, association_id)
    await session.refresh(circle, with_for_update=True)
    _check(actor, circle)
    return circle


async def _place(session: AsyncSession, actor: Actor, organisation_id: int) -> Organisation:
    place = await queries.organisation(session, actor, organisation_id)
    await session.refresh(place, with_for_update=True)
    _check(actor, place)
    return place


def _check(actor: Actor, row: Association | Organisation) -> None:
    if not actor.manages(row.municipality_id):
        raise Denied
    if row.archived_at is not None:
        raise AppError("membership.archived")


async def _present(session: AsyncSession, municipality_id: int, teacher_id: int) -> Teacher:
    teacher = await session.get(Teacher, teacher_id)
    if teacher is None or teacher.municipality_id != municipality_id or teacher.archived_at is not None:
        raise NotFound
    return teacher


async def _add(session: AsyncSession, clock: Clock, actor: Actor, circle: Association, teacher: Teacher) -> bool:
    if await session.get(AssociationMember, (circle.id, teacher.id)) is not None:
        return False
    session.add(AssociationMember(association_id=circle.id, teacher_id=teacher.id))
    _note(session, clock, actor, "membership.began", circle, teacher.id, {"association": (None, circle.id)})
    return True


async def _let_lead(session: AsyncSession, clock: Clock, actor: Actor, circle: Association, teacher_id: int) -> None:
    teacher = await _present(session, circle.municipality_id, teacher_id)
    await _add(session, clock, actor, circle, teacher)
    if await offices.grant_leading(session, clock, teacher, circle.id):
        _note(session, clock, actor, "grant.given", circle, teacher.id, {"leader": (None, circle.id)})


def _note(
    session: AsyncSession,
    clock: Clock,
    actor: Actor,
    action: str,
    row: Association | Organisation,
    who: int | str,
    changes: dict[str, tuple[int | None, int | None]],
) -> None:
    subject = who if isinstance(who, str) else f"teacher:{who}"
    audit.note(session, clock.now(), actor, action, subject, municipality_id=row.municipality_id, changes=changes)
