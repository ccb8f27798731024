"""Messages to people as rows (DESIGN, way 2). Meanings of the states stand at storage.models.Delivery."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialect import insert_missing
from storage.models import Chat, Delivery
from storage.session import Database

AHEAD = 10
"""Urgent deliveries taken at once, beside the others."""


@dataclass(frozen=True, slots=True)
class NewDelivery:
    kind: str
    subject: int
    account_id: int
    not_before: datetime
    slot: str = ""
    params: dict[str, Any] | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that this process may send until its lease runs out; without an address there is no chat."""

    id: int
    kind: str
    subject: int
    account_id: int
    params: dict[str, Any]
    attempts: int
    address: str | None
    unreachable: str | None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt. `state` is one of Delivery's; `chat_unreachable` closes the chat as well."""

    delivery_id: int
    state: str
    at: datetime
    reason: str | None = None
    message_id: int | None = None
    not_before: datetime | None = None
    chat_unreachable: str | None = None


async def enqueue(session: AsyncSession, deliveries: Iterable[NewDelivery]) -> int:
    """Adds deliveries inside the caller's transaction; one with the same key is not planned twice."""
    rows = [
        {
            "kind": one.kind,
            "subject": one.subject,
            "account_id": one.account_id,
            "slot": one.slot,
            "params": one.params or {},
            "urgent": one.urgent,
            "state": "queued",
            "attempts": 0,
            "not_before": one.not_before,
        }
        for one in deliveries
    ]
    return await insert_missing(session, Delivery, rows)


async def claim(
    db: Database, channel: str, now: datetime, *, limit: int, lease: timedelta, ahead: int = AHEAD
) -> list[Claimed]:
    """Takes due deliveries, oldest first: at most `ahead` urgent ones, and at most `limit` of the others.

    Also those whose sender died before it could tell the outcome.
    """
    due = or_(
        and_(Delivery.state.in_(("queued", "retrying")), Delivery.not_before <= now),
        and_(Delivery.state == "sending", Delivery.lease_until < now),
    )
    async with db.write() as session:
        ids = await _first(session, and_(Delivery.urgent, _due_from() <= now), ahead)
        if limit:
            ids += await _first(session, and_(due, Delivery.id.not_in(ids)) if ids else due, limit)
        if not ids:
            return []
        await session.execute(
            update(Delivery)
            .where(Delivery.id.in_(ids))
            .values(state="sending", lease_until=now + lease, attempts=Delivery.attempts + 1)
        )
        return await _claimed(session, channel, ids)


def _due_from() -> ColumnElement[datetime]:
    """The same as one value, which SQLite cannot look up among all rows: so it takes the index of the urgent few."""
    return case(
        (Delivery.state == "sending", Delivery.lease_until),
        (Delivery.state.in_(("queued", "retrying")), Delivery.not_before),
    )


async def _first(session: AsyncSession, which: ColumnElement[bool], limit: int) -> list[int]:
    rows = select(Delivery.id).where(which).order_by(Delivery.id).limit(limit)
    return list(await session.scalars(rows.with_for_update(skip_locked=True)))


async def _claimed(session: AsyncSession, channel: str, ids: list[int]) -> list[Claimed]:
    rows = await session.execute(
        select(Delivery, Chat.address, Chat.unreachable)
        .outerjoin(Chat, and_(Chat.account_id == Delivery.account_id, Chat.channel == channel))
        .where(Delivery.id.in_(ids))
        .order_by(Delivery.urgent.desc(), Delivery.id)
        .execution_options(populate_existing=True)
    )
    return [
        Claimed(
            one.id, one.kind, one.subject, one.account_id, one.params, one.attempts, address, unreachable, one.urgent
        )
        for one, address, unreachable in rows
    ]


async def record(db: Database, channel: str, outcome: Outcome) -> None:
    """Writes what became of an attempt, and marks the chat when nothing can be delivered there any more."""
    async with db.write() as session:
        row = await session.get_one(Delivery, outcome.delivery_id, with_for_update=True)
        row.state = outcome.state
        row.reason = outcome.reason
        row.lease_until = None
        row.message_id = outcome.message_id
        row.sent_at = outcome.at if outcome.state == "sent" else None
        row.not_before = outcome.not_before or row.not_before
        if outcome.chat_unreachable is not None:
            await session.execute(
                update(Chat)
                .where(Chat.account_id == row.account_id, Chat.channel == channel)
                .values(unreachable=outcome.chat_unreachable)
            )


async def count_by_state(session: AsyncSession, kind: str, subject: int) -> dict[str, int]:
    rows = await session.execute(
        select(Delivery.state, func.count())
        .where(Delivery.kind == kind, Delivery.subject == subject)
        .group_by(Delivery.state)
    )
    return dict(rows.all())
