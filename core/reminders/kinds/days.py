"""Kinds whose subject is a day: one reminder for everything that falls on it, to every methodist."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from core.reminders.kinds.kind import Look, Occasion, each
from core.reminders.kinds.people import methodists
from core.reminders.model import Facts, Place, ReminderKind, RuleView, Superseded
from core.reminders.rules import Window, anchor_days
from storage.models import Reminder


class OnDays(Protocol):
    async def __call__(self, session: AsyncSession, place: Place, days: set[date]) -> dict[date, tuple[str, ...]]:
        """What falls on each of the days, as it is told; days with nothing are left out."""
        ...


class DayKind:
    """A core.reminders.kinds.kind.Kind."""

    def __init__(self, kind: ReminderKind, on_days: OnDays) -> None:
        self._kind = kind
        self._on_days = on_days

    async def occasions(self, session: AsyncSession, place: Place, rule: RuleView, window: Window) -> list[Occasion]:
        there = await self._on_days(session, place, set(anchor_days(rule, window, place.timezone)))
        if not there:
            return []
        accounts = await methodists(session, place.id)
        return [one for day in sorted(there) for one in each(rule, place, window, (day.toordinal(), day), accounts)]

    async def look(
        self, session: AsyncSession, place: Place, rule: RuleView, rows: Sequence[Reminder]
    ) -> Mapping[int, Look]:
        there = await self._on_days(session, place, {date.fromordinal(row.subject) for row in rows})
        accounts = set(await methodists(session, place.id))
        return {row.id: self._now(rule, row, there, accounts) for row in rows}

    def _now(self, rule: RuleView, row: Reminder, there: Mapping[date, tuple[str, ...]], accounts: set[int]) -> Look:
        day = date.fromordinal(row.subject)
        if row.account_id not in accounts:
            return Superseded.LEFT
        items = there.get(day)
        return Superseded.MOVED if items is None else Facts(self._kind, rule.whom, day, len(items), items)
