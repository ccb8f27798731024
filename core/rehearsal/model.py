"""A campaign played through with made-up answers before anybody is asked (SPEC §4, "Rehearsal")."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.releases.earlier import Earlier, Key
from core.releases.model import Cut, Release
from core.surveys.model import Answers, Facts, Question, SurveyDefinition

RATES = (50, 70, 90)
"""Per cent of the audience that answer in the forecasts."""
USUAL_RATE = 70
"""The one that the report is made for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody of the audience as the registry knows them, coarsely: no name, no age."""

    key: Key
    organisation_id: int
    kind: str
    position_group: str
    experience: str
    joined: bool
    """Can be written to now: account with a consent and a chat."""
    facts: Facts


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be rehearsed. `seed`: the same plan always gives the same answers."""

    seed: int
    definition: SurveyDefinition
    k: int
    opens_at: datetime
    asked: tuple[Asked, ...]
    """One for each questionnaire; where organisations are answered for, one for each coordinator."""
    earlier: tuple[Earlier, ...] = ()
    invites_at: datetime | None = None
    """When the first invitation goes out, if quiet hours or a no-send day make it later than the opening."""


@dataclass(frozen=True, slots=True)
class Walk:
    """One way through the survey. Questions by number."""

    answers: Answers
    scales: Mapping[str, float]
    seconds: float
    seen: frozenset[int]
    offered: Mapping[int, frozenset[int]]
    """Of questions with a choice filter: which choices could be chosen."""
    stuck: tuple[int, ...] = ()
    """Questions that could be neither answered nor passed by."""


@dataclass(frozen=True, slots=True)
class GroupMinutes:
    position_group: str
    people: int
    median: float


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes for one questionnaire; `usual_longest`: nine of ten people need no more."""

    promised: int
    median: float
    usual_longest: float
    longest: float
    by_group: tuple[GroupMinutes, ...]


class Part(StrEnum):
    """What of a survey nobody came to."""

    SECTION = "section"
    QUESTION = "question"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Unreached:
    """`condition` is the expression that kept everybody away; `names` are those it refers to, with their titles."""

    part: Part
    label: str
    inside: str
    """The question of a choice, the section of a question; empty when there is none."""
    condition: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Trap:
    """A question where people get stuck: `stuck` of the `seen` who came to it, in per cent."""

    question: Question
    share: float


@dataclass(frozen=True, slots=True)
class GroupForecast:
    """How many are asked in a group, and by rate (RATES) of how many answers figures would be shown; None: withheld."""

    cut: Cut
    group: str
    asked: int
    shown: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Invitations:
    """`last_at` is None when nobody can be written to yet."""

    now: int
    """Messages that go out from `first_at` on."""
    waiting: int
    """Questionnaires whose people have not joined; theirs follow when they do."""
    first_at: datetime
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    asked: int
    """Questionnaires that would be put to people."""
    walked: int
    """Of these, how many were filled in question by question."""
    minutes: Minutes | None
    """None when nobody is asked."""
    unreached: tuple[Unreached, ...]
    traps: tuple[Trap, ...]
    groups: tuple[GroupForecast, ...]
    """Of protected surveys only."""
    k: int
    clusters: Mapping[str, tuple[int, ...]]
    """Code of a cluster → ids of its organisations."""
    invitations: Invitations
    answered: int
    """Questionnaires that the report is made of."""
    report: Release
    """What would be published with made-up answers; of a named survey, too, there without a smallest group."""
