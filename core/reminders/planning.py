"""What rules want against what is planned already. Inside the caller's session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.reminders.kinds import KINDS
from core.reminders.kinds.kind import Look, Occasion
from core.reminders.model import Facts, Place, ReminderState, RuleView, Superseded
from core.reminders.rows import view
from core.reminders.rules import Window
from storage.dialect import insert_missing
from storage.models import Reminder, ReminderRule

AHEAD = timedelta(days=2)
"""How long before its time a reminder is planned, so that a page can show it."""
MISSED = timedelta(days=3)
"""What should have been planned while the program did not run."""
AS_NEW = timedelta(hours=1)
"""Things that come up later than their reminder's time are reminded of at once, when it is no longer ago than this."""

Row = Any
"""The columns that `planned` reads."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`gone`: planned rows, by id, that nobody wants any more."""

    rule: RuleView
    new: tuple[Occasion, ...] = ()
    again: tuple[int, ...] = ()
    gone: tuple[tuple[int, Superseded], ...] = ()
    since_stale: bool = False

    def __bool__(self) -> bool:
        return bool(self.new or self.again or self.gone or self.since_stale)


async def differences(session: AsyncSession, place: Place, now: datetime) -> list[Difference]:
    """Rule by rule; rules with nothing to do are left out."""
    rules = (await session.scalars(select(ReminderRule).where(ReminderRule.municipality_id == place.id))).all()
    present = await _planned(session, place, now)
    found = [await _difference(session, place, row, present.get(row.id, []), now) for row in rules]
    return [one for one in found if one]


async def _planned(session: AsyncSession, place: Place, now: datetime) -> Mapping[int, list[Row]]:
    """Rows whose time is near, by rule."""
    rows = await session.execute(
        select(
            Reminder.id,
            Reminder.rule_id,
            Reminder.account_id,
            Reminder.subject,
            Reminder.slot,
            Reminder.state,
            Reminder.reason,
            Reminder.due_at,
            Reminder.useful_until,
            Reminder.delivery_id,
        ).where(Reminder.municipality_id == place.id, Reminder.due_at > now - MISSED, Reminder.due_at <= now + AHEAD)
    )
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.rule_id, []).append(row)
    return found


async def _difference(
    session: AsyncSession, place: Place, stored: ReminderRule, present: Sequence[Row], now: datetime
) -> Difference:
    rule = view(stored)
    wanted = await wanted_by(session, place, rule, window_of(stored.since, now)) if rule.enabled else []
    keys = {one.key for one in wanted}
    known = {_key(row) for row in present}
    gone = [
        row.id for row in present if row.state == ReminderState.PLANNED and row.due_at > now and _key(row) not in keys
    ]
    return Difference(
        rule,
        tuple(one for one in wanted if one.key not in known),
        tuple(row.id for row in present if rule.enabled and _too_early(row, now, _key(row) in keys)),
        tuple([(one, await _why(session, place, rule, one)) for one in gone]),
        not now - AS_NEW <= stored.since <= now,
    )


def window_of(since: datetime, now: datetime) -> Window:
    """A rule that was switched on in a future that has not come yet counts from now: the clock was set back."""
    return Window(max(now - MISSED, min(since, now)), now + AHEAD)


async def wanted_by(session: AsyncSession, place: Place, rule: RuleView, window: Window) -> list[Occasion]:
    kind = KINDS.get(rule.kind)
    return [] if kind is None else await kind.occasions(session, place, rule, window)


def _key(row: Row) -> tuple[int, int, str]:
    return row.account_id, row.subject, row.slot


def _too_early(row: Row, now: datetime, wanted: bool) -> bool:
    """It was given up although its time is not over: a rule was switched off and on, a thing moved there and back,
    the clock ran ahead for a while."""
    if row.delivery_id is not None:
        return False
    if row.state == ReminderState.LATE:
        return bool(row.useful_until > now)
    superseded = row.state == ReminderState.SUPERSEDED and row.reason != Superseded.NEWER
    return bool(superseded and wanted and row.due_at > now)


async def _why(session: AsyncSession, place: Place, rule: RuleView, reminder_id: int) -> Superseded:
    """Nothing about the thing has changed: then it is the rule that has."""
    row = await session.get_one(Reminder, reminder_id)
    said: Look = (await KINDS[rule.kind].look(session, place, rule, [row]))[row.id]
    return Superseded.RULE if isinstance(said, Facts) else said


async def apply(session: AsyncSession, difference: Difference, now: datetime) -> int:
    """Returns how many reminders are planned now that were not before. A second time changes nothing."""
    rule = difference.rule
    added = await insert_missing(session, Reminder, [_values(rule, one) for one in difference.new])
    for one in difference.again:
        # As it stood when it was looked at: another planner may have been quicker, and it was handed over.
        changed = await session.scalars(
            update(Reminder)
            .where(
                Reminder.id == one,
                Reminder.state.in_((ReminderState.SUPERSEDED, ReminderState.LATE)),
                Reminder.delivery_id.is_(None),
            )
            .values(state=ReminderState.PLANNED, reason=None, settled_at=None)
            .returning(Reminder.id)
        )
        added += len(changed.all())
    for one, reason in difference.gone:
        await session.execute(
            update(Reminder)
            .where(Reminder.id == one, Reminder.state == ReminderState.PLANNED)
            .values(state=ReminderState.SUPERSEDED, reason=reason.value, settled_at=now)
        )
    return added


async def mark(session: AsyncSession, rule: RuleView, now: datetime) -> None:
    """All that was due up to now is planned; what comes up later does not belong to downtime."""
    await session.execute(
        update(ReminderRule).where(ReminderRule.id == rule.id, ReminderRule.revision == rule.revision).values(since=now)
    )


def _values(rule: RuleView, one: Occasion) -> dict[str, Any]:
    return {
        "municipality_id": rule.municipality_id,
        "rule_id": rule.id,
        "kind": rule.kind.value,
        "subject": one.subject,
        "account_id": one.account_id,
        "slot": one.slot,
        "due_at": one.due_at,
        "useful_until": one.useful_until,
        "state": ReminderState.PLANNED.value,
    }
