"""Rules and reminders as rows. Work inside the caller's transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Audience
from core.errors import NotFound
from core.people.model import Actor
from core.reminders.model import ReminderKind, ReminderState, RuleView, Superseded, Whom
from storage.models import Reminder, ReminderRule


def view(row: ReminderRule) -> RuleView:
    return RuleView(
        row.id,
        row.municipality_id,
        ReminderKind(row.kind),
        Whom(row.whom),
        row.enabled,
        tuple(row.before_days),
        tuple(row.before_hours),
        time.fromisoformat(row.at),
        row.repeat_days,
        row.words,
        row.revision,
        Audience.from_json(row.audience),
    )


async def own(session: AsyncSession, actor: Actor, rule_id: int) -> ReminderRule:
    """The rule, locked, when the actor manages its municipality; others need not know that it exists."""
    row = await session.scalar(select(ReminderRule).where(ReminderRule.id == rule_id).with_for_update())
    if row is None or not actor.manages(row.municipality_id):
        raise NotFound
    return row


async def rules_by_id(session: AsyncSession, ids: Iterable[int | None]) -> Mapping[int, RuleView]:
    wanted = {one for one in ids if one is not None}
    rows = await session.scalars(select(ReminderRule).where(ReminderRule.id.in_(sorted(wanted))))
    return {row.id: view(row) for row in rows}


def supersede(row: Reminder, reason: Superseded, now: datetime) -> None:
    end(row, ReminderState.SUPERSEDED, reason.value, now)


def end(row: Reminder, state: ReminderState, reason: str | None, now: datetime) -> None:
    """Its last state."""
    row.state, row.reason, row.settled_at = state, reason, now
