"""Where somebody is in a survey, as screens and handlers see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.campaigns.model import ParticipationState
from core.errors import AppError
from core.surveys.model import Answers, Facts, Question, Respondent, SurveyDefinition, SurveyPrivacy
from core.surveys.rules import Progress
from core.surveys.scoring import ScaleScore
from core.surveys.situation import Situation


class Stale(AppError):
    """The press belongs to a screen that is no longer shown; nothing was changed."""

    def __init__(self, response_id: int) -> None:
        super().__init__("survey.stale")
        self.response_id = response_id


@dataclass(frozen=True, slots=True)
class Ask:
    """A survey as it was put to one person: which campaign, and what it is answered about (0: oneself)."""

    campaign_id: int
    subject: int = 0

    def __str__(self) -> str:
        """`12`, or `12-5` when it is about something."""
        return f"{self.campaign_id}-{self.subject}" if self.subject else str(self.campaign_id)


@dataclass(frozen=True, slots=True)
class Place:
    """What a button names: the response, the screen it stood on, and the question (None: the summary)."""

    response_id: int
    visit: int
    question: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """The screen a person should see now."""

    response_id: int
    visit: int
    ask: Ask
    campaign_title: str
    closes_at: datetime
    timezone: str
    definition: SurveyDefinition
    question: Question | None
    """None: the summary."""
    answers: Answers
    facts: Facts
    progress: Progress
    is_first: bool
    """There is no question to go back to."""
    from_summary: bool
    missing: tuple[int, ...]
    """Questions that must be answered before submission and are not."""
    message_id: int | None
    about: str = ""
    """As in SurveyCard."""

    @property
    def place(self) -> Place:
        return Place(self.response_id, self.visit, None if self.question is None else self.question.number)

    def situation(self) -> Situation:
        """What holds with these answers; worked out anew at each call."""
        return Situation(self.definition, self.answers, self.facts)


@dataclass(frozen=True, slots=True)
class SurveyCard:
    """An open survey in a person's list; `position` and `total` count questions when it has been begun."""

    ask: Ask
    response_id: int | None
    title: str
    about: str
    """The organisation, event or pair that it is answered about, in words; empty for oneself."""
    respondent: Respondent
    purpose: str
    minutes: int
    privacy: SurveyPrivacy
    k: int
    closes_at: datetime
    timezone: str
    state: ParticipationState
    position: int
    total: int
    has_result: bool = False
    """What the answers came to can be read again."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What a person is told after submission; of an anonymous survey it exists only here, in passing."""

    definition: SurveyDefinition
    scores: tuple[ScaleScore, ...]
    averages: Mapping[str, float]
    """Mean of each scale over others, where it may be published."""
    help_contact: str
    k: int
    message_id: int | None
    previous: Mapping[str, float] = field(default_factory=dict)
    """What the scales came to when the person last answered this survey; empty the first time."""
