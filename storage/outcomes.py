"""What became of deliveries that were claimed. Meanings of the states stand at storage.models.Delivery."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Integer, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Chat, Delivery
from storage.outbox import NewDelivery, enqueue
from storage.session import Database

SENT = "sent"
UNSPENT = ("queued", "held", "merged")
"""Outcomes of a claim after which nothing was asked of the messenger: it does not count as an attempt."""


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


async def record(db: Database, channel: str, *outcomes: Outcome) -> None:
    """Writes what became of claims, and marks chats to which nothing can be delivered any more.

    All in one transaction. Somebody who was erased meanwhile has no delivery, and needs none.
    """
    sent = [one for one in outcomes if one.state == SENT]
    others = [one for one in outcomes if one.state != SENT]
    async with db.write() as session:
        if sent:
            await _write_sent(session, sent)
        if others:
            await _write_others(session, channel, others)


async def _write_sent(session: AsyncSession, outcomes: list[Outcome]) -> None:
    """What a broadcast writes, in as few statements as can be: people who press meanwhile wait behind them."""
    rows = [
        {
            "number": one.delivery_id,
            "why": one.reason,
            "moment": one.at,
            "doubt": one.doubtful,
            "message": one.message_id,
            "wording": one.revision,
        }
        for one in sorted(outcomes, key=lambda one: one.delivery_id)
    ]
    await (await session.connection()).execute(_SENT, rows)


_SENT = (
    update(Delivery)
    .where(Delivery.id == bindparam("number"))
    .values(
        state=SENT,
        reason=bindparam("why"),
        lease_until=None,
        sent_at=bindparam("moment"),
        doubtful=or_(Delivery.doubtful, bindparam("doubt", type_=Boolean)),
        message_id=func.coalesce(bindparam("message", type_=Delivery.message_id.type), Delivery.message_id),
        revision=func.coalesce(bindparam("wording", type_=Integer), Delivery.revision),
    )
)


async def _write_others(session: AsyncSession, channel: str, outcomes: list[Outcome]) -> None:
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
    return outcome.lease is None or row.lease_until == outcome.lease


async def _write(session: AsyncSession, channel: str, row: Delivery, outcome: Outcome) -> None:
    row.state = outcome.state
    row.reason = outcome.reason
    row.lease_until = None
    row.attempts -= outcome.state in UNSPENT
    row.doubtful = row.doubtful or outcome.doubtful
    row.sent_at = None
    row.not_before = outcome.not_before or row.not_before
    if outcome.digest is not None:
        await enqueue(session, [outcome.digest])
    if outcome.chat_unreachable is not None:
        await session.execute(
            update(Chat)
            .where(Chat.account_id == row.account_id, Chat.channel == channel)
            .values(unreachable=outcome.chat_unreachable)
        )
