"""Reminders of surveys, person by person. Their campaign plans them; here each one gets its known end.

Inside the caller's transaction, after the messages were queued.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.reminders.model import ReminderKind, ReminderState
from storage.dialect import insert_missing
from storage.models import Delivery, Reminder
from storage.outbox import NewDelivery


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the messages have in common: of which campaign, when they were due, until when they are of use."""

    municipality_id: int
    kind: ReminderKind
    campaign_id: int
    due_at: datetime
    useful_until: datetime


async def link(session: AsyncSession, occasion: Occasion, messages: Sequence[NewDelivery]) -> None:
    """A row for each message; a second time adds none."""
    if not messages:
        return
    numbers = await _numbers(session, occasion.campaign_id, messages)
    await insert_missing(session, Reminder, [_row(occasion, one, numbers) for one in messages])


async def _numbers(
    session: AsyncSession, campaign_id: int, messages: Sequence[NewDelivery]
) -> Mapping[tuple[int, str], int]:
    kinds = {one.kind for one in messages}
    rows = await session.execute(
        select(Delivery.account_id, Delivery.slot, Delivery.id).where(
            Delivery.kind.in_(kinds), Delivery.subject == campaign_id
        )
    )
    return {(account, slot): number for account, slot, number in rows}


def _row(occasion: Occasion, message: NewDelivery, numbers: Mapping[tuple[int, str], int]) -> dict[str, object]:
    return {
        "municipality_id": occasion.municipality_id,
        "kind": occasion.kind.value,
        "subject": occasion.campaign_id,
        "account_id": message.account_id,
        "slot": message.slot,
        "due_at": occasion.due_at,
        "useful_until": occasion.useful_until,
        "state": ReminderState.QUEUED.value,
        "delivery_id": numbers[message.account_id, message.slot],
    }
