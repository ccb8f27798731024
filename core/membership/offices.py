"""Rights that come with an office: coordinator of an organisation, leader of an association.

Inside the caller's transaction.
"""

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.people.accounts import account_of
from core.people.model import Role
from storage.models import Account, Grant, Teacher


async def grant_coordination(session: AsyncSession, clock: Clock, teacher: Teacher, organisation_id: int) -> bool:
    """False when they are the coordinator already."""
    account_id = await account_of(session, clock.now(), teacher.id, teacher.municipality_id)
    return await _grant(session, Grant(account_id=account_id, role=Role.COORDINATOR, organisation_id=organisation_id))


async def end_coordination(session: AsyncSession, teacher_id: int, organisation_id: int) -> bool:
    """True when they were the coordinator there."""
    return await _end(session, teacher_id, Role.COORDINATOR, Grant.organisation_id == organisation_id)


async def grant_leading(session: AsyncSession, clock: Clock, teacher: Teacher, association_id: int) -> bool:
    """False when they have the leader's rights already."""
    account_id = await account_of(session, clock.now(), teacher.id, teacher.municipality_id)
    return await _grant(session, Grant(account_id=account_id, role=Role.LEADER, association_id=association_id))


async def end_leading(session: AsyncSession, teacher_id: int, association_id: int) -> bool:
    """True when they had the leader's rights there."""
    return await _end(session, teacher_id, Role.LEADER, Grant.association_id == association_id)


async def _grant(session: AsyncSession, wanted: Grant) -> bool:
    held = select(Grant.id).where(
        Grant.account_id == wanted.account_id,
        Grant.role == wanted.role,
        Grant.organisation_id.is_not_distinct_from(wanted.organisation_id),
        Grant.association_id.is_not_distinct_from(wanted.association_id),
    )
    if await session.scalar(held.limit(1)) is not None:
        return False
    session.add(wanted)
    return True


async def _end(session: AsyncSession, teacher_id: int, role: Role, where: ColumnElement[bool]) -> bool:
    theirs = select(Account.id).where(Account.teacher_id == teacher_id)
    ended = await session.execute(
        delete(Grant).where(Grant.account_id.in_(theirs), Grant.role == role, where).returning(Grant.id)
    )
    return ended.first() is not None
