"""The only door to values of indicators for page, chart, document and API; scoped by the actor."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock, local_date
from core.errors import NotFound
from core.indicators.context import Context
from core.indicators.model import (
    IndicatorView,
    Measure,
    Part,
    Passport,
    Period,
    PeriodKind,
    Scope,
    ScopeKind,
    TargetOrigin,
    TargetView,
)
from core.indicators.registry import INDICATORS
from core.indicators.rules import is_met, period_of, previous
from core.people.model import Actor
from storage.models import MonitoredIndicator, Municipality, Organisation, PlanMeasure, Target


async def view(
    session: AsyncSession,
    clock: Clock,
    actor: Actor,
    municipality_id: int,
    code: str,
    period: Period | None = None,
    organisation_id: int | None = None,
) -> IndicatorView:
    """A value with everything that belongs to it. Without `period` the current one of the indicator.

    A coordinator gets the own organisation (the first one unless `organisation_id` names another), with the
    municipality's value beside it; never another organisation's. Raises NotFound.
    """
    indicator = INDICATORS.get(code)
    if indicator is None:
        raise NotFound
    scope = await _scope(session, actor, municipality_id, organisation_id)
    municipality = await session.get_one(Municipality, municipality_id)
    today = local_date(clock.now(), municipality.timezone)
    if period is None:
        period = await current_period(session, clock, municipality_id, code)
    context = Context(
        session=session,
        municipality_id=municipality_id,
        settings=municipality.settings,
        timezone=municipality.timezone,
        period=period,
        today=today,
        organisation_id=None if scope.kind is ScopeKind.MUNICIPALITY else scope.id,
        manages=actor.manages(municipality_id),
    )
    now = await indicator.compute(context)
    before = await indicator.compute(context.during(previous(period)))
    beside = await indicator.compute(context.of_municipality()) if context.organisation_id is not None else None
    return IndicatorView(
        passport=indicator.passport,
        period=period,
        scope=scope,
        measure=now.measure,
        parts=_with_previous(now.parts, before.parts),
        previous=before.measure,
        target=await _target(session, municipality_id, code, period, now.measure),
        breakdowns=now.breakdowns,
        deficits=now.deficits,
        evidence=now.evidence,
        outside=now.outside,
        beside=beside.measure if beside else None,
        beside_parts=beside.parts if beside else (),
        missing=now.missing,
    )


async def overview(
    session: AsyncSession, clock: Clock, actor: Actor, municipality_id: int, organisation_id: int | None = None
) -> list[IndicatorView]:
    """Every indicator of this version for its current period, in the registry's order. Raises NotFound."""
    return [
        await view(session, clock, actor, municipality_id, code, organisation_id=organisation_id) for code in INDICATORS
    ]


def passports() -> tuple[Passport, ...]:
    return tuple(indicator.passport for indicator in INDICATORS.values())


async def monitored(session: AsyncSession, municipality_id: int) -> dict[str, MonitoredIndicator]:
    """What the municipality watches, by code; also indicators that have no values in this version yet."""
    rows = await session.scalars(
        select(MonitoredIndicator).where(MonitoredIndicator.municipality_id == municipality_id)
    )
    return {row.indicator: row for row in rows}


async def current_period(session: AsyncSession, clock: Clock, municipality_id: int, code: str) -> Period:
    """The running period of the kind that the municipality has set, else the passport's."""
    municipality = await session.get_one(Municipality, municipality_id)
    row = await session.get(MonitoredIndicator, (municipality_id, code))
    kind = PeriodKind(row.period) if row else INDICATORS[code].passport.period
    return period_of(kind, local_date(clock.now(), municipality.timezone))


async def organisations(session: AsyncSession, actor: Actor, municipality_id: int) -> list[Scope]:
    """Organisations whose own values the actor may see, in the registry's order."""
    chosen = select(Organisation.id, Organisation.short_name).where(
        Organisation.municipality_id == municipality_id, Organisation.archived_at.is_(None)
    )
    if not actor.manages(municipality_id):
        chosen = chosen.where(Organisation.id.in_(sorted(actor.organisations)))
    rows = await session.execute(chosen.order_by(Organisation.id))
    return [Scope(ScopeKind.ORGANISATION, identity, name) for identity, name in rows]


async def _scope(session: AsyncSession, actor: Actor, municipality_id: int, organisation_id: int | None) -> Scope:
    if actor.manages(municipality_id) and organisation_id is None:
        municipality = await session.get(Municipality, municipality_id)
        if municipality is None:
            raise NotFound
        return Scope(ScopeKind.MUNICIPALITY, municipality.id, municipality.name)
    own = await organisations(session, actor, municipality_id)
    for scope in own:
        if organisation_id in (None, scope.id):
            return scope
    raise NotFound


def _with_previous(parts: Sequence[Part], before: Sequence[Part]) -> tuple[Part, ...]:
    """Adds the previous period's value where the indicator has not found a nearer one, as B2 does."""
    known = {part.code: part.measure for part in before}
    return tuple(part if part.previous is not None else replace(part, previous=known.get(part.code)) for part in parts)


async def _target(
    session: AsyncSession, municipality_id: int, code: str, period: Period, measure: Measure | None
) -> TargetView | None:
    """The target of the period's year, else the last one before; an older year's is not judged against."""
    year = period.end.year
    value = measure.value if measure else None
    target = await session.scalar(
        select(Target)
        .where(
            Target.municipality_id == municipality_id,
            Target.indicator == code,
            Target.part == "",
            Target.year <= year,
        )
        .order_by(Target.year.desc())
        .limit(1)
    )
    if target is not None:
        met = is_met(value, target.value, target.comparison) if target.year == year else None
        return TargetView(
            target.value, target.unit, target.comparison, target.year, target.source, TargetOrigin.TARGET, met
        )
    return await _planned(session, municipality_id, code, year, value)


async def _planned(
    session: AsyncSession, municipality_id: int, code: str, year: int, value: float | None
) -> TargetView | None:
    """A number that a measure of the plan expects of this indicator, in per cent."""
    measures = await session.scalars(
        select(PlanMeasure)
        .where(PlanMeasure.municipality_id == municipality_id, PlanMeasure.year <= year)
        .order_by(PlanMeasure.year.desc(), PlanMeasure.id)
    )
    for one in measures:
        for number in one.expected:
            if number["unit"] == "percent" and number.get("indicators") == [code]:
                met = is_met(value, number["value"], number["comparison"]) if one.year == year else None
                return TargetView(
                    number["value"], "percent", number["comparison"], one.year, one.source, TargetOrigin.PLAN, met
                )
    return None
