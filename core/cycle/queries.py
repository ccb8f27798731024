"""The home page of the admin: nine stages for each group of indicators, and what is due next."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CampaignRow, CampaignState
from core.campaigns.queries import listing
from core.clock import Clock, local_date
from core.cycle import rules
from core.cycle.model import Cycle, DueItem, GroupCycle, StageCode
from core.cycle.rules import GroupFacts, PlannedMeasure
from core.errors import NotFound
from core.indicators.burnout_coverage import SURVEY as BURNOUT
from core.indicators.deficit_answers import SURVEY as DEFICITS
from core.indicators.model import IndicatorGroup, Period
from core.indicators.queries import current_period, monitored, organisations, passports
from core.indicators.rules import due_date, moments, period_title
from core.people.model import Actor
from storage.models import MonitoredIndicator, Municipality, PlanMeasure

SURVEYS = {IndicatorGroup.DIAGNOSTICS: DEFICITS, IndicatorGroup.WELLBEING: BURNOUT}
"""Which survey a group of indicators is collected with."""


async def cycle(session: AsyncSession, clock: Clock, actor: Actor, municipality_id: int) -> Cycle:
    """Raises NotFound unless the actor manages the municipality or coordinates an organisation of it."""
    municipality = await session.get(Municipality, municipality_id)
    if municipality is None or not await organisations(session, actor, municipality_id):
        raise NotFound
    today = local_date(clock.now(), municipality.timezone)
    watched = await monitored(session, municipality_id)
    campaigns = [one for one in await listing(session, actor) if one.municipality_id == municipality_id]
    plan = await _plan(session, municipality_id, today.year)
    groups = []
    for group in IndicatorGroup:
        codes = tuple(passport.code for passport in passports() if passport.group is group)
        period = await current_period(session, clock, municipality_id, codes[0])
        own = _of_period([one for one in campaigns if one.survey_code == SURVEYS[group]], period, municipality.timezone)
        facts = GroupFacts(
            has_goal=bool(_goal(municipality)),
            indicators=len(codes),
            monitored=sum(code in watched for code in codes),
            campaigns=own,
            plan_year=plan[0].year if plan else None,
            year=today.year,
            measures=_measures(plan, codes),
            today=today,
        )
        chain = rules.stages(facts)
        due = _due(facts, [watched[code] for code in codes if code in watched], period, municipality.timezone)
        groups.append(GroupCycle(group, codes, chain, rules.broken_at(chain), due))
    together = sorted({item for group in groups for item in group.due}, key=lambda item: (item.on, item.title))
    return Cycle(
        municipality_id=municipality_id,
        municipality=municipality.name,
        period=await current_period(session, clock, municipality_id, groups[0].indicators[0]),
        goal=_goal(municipality),
        document=str(municipality.settings.get("demanding_document", "")),
        groups=tuple(groups),
        due=tuple(together[: rules.NEXT]),
    )


def _goal(municipality: Municipality) -> str:
    return str((municipality.settings.get("goals") or {}).get("main", ""))


def _of_period(campaigns: Iterable[CampaignRow], period: Period, timezone: str) -> list[CampaignRow]:
    """Those that were open in the period, or are to open in it; oldest first."""
    start, end = moments(period, timezone)
    found = [one for one in campaigns if one.opens_at < end and (one.closed_at is None or one.closed_at >= start)]
    return sorted(found, key=lambda one: (one.opens_at, one.id))


async def _plan(session: AsyncSession, municipality_id: int, year: int) -> list[PlanMeasure]:
    """The newest plan that is not of a later year."""
    newest = (
        select(PlanMeasure.year)
        .where(PlanMeasure.municipality_id == municipality_id, PlanMeasure.year <= year)
        .order_by(PlanMeasure.year.desc())
        .limit(1)
    )
    found = await session.scalars(
        select(PlanMeasure)
        .where(PlanMeasure.municipality_id == municipality_id, PlanMeasure.year == newest.scalar_subquery())
        .order_by(PlanMeasure.id)
    )
    return list(found)


def _measures(plan: Sequence[PlanMeasure], codes: Iterable[str]) -> list[PlannedMeasure]:
    wanted = set(codes)
    return [
        PlannedMeasure(one.number, one.title, tuple(sorted(date.fromisoformat(day) for day in one.dates)))
        for one in plan
        if any(wanted & set(number.get("indicators", [])) for number in one.expected)
    ]


def _due(
    facts: GroupFacts, watched: Sequence[MonitoredIndicator], period: Period, timezone: str
) -> tuple[DueItem, ...]:
    items = [*_campaign_days(facts.campaigns, timezone), *_value_days(facts, watched, period)]
    if facts.plan_year == facts.year:
        for one in facts.measures:
            coming = [day for day in one.dates if day >= facts.today]
            items.extend(DueItem(day, f"{one.number} {one.title}", StageCode.MEASURES) for day in coming[:1])
    return tuple(sorted(items, key=lambda item: (item.on, item.title)))


def _campaign_days(campaigns: Iterable[CampaignRow], timezone: str) -> Iterable[DueItem]:
    for one in campaigns:
        if one.state is CampaignState.OPEN:
            yield DueItem(
                local_date(one.closes_at, timezone), f"Закрывается анкета «{one.title}»", StageCode.COLLECTION
            )
        elif one.state is CampaignState.SCHEDULED:
            yield DueItem(local_date(one.opens_at, timezone), f"Открывается анкета «{one.title}»", StageCode.COLLECTION)


def _value_days(facts: GroupFacts, watched: Sequence[MonitoredIndicator], period: Period) -> Iterable[DueItem]:
    """One line for all indicators with the same day; a day that has passed is late until they are final."""
    days: dict[date, list[str]] = {}
    for one in watched:
        if (day := due_date(one.due, period)) is not None:
            days.setdefault(day, []).append(one.indicator)
    final = any(one.state is CampaignState.CLOSED for one in facts.campaigns)
    for day, codes in days.items():
        late = day < facts.today and not final
        if day >= facts.today or late:
            codes_text = ", ".join(sorted(codes))
            title = f"Готовы значения {codes_text} за {period_title(period)}"
            yield DueItem(day, title, StageCode.MONITORING, late)
