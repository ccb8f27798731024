"""Who of an audience gets an announcement: those who have joined and have not muted its category."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements.model import MUTABLE, Content
from core.audiences.queries import selection
from core.campaigns.invitations import CAN_BE_ASKED
from core.people.model import Actor
from storage.models import Account, Chat, Mute

_CHAT_IS_OPEN = exists().where(Chat.account_id == Account.id, Chat.unreachable.is_(None))


async def people(
    session: AsyncSession, actor: Actor | None, municipality_id: int, content: Content, today: date
) -> Select[int]:
    """Accounts that a delivery is made for, in the order in which they go out.

    Also those who cannot be reached any more: the report lists them.
    """
    joined = await _joined(session, actor, municipality_id, content, today)
    return joined.where(~_muted(content)).order_by(Account.id)


@dataclass(frozen=True, slots=True)
class Joined:
    """How many of an audience have joined."""

    people: int
    muted: int
    """Do not want the category."""
    unreachable: int
    """Would get one, but every chat of theirs is closed."""


async def count(
    session: AsyncSession, actor: Actor | None, municipality_id: int, content: Content, today: date
) -> Joined:
    muted = _muted(content)
    joined = await _joined(session, actor, municipality_id, content, today)
    rows = joined.with_only_columns(
        func.count(),
        func.coalesce(func.sum(case((muted, 1), else_=0)), 0),
        func.coalesce(func.sum(case((and_(~muted, ~_CHAT_IS_OPEN), 1), else_=0)), 0),
    )
    return Joined(*(await session.execute(rows)).one())


async def _joined(
    session: AsyncSession, actor: Actor | None, municipality_id: int, content: Content, today: date
) -> Select[int]:
    teachers = await selection(session, actor, municipality_id, content.audience, today)
    return select(Account.id).where(Account.teacher_id.in_(teachers.order_by(None)), CAN_BE_ASKED)


def _muted(content: Content) -> ColumnElement[bool]:
    if content.category not in MUTABLE:
        return false()
    return exists().where(Mute.account_id == Account.id, Mute.category == content.category)
