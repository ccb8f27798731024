"""The management cycle of SPEC §12: nine stages for every group of indicators."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.indicators.model import IndicatorGroup, Period


class StageCode(StrEnum):
    GOALS = "goals"
    INDICATORS = "indicators"
    COLLECTION = "collection"
    MONITORING = "monitoring"
    ANALYSIS = "analysis"
    RECOMMENDATIONS = "recommendations"
    MEASURES = "measures"
    DECISIONS = "decisions"
    EFFECTIVENESS = "effectiveness"


class StageState(StrEnum):
    DONE = "done"
    """What the stage needs for this period is there."""
    IN_PROGRESS = "in_progress"
    """Begun, not finished."""
    DUE = "due"
    """Its day has come or the step before it is finished; somebody has to act."""
    NOTHING = "nothing"
    """Nothing yet, and nothing is late."""


class Reason(StrEnum):
    """Why a stage is in its state; the admin has a sentence for each."""

    GOALS_SET = "goals_set"
    GOALS_MISSING = "goals_missing"
    MONITORED = "monitored"
    NOT_MONITORED = "not_monitored"
    CAMPAIGN_CLOSED = "campaign_closed"
    CAMPAIGN_OPEN = "campaign_open"
    CAMPAIGN_PREPARED = "campaign_prepared"
    CAMPAIGN_MISSING = "campaign_missing"
    VALUES_FINAL = "values_final"
    VALUES_GROWING = "values_growing"
    VALUES_MISSING = "values_missing"
    DOCUMENT_MISSING = "document_missing"
    """The step before is finished, the document that this stage leads to does not exist yet."""
    WAITING = "waiting"
    """The step before is not finished."""
    MEASURES_PLANNED = "measures_planned"
    MEASURES_DONE = "measures_done"
    PLAN_OUTDATED = "plan_outdated"
    """There is a plan, for an earlier year."""
    PLAN_MISSING = "plan_missing"


@dataclass(frozen=True, slots=True)
class Stage:
    """`count` of `total` says how much is there (campaigns closed, measures whose day has passed…)."""

    code: StageCode
    state: StageState
    reason: Reason
    count: int | None = None
    total: int | None = None
    campaign_id: int | None = None
    year: int | None = None
    """Year of the plan, where the reason speaks of one."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """What has to be done next, and when. `title` is shown as it is."""

    on: date
    title: str
    stage: StageCode
    late: bool = False


@dataclass(frozen=True, slots=True)
class GroupCycle:
    group: IndicatorGroup
    indicators: tuple[str, ...]
    stages: tuple[Stage, ...]
    broken_at: StageCode | None
    """The first stage that somebody has to act on; None when the chain holds."""
    due: tuple[DueItem, ...]


@dataclass(frozen=True, slots=True)
class Cycle:
    municipality_id: int
    municipality: str
    period: Period
    goal: str
    """The municipality's main goal in its own words; empty when it has not set one."""
    document: str
    """The document that demands the work."""
    groups: tuple[GroupCycle, ...]
    due: tuple[DueItem, ...]
    """The next things of all groups, soonest first."""
