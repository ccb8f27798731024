"""Who of an audience gets an announcement: those who have joined and have not muted its category."""

from datetime import date

from sqlalchemy import ColumnElement, Select, exists, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements.model import MUTABLE, Content
from core.audiences.queries import selection
from core.campaigns.invitations import CAN_BE_ASKED
from core.people.model import Actor
from storage.models import Account, Mute


async def people(
    session: AsyncSession, actor: Actor | None, municipality_id: int, content: Content, today: date
) -> Select[int]:
    """Accounts that a delivery is made for, in the order in which they go out.

    Also those who cannot be reached any more: the report lists them.
    """
    joined = await _joined(session, actor, municipality_id, content, today)
    return joined.where(~_muted(content)).order_by(Account.id)


async def count(
    session: AsyncSession, actor: Actor | None, municipality_id: int, content: Content, today: date
) -> tuple[int, int]:
    """(who has joined, who of them has muted the category)."""
    joined = await _joined(session, actor, municipality_id, content, today)
    return await _size(session, joined), await muted(session, actor, municipality_id, content, today)


async def muted(session: AsyncSession, actor: Actor | None, municipality_id: int, content: Content, today: date) -> int:
    if content.category not in MUTABLE:
        return 0
    joined = await _joined(session, actor, municipality_id, content, today)
    return await _size(session, joined.where(_muted(content)))


async def _joined(
    session: AsyncSession, actor: Actor | None, municipality_id: int, content: Content, today: date
) -> Select[int]:
    teachers = await selection(session, actor, municipality_id, content.audience, today)
    return select(Account.id).where(Account.teacher_id.in_(teachers.order_by(None)), CAN_BE_ASKED)


def _muted(content: Content) -> ColumnElement[bool]:
    if content.category not in MUTABLE:
        return false()
    return exists().where(Mute.account_id == Account.id, Mute.category == content.category)


async def _size(session: AsyncSession, rows: Select[int]) -> int:
    return (await session.execute(select(func.count()).select_from(rows.subquery()))).scalar_one()
