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
UNSPENT = ("queued", "held", "merged")
"""Outcomes of a claim after which nothing was asked of the messenger: it does not count as an attempt."""


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a claim. `state` is one of Delivery's; `chat_unreachable` closes the chat as well."""

    delivery_id: int
    state: str
    at: datetime
    reason: str | None = None
    message_id: int | None = None
    not_before: datetime | None = None
    chat_unreachable: str | None = None
    revision: int | None = None
    """Which wording is in the chat now."""
    doubtful: bool = False
    """This attempt may have arrived, though nobody said so."""
    digest: NewDelivery | None = None
    """Queued together with the outcome, unless it exists."""
    lease: datetime | None = None
    """Of the claim: when it is not the row's any more, somebody else decides, unless the message was sent."""


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


async def record(db: Database, channel: str, *outcomes: Outcome) -> None:
    """Writes what became of claims, and marks chats to which nothing can be delivered any more.

    All in one transaction. Somebody who was erased meanwhile has no delivery, and needs none.
    """
    async with db.write() as session:
        numbers = [one.delivery_id for one in outcomes]
        found = await session.scalars(
            select(Delivery).where(Delivery.id.in_(numbers)).order_by(Delivery.id).with_for_update()
        )
        rows = {row.id: row for row in found}
        for outcome in outcomes:
            row = rows.get(outcome.delivery_id)
            if row is not None and _has_a_say(outcome, row):
                await _write(session, channel, row, outcome)


def _has_a_say(outcome: Outcome, row: Delivery) -> bool:
    return outcome.state == "sent" or outcome.lease is None or row.lease_until == outcome.lease


async def _write(session: AsyncSession, channel: str, row: Delivery, outcome: Outcome) -> None:
    row.state = outcome.state
    row.reason = outcome.reason
    row.lease_until = None
    row.attempts -= outcome.state in UNSPENT
    row.doubtful = row.doubtful or outcome.doubtful
    row.message_id = outcome.message_id or row.message_id
    row.revision = row.revision if outcome.revision is None else outcome.revision
    row.sent_at = outcome.at if outcome.state == "sent" else None
    row.not_before = outcome.not_before or row.not_before
    if outcome.digest is not None:
        await enqueue(session, [outcome.digest])
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
