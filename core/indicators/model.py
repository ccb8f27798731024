"""What an indicator is and what a value of it says (SPEC §12)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class IndicatorGroup(StrEnum):
    """Groups of indicators that have values in this version."""

    DIAGNOSTICS = "diagnostics"
    WELLBEING = "wellbeing"


class Unit(StrEnum):
    PERCENT = "percent"
    """A share, 0–100."""
    POINTS = "points"
    """Level of a scale, 0–100."""


class PeriodKind(StrEnum):
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    """1 September to 31 August."""
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days in the municipality's zone, both included."""

    start: date
    end: date
    kind: PeriodKind


@dataclass(frozen=True, slots=True)
class Passport:
    """Texts are Russian and shown as they are."""

    code: str
    group: IndicatorGroup
    title: str
    formula: str
    numerator: str
    """Who counts, who does not."""
    denominator: str
    unit: Unit
    breakdowns: tuple[str, ...]
    period: PeriodKind
    """Unless the municipality's profile sets another."""
    due: str
    source: str
    """Where the data come from."""
    document: str
    """Which municipalities' documents demand it."""
    lower_is_better: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with what it was counted from. Without data `value` is None, never 0.

    `numerator` and `denominator` are people: n of N. For a mean `numerator` is how many it was taken over,
    `denominator` how many could have been in it.
    """

    numerator: int | None
    denominator: int | None
    value: float | None
    as_of: date
    missing: tuple[str, ...] = ()
    """What data were missing, a Russian sentence each."""


@dataclass(frozen=True, slots=True)
class BandCount:
    """`share` is of 0–100; `count` is None where only the share is published."""

    code: str
    title: str
    count: int | None
    share: float


@dataclass(frozen=True, slots=True)
class Part:
    """One competence area or scale of an indicator that has several values."""

    code: str
    title: str
    measure: Measure
    previous: Measure | None = None
    band: str | None = None
    """Name of the level that the value lies in."""
    bands: tuple[BandCount, ...] = ()


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """`parts` has a measure per part for indicators with parts, in the view's order."""

    key: str
    title: str
    measure: Measure | None
    parts: tuple[tuple[str, Measure], ...] = ()


@dataclass(frozen=True, slots=True)
class Breakdown:
    """`code` is subject, organisation, position, kind, experience, cluster or wave. Rows are never ranked by value."""

    code: str
    title: str
    rows: tuple[BreakdownRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Deficit:
    """A statement of the survey: how much help people say they need with it, 0–100."""

    name: str
    title: str
    area: str
    value: float
    people: int


class TargetOrigin(StrEnum):
    TARGET = "target"
    """A target of the municipality's document."""
    PLAN = "plan"
    """An expected number of a measure of the plan."""


@dataclass(frozen=True, slots=True)
class TargetView:
    value: float
    unit: str
    comparison: str
    """at_least or at_most."""
    year: int
    source: str
    origin: TargetOrigin
    met: bool | None
    """None while there is no value to compare."""


class ScopeKind(StrEnum):
    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Scope:
    kind: ScopeKind
    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind the number: campaigns that it was counted from."""

    campaign_id: int
    title: str
    opened_at: datetime
    closed_at: datetime | None
    invited: int
    submitted: int


@dataclass(frozen=True, slots=True)
class OutsideEvidence:
    """An outside diagnosis that the number was counted from, too: how many people, and when the last of them."""

    title: str
    people: int
    last_on: date


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """`measure` is None for indicators that have only parts (D2, D3, B2).

    `beside` is the municipality's value when the scope is one organisation (SPEC §12: own beside the
    municipality's); `beside_parts` the same by part.
    """

    passport: Passport
    period: Period
    scope: Scope
    measure: Measure | None
    parts: tuple[Part, ...] = ()
    previous: Measure | None = None
    target: TargetView | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    deficits: tuple[Deficit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    outside: tuple[OutsideEvidence, ...] = ()
    beside: Measure | None = None
    beside_parts: tuple[Part, ...] = ()
    missing: tuple[str, ...] = field(default=())
    """What the whole view lacks, a Russian sentence each."""
