"""Results of a campaign as page, chart and file show them; one shape for named and protected surveys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.campaigns.model import CampaignDetail
from core.results.source import Source


class ResultCut(StrEnum):
    """The only ways in which results are divided; a protected survey knows but KIND, EXPERIENCE and CLUSTER."""

    KIND = "kind"
    ORGANISATION = "organisation"
    CLUSTER = "cluster"
    """One organisation, or several small ones of a kind."""
    POSITION_GROUP = "position_group"
    POSITION = "position"
    SUBJECT = "subject"
    """Who teaches two subjects counts in both."""
    EXPERIENCE = "experience"


class Shape(StrEnum):
    """What the figures of a result mean."""

    ONE = "one"
    """Shares of options of which each respondent has one."""
    SEVERAL = "several"
    """Shares of options that can be combined."""
    NUMBER = "number"
    """Mean, and shares of values or of spans of values."""
    RANK = "rank"
    """Mean place of each option; the first place is 1."""
    MOMENT = "moment"
    """Shares of months, years or hours."""
    TEXT = "text"
    """Only how many wrote something."""
    SCALE = "scale"
    """Mean from 0 to 100, and shares of its levels."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice, a level, a span of values, or several choices that were published together."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Figures:
    """One question or scale in one group. What is not known, empty or withheld is absent."""

    n: int | None = None
    """Of a named survey who answered it; of a protected one all questionnaires of the group."""
    values: Mapping[str, float] = field(default_factory=dict)
    """By key of option: share of `n`, 0–100, or mean place."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """By key of option: how many people; of a protected survey never told."""
    mean: float | None = None


NOTHING = Figures()


@dataclass(frozen=True, slots=True)
class CutRow:
    key: str
    title: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Result:
    """A question, or a scale."""

    name: str
    label: str
    shape: Shape
    options: tuple[Option, ...]
    figures: Figures
    section: str = ""
    """Title of the section it stands in."""
    battery: str = ""
    """Name of the section whose questions are shown as one table; empty when it stands alone."""
    top: float | None = None
    """The highest points that the mean of an item of a scale could come to."""
    previous: Figures | None = None
    """The wave before; None when it had no such question."""
    reworded: bool = False
    """The wave before asked it in other words or with other options."""
    rows: tuple[CutRow, ...] = ()
    is_helper: bool = False
    """A calculation that nobody has given a title: it serves other questions, and only files tell of it."""
    texts: int | None = None
    """How many texts can be read; None when none are shown."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The wave before. `comparable`: it counts in the same way; `same_version`: it asked the same."""

    id: int
    title: str
    comparable: bool
    same_version: bool


@dataclass(frozen=True, slots=True)
class CampaignResults:
    campaign: CampaignDetail
    source: Source
    ready: bool
    """False: a protected campaign that has not closed; nothing but coverage is told."""
    submitted: int | None
    """Questionnaires behind the figures; None when that is not told."""
    scales: tuple[Result, ...] = ()
    questions: tuple[Result, ...] = ()
    cuts: tuple[ResultCut, ...] = ()
    """Those that can be asked for."""
    cut: ResultCut | None = None
    earlier: Earlier | None = None
    sees_answers: bool = False
    """The actor may read individual answers and texts, and take files away."""

    @property
    def all(self) -> tuple[Result, ...]:
        return (*self.scales, *self.questions)
