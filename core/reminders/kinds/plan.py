"""Measures of the plan that fall on a day (SPEC §11), in one reminder."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.reminders.kinds.days import DayKind
from core.reminders.kinds.kind import Kind
from core.reminders.model import Place, ReminderKind
from storage.models import PlanMeasure


async def _on_days(session: AsyncSession, place: Place, days: set[date]) -> dict[date, tuple[str, ...]]:
    measures = await session.scalars(
        select(PlanMeasure)
        .where(PlanMeasure.municipality_id == place.id, PlanMeasure.year.in_({day.year for day in days}))
        .order_by(PlanMeasure.id)
    )
    there: dict[date, tuple[str, ...]] = {}
    for one in measures:
        for day in days & {date.fromisoformat(said) for said in one.dates}:
            there[day] = (*there.get(day, ()), f"{one.number} {one.title}")
    return there


KIND: Kind = DayKind(ReminderKind.PLAN, _on_days)
