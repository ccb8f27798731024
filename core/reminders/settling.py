"""Reminders that were handed over follow their message to its end. Inside the caller's transaction."""

from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.outgoing.model import DIGEST
from core.reminders.model import ReminderState, Superseded
from core.reminders.rows import end
from storage.models import Delivery, Reminder

BATCH = 500
REASON_LENGTH = 40
NOT_DUE = "not_due"
"""Of a cancelled message: what it reminds of was done before it was sent."""
OVER = ("sent", "unreachable", "failed", "unknown", "cancelled")

_digest = aliased(Delivery)
"""The message that holds what was over the daily limit; `reason` of what was merged is its day."""


async def settle_batch(session: AsyncSession, now: datetime) -> int:
    """Returns how many came to their end; 0 means that none is left."""
    rows = await session.execute(
        select(Reminder, Delivery, _digest.state)
        .outerjoin(Delivery, Delivery.id == Reminder.delivery_id)
        .outerjoin(_digest, _in_digest())
        .where(
            Reminder.state == ReminderState.QUEUED,
            or_(Delivery.id.is_(None), Delivery.state.in_(OVER), _digest.state.in_(OVER)),
        )
        .order_by(Reminder.id)
        .limit(BATCH)
    )
    found = rows.all()
    for reminder, delivery, digest in found:
        end(reminder, *_ending(delivery, digest), now)
    return len(found)


def _in_digest() -> ColumnElement[bool]:
    return and_(
        Delivery.state == "merged",
        _digest.kind == DIGEST,
        _digest.account_id == Delivery.account_id,
        Delivery.reason == cast(_digest.subject, String),
    )


def _ending(delivery: Delivery | None, digest: str | None) -> tuple[ReminderState, str | None]:
    if delivery is None:
        # Messages that were not sent go with the consent.
        return ReminderState.SUPERSEDED, Superseded.LEFT
    if delivery.state == "merged":
        return _in_the_end_of(digest)
    if delivery.state == "sent":
        return ReminderState.DELIVERED, None
    return _refused(delivery.state, delivery.reason or "")


def _in_the_end_of(digest: str | None) -> tuple[ReminderState, str | None]:
    if digest == "sent":
        return ReminderState.DELIVERED, None
    if digest == "cancelled":
        # Nothing in it was wanted any more by the time it would have been sent.
        return ReminderState.SUPERSEDED, Superseded.DONE
    return ReminderState.REFUSED, f"digest:{digest}"[:REASON_LENGTH]


def _refused(state: str, reason: str) -> tuple[ReminderState, str | None]:
    if state == "cancelled" and reason == ReminderState.LATE:
        return ReminderState.LATE, None
    if state == "cancelled" and reason in (*Superseded, NOT_DUE):
        return ReminderState.SUPERSEDED, Superseded.DONE if reason == NOT_DUE else reason
    return ReminderState.REFUSED, f"{state}:{reason}"[:REASON_LENGTH].rstrip(":")
