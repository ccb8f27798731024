"""Messages to people as rows (DESIGN, way 2). Meanings of the states stand at storage.models.Delivery."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialect import insert_missing
from storage.models import Chat, Delivery
from storage.session import Database

AHEAD = 10
"""Urgent deliveries taken at once, beside the others."""
WAITING = ("queued", "retrying")
"""States of a delivery whose turn comes at `not_before`."""


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
    slot: str = ""
    revision: int = 0
    message_id: int | None = None
    doubtful: bool = False
    """An earlier attempt may have arrived."""
    until: datetime | None = None
    """When the lease runs out."""


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
    db: Database,
    channel: str,
    now: datetime,
    *,
    limit: int,
    lease: timedelta,
    ahead: int = AHEAD,
    own: Collection[int] = (),
) -> list[Claimed]:
    """Takes due deliveries, oldest first: at most `ahead` urgent ones, and at most `limit` of any kind.

    Also those whose sender died before it could tell the outcome: their message may have arrived. `own` are the
    caller's own, which it still has in hand, whatever the clock says.
    """
    async with db.write() as session:
        ids = await _first(session, now, ahead, urgent=True, but=own)
        if limit:
            ids += await _first(session, now, limit, urgent=False, but=[*own, *ids])
        if not ids:
            return []
        await session.execute(
            update(Delivery)
            .where(Delivery.id.in_(ids))
            .values(
                state="sending",
                lease_until=now + lease,
                attempts=Delivery.attempts + 1,
                doubtful=case((Delivery.state == "sending", true()), else_=Delivery.doubtful),
            )
        )
        return await _claimed(session, channel, ids)


def due(now: datetime, limit: int, *, urgent: bool) -> list[Select[int]]:
    """Ids of what is due, state by state: so that an index finds the first few, however many wait behind them.

    `urgent`: these only; else of both kinds.
    """
    only = and_(Delivery.urgent) if urgent else true()
    conditions = [and_(Delivery.state == state, Delivery.not_before <= now) for state in WAITING]
    conditions.append(and_(Delivery.state == "sending", Delivery.lease_until < now))
    return [
        select(Delivery.id)
        .where(only, condition)
        .order_by(Delivery.not_before, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        for condition in conditions
    ]


async def _first(session: AsyncSession, now: datetime, limit: int, *, urgent: bool, but: Collection[int]) -> list[int]:
    """Those that were made first; whoever is tried again stands where they stood before."""
    taken = set(but)
    found: list[int] = []
    for query in due(now, limit + len(taken), urgent=urgent):
        found += await session.scalars(query)
    return sorted(set(found) - taken)[:limit]


async def _claimed(session: AsyncSession, channel: str, ids: list[int]) -> list[Claimed]:
    rows = await session.execute(
        select(Delivery, Chat.address, Chat.unreachable)
        .outerjoin(Chat, and_(Chat.account_id == Delivery.account_id, Chat.channel == channel))
        .where(Delivery.id.in_(ids))
        .order_by(Delivery.urgent.desc(), Delivery.id)
        .execution_options(populate_existing=True)
    )
    return [_of(one, address, unreachable) for one, address, unreachable in rows]


def _of(row: Delivery, address: str | None, unreachable: str | None) -> Claimed:
    return Claimed(
        row.id,
        row.kind,
        row.subject,
        row.account_id,
        row.params,
        row.attempts,
        address,
        unreachable,
        urgent=row.urgent,
        slot=row.slot,
        revision=row.revision,
        message_id=row.message_id,
        doubtful=row.doubtful,
        until=row.lease_until,
    )


async def count_by_state(session: AsyncSession, kind: str, subject: int) -> dict[str, int]:
    rows = await session.execute(
        select(Delivery.state, func.count())
        .where(Delivery.kind == kind, Delivery.subject == subject)
        .group_by(Delivery.state)
    )
    return dict(rows.all())
