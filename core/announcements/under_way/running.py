"""What is done with an announcement while it goes out and afterwards. Inside the action's transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, and_, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.announcements.counting import CARRIERS
from core.announcements.model import ANNOUNCEMENT, EDIT, RECALL
from storage.broadcast import enqueue_each
from storage.models import Delivery

WAITING = ("queued", "retrying")
OPEN = (*WAITING, "sending", "held")


async def hold(session: AsyncSession, announcement_id: int) -> int:
    """What is on its way just now arrives; everything else waits."""
    return await _move(session, announcement_id, (ANNOUNCEMENT,), WAITING, "held")


async def let_go(session: AsyncSession, announcement_id: int) -> int:
    return await _move(session, announcement_id, (ANNOUNCEMENT,), ("held",), "queued")


async def withdraw(session: AsyncSession, announcement_id: int, kinds: Sequence[str] = (ANNOUNCEMENT,)) -> int:
    """What has not been sent is not sent any more."""
    return await _move(session, announcement_id, kinds, (*WAITING, "held"), "cancelled")


async def correct_chats(session: AsyncSession, announcement_id: int, revision: int, now: datetime) -> int:
    """An edit for every chat that has an older wording and none on its way; returns how many."""
    chats = select(Delivery.account_id, Delivery.message_id).where(*outdated(announcement_id, revision))
    return await enqueue_each(session, EDIT, announcement_id, chats.order_by(Delivery.id), now, str(revision))


async def recall_from_chats(session: AsyncSession, announcement_id: int, now: datetime) -> int:
    """Takes it out of every chat that has it, once."""
    chats = select(Delivery.account_id, Delivery.message_id).where(*not_recalled(announcement_id))
    return await enqueue_each(session, RECALL, announcement_id, chats.order_by(Delivery.id), now)


def outdated(announcement_id: int, revision: int) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Delivery: chats with an older wording that are not being corrected yet."""
    return (
        *_in_chats(announcement_id),
        Delivery.revision < revision,
        ~_followed_by(EDIT, str(revision)),
    )


def not_recalled(announcement_id: int) -> tuple[ColumnElement[bool], ...]:
    return (*_in_chats(announcement_id), ~_followed_by(RECALL, ""))


def _in_chats(announcement_id: int) -> tuple[ColumnElement[bool], ...]:
    """Wherever a message is known: sent, opened out of a digest, or sent without an answer to the last attempt."""
    return (
        Delivery.kind == ANNOUNCEMENT,
        Delivery.subject == announcement_id,
        Delivery.state.not_in(OPEN),
        Delivery.message_id.is_not(None),
    )


def _followed_by(kind: str, slot: str) -> ColumnElement[bool]:
    other = aliased(Delivery)
    return exists().where(
        other.kind == kind,
        other.subject == Delivery.subject,
        other.account_id == Delivery.account_id,
        other.slot == slot,
    )


async def still_open(session: AsyncSession, announcement_id: int) -> bool:
    """Something of it, of its corrections or of its recall has no outcome yet."""
    rows = select(Delivery.id).where(_of(announcement_id, CARRIERS), Delivery.state.in_(OPEN)).limit(1)
    return await session.scalar(rows) is not None


async def count_made(session: AsyncSession, announcement_id: int, kind: str) -> int:
    """Deliveries of this kind, whatever became of them."""
    rows = select(func.count()).where(Delivery.kind == kind, Delivery.subject == announcement_id)
    return (await session.execute(rows)).scalar_one()


async def _move(
    session: AsyncSession, announcement_id: int, kinds: Sequence[str], before: Sequence[str], after: str
) -> int:
    moved = await session.execute(
        update(Delivery)
        .where(_of(announcement_id, kinds), Delivery.state.in_(before))
        .values(state=after)
        .execution_options(synchronize_session=False)
    )
    return moved.rowcount if isinstance(moved, CursorResult) else 0


def _of(announcement_id: int, kinds: Sequence[str]) -> ColumnElement[bool]:
    return and_(Delivery.kind.in_(kinds), Delivery.subject == announcement_id)
