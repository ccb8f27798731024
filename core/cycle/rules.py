"""States of the nine stages, out of plain facts. Nothing is called done that nobody has done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.campaigns.model import CampaignRow, CampaignState
from core.cycle.model import Reason, Stage, StageCode, StageState

NEXT = 6
"""Things that are due, on the whole page."""


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    number: str
    title: str
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What exists for one group of indicators in the current period."""

    has_goal: bool
    indicators: int
    monitored: int
    campaigns: Sequence[CampaignRow]
    """Of this period, oldest first."""
    plan_year: int | None
    """Year of the newest plan that is not of a later year."""
    year: int
    measures: Sequence[PlannedMeasure]
    """Measures of that plan that move indicators of the group."""
    today: date


def stages(facts: GroupFacts) -> tuple[Stage, ...]:
    """All nine, in the order of the cycle."""
    collection = _collection(facts)
    monitoring = _monitoring(collection)
    analysis = _document(StageCode.ANALYSIS, monitoring)
    recommendations = _document(StageCode.RECOMMENDATIONS, analysis)
    measures = _measures(facts)
    decisions = _document(StageCode.DECISIONS, analysis)
    return (
        _goals(facts),
        _indicators(facts),
        collection,
        monitoring,
        analysis,
        recommendations,
        measures,
        decisions,
        _document(StageCode.EFFECTIVENESS, decisions),
    )


def broken_at(chain: Sequence[Stage]) -> StageCode | None:
    """The first stage that somebody has to act on."""
    return next((stage.code for stage in chain if stage.state is StageState.DUE), None)


def _goals(facts: GroupFacts) -> Stage:
    if facts.has_goal:
        return Stage(StageCode.GOALS, StageState.DONE, Reason.GOALS_SET)
    return Stage(StageCode.GOALS, StageState.DUE, Reason.GOALS_MISSING)


def _indicators(facts: GroupFacts) -> Stage:
    counts = {"count": facts.monitored, "total": facts.indicators}
    if facts.monitored == 0:
        return Stage(StageCode.INDICATORS, StageState.DUE, Reason.NOT_MONITORED, **counts)
    state = StageState.DONE if facts.monitored == facts.indicators else StageState.IN_PROGRESS
    return Stage(StageCode.INDICATORS, state, Reason.MONITORED, **counts)


def _collection(facts: GroupFacts) -> Stage:
    for state, reason in (
        (CampaignState.OPEN, Reason.CAMPAIGN_OPEN),
        (CampaignState.CLOSED, Reason.CAMPAIGN_CLOSED),
        (CampaignState.SCHEDULED, Reason.CAMPAIGN_PREPARED),
        (CampaignState.DRAFT, Reason.CAMPAIGN_PREPARED),
    ):
        found = [one for one in facts.campaigns if one.state is state]
        if found:
            done = StageState.DONE if state is CampaignState.CLOSED else StageState.IN_PROGRESS
            asked = state in {CampaignState.OPEN, CampaignState.CLOSED}
            return Stage(
                StageCode.COLLECTION,
                done,
                reason,
                count=found[-1].submitted if asked else None,
                total=found[-1].invited if asked else None,
                campaign_id=found[-1].id,
            )
    return Stage(StageCode.COLLECTION, StageState.DUE, Reason.CAMPAIGN_MISSING)


def _monitoring(collection: Stage) -> Stage:
    """The program counts by itself, so this stage follows the collection."""
    if collection.reason is Reason.CAMPAIGN_CLOSED:
        return Stage(StageCode.MONITORING, StageState.DONE, Reason.VALUES_FINAL)
    if collection.reason is Reason.CAMPAIGN_OPEN:
        return Stage(StageCode.MONITORING, StageState.IN_PROGRESS, Reason.VALUES_GROWING)
    return Stage(StageCode.MONITORING, StageState.NOTHING, Reason.VALUES_MISSING)


def _document(code: StageCode, before: Stage) -> Stage:
    """Stages that lead to a document which this version cannot make yet: due once the step before is done."""
    if before.state is StageState.DONE:
        return Stage(code, StageState.DUE, Reason.DOCUMENT_MISSING)
    return Stage(code, StageState.NOTHING, Reason.WAITING)


def _measures(facts: GroupFacts) -> Stage:
    if facts.plan_year is None:
        return Stage(StageCode.MEASURES, StageState.DUE, Reason.PLAN_MISSING)
    if facts.plan_year < facts.year:
        return Stage(StageCode.MEASURES, StageState.DUE, Reason.PLAN_OUTDATED, year=facts.plan_year)
    if not facts.measures:
        return Stage(StageCode.MEASURES, StageState.NOTHING, Reason.PLAN_MISSING, year=facts.plan_year)
    past = sum(1 for one in facts.measures if one.dates and one.dates[-1] < facts.today)
    counts = {"count": past, "total": len(facts.measures)}
    if past == len(facts.measures):
        # Their days are over; whether they took place is told by the report on the plan.
        return Stage(StageCode.MEASURES, StageState.DONE, Reason.MEASURES_DONE, year=facts.plan_year, **counts)
    return Stage(StageCode.MEASURES, StageState.IN_PROGRESS, Reason.MEASURES_PLANNED, year=facts.plan_year, **counts)
