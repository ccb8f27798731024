"""The day by which values of indicators must be there (SPEC §12): all codes of a day in one reminder."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.indicators.model import PeriodKind
from core.indicators.rules import due_date, period_of
from core.reminders.kinds.days import DayKind
from core.reminders.kinds.kind import Kind
from core.reminders.model import Place, ReminderKind
from storage.models import MonitoredIndicator


async def _on_days(session: AsyncSession, place: Place, days: set[date]) -> dict[date, tuple[str, ...]]:
    watched = await session.scalars(
        select(MonitoredIndicator)
        .where(MonitoredIndicator.municipality_id == place.id, MonitoredIndicator.due.is_not(None))
        .order_by(MonitoredIndicator.indicator)
    )
    there: dict[date, tuple[str, ...]] = {}
    for one in watched:
        for day in days:
            if due_date(one.due, period_of(PeriodKind(one.period), day)) == day:
                there[day] = (*there.get(day, ()), one.indicator)
    return there


KIND: Kind = DayKind(ReminderKind.INDICATORS, _on_days)
