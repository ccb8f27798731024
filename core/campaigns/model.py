"""Campaigns as others see them: states, what is asked for, what is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.audiences.model import Audience
from core.campaigns.reminders import ReminderPlan
from core.people.model import OrganisationKind
from core.surveys.model import Respondent, SurveyPrivacy

INVITATION = "campaign.invitation"
"""Kind of the delivery that invites to a campaign; its subject is the campaign's id."""

REMINDER = "campaign.reminder"
"""Kind of the delivery that reminds of a campaign; its subject is the campaign's id."""

HELP_CONTACT = "help_contact"
"""Name of the option that says whom to turn to; an anonymous survey cannot open without it."""

CLUSTERS = "clusters"
"""Name of the option that keeps, from the opening on, code of a cluster → ids of its organisations."""

EVENT = "event"
"""Name of the option that holds the id of the event whose participants are asked."""

REMINDERS = "reminders"
"""Name of the option that holds when to remind, as ReminderPlan writes it."""


class CampaignState(StrEnum):
    DRAFT = "draft"
    """Being prepared; nobody has been told."""
    SCHEDULED = "scheduled"
    """Opens by itself at `opens_at`."""
    OPEN = "open"
    """Can be answered."""
    CLOSED = "closed"
    """Over; a protected survey has its frozen release."""


class ParticipationState(StrEnum):
    INVITED = "invited"
    """Asked, has not begun."""
    BEGUN = "begun"
    """Has answered something, or paused."""
    SUBMITTED = "submitted"


class ResponseState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"


class ReminderState(StrEnum):
    """What became of a planned reminder; all but the first are final."""

    PLANNED = "planned"
    SENT = "sent"
    """Messages to everybody who had not submitted were queued."""
    NOBODY = "nobody"
    """When its time came, nobody was left who could be reminded."""
    SKIPPED = "skipped"
    """The campaign was closed before its time came."""
    LATE = "late"
    """The program did not run when its time came, and a day later it was of no use any more."""


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What a methodist enters. `options` are the survey's switches (name → on) and HELP_CONTACT (text).

    Of the audience only what fits the survey's respondent is kept (core.campaigns.rules.fitting).
    """

    municipality_id: int
    survey_code: str
    title: str
    audience: Audience
    opens_at: datetime
    closes_at: datetime
    options: Mapping[str, Any] = field(default_factory=dict)
    event_id: int | None = None
    """Whose participants are asked, when the survey is answered by participants."""
    survey_version_id: int | None = None
    """None: the newest one that the municipality may use."""
    reminders: ReminderPlan = field(default_factory=ReminderPlan)


@dataclass(frozen=True, slots=True)
class Recipients:
    """On which conditions people are asked; who they are is worked out by core.campaigns.recipients."""

    respondent: Respondent
    municipality_id: int
    audience: Audience
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """How many would be asked now."""

    people: int
    subjects: int
    """Organisations, or pairs, that would be answered about; organisations without a coordinator included."""
    uncovered: tuple[str, ...] = ()
    """Short names of organisations that nobody could answer for."""


@dataclass(frozen=True, slots=True)
class PreviousWave:
    """The campaign of the same survey that opened before. `share`: submitted of invited, 0–100."""

    id: int
    title: str
    share: float | None


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A line of the list.

    `invited` and `submitted` count people, or organisations where these are answered for, as far as the actor
    may see them: a coordinator, own organisations'.
    """

    id: int
    municipality_id: int
    survey_code: str
    survey_title: str
    title: str
    privacy: SurveyPrivacy
    respondent: Respondent
    state: CampaignState
    opens_at: datetime
    closes_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    invited: int
    submitted: int
    wave: int = 1
    """Which campaign of this survey in the municipality it is, or would be if it opened now."""
    previous: PreviousWave | None = None

    @property
    def share(self) -> float | None:
        """Submitted of invited, 0–100; None when nobody was invited."""
        return None if self.invited == 0 else self.submitted / self.invited * 100


@dataclass(frozen=True, slots=True)
class CampaignDetail:
    """`clusters` is empty before the opening: code → ids of organisations."""

    row: CampaignRow
    survey_version_id: int
    survey_version: str
    purpose: str
    minutes: int
    """Expected minutes for one person."""
    k: int
    recipients: Recipients
    event_title: str
    """Of the event whose participants are asked; empty for other surveys."""
    options: Mapping[str, Any]
    """The survey's switches."""
    help_contact: str
    reminders: ReminderPlan
    clusters: Mapping[str, tuple[int, ...]]
    has_release: bool
    may_change: bool
    """The actor may open, extend and close it."""

    @property
    def audience(self) -> Audience:
        return self.recipients.audience


@dataclass(frozen=True, slots=True)
class ReminderRow:
    due_at: datetime
    state: ReminderState
    people: int
    """How many were written to."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How far a group of people is. They add up: invited = submitted + begun + those who have not begun.

    Where organisations are answered for, they are counted instead of people. Who answers about several pairs
    counts once and has submitted when all is submitted.
    """

    invited: int = 0
    joined: int = 0
    """Of the invited, those who can be asked: account with a consent and a chat."""
    begun: int = 0
    """Begun and not yet submitted."""
    submitted: int = 0
    unreachable: int = 0
    """Joined, but every chat of theirs is closed to the bot."""

    @property
    def not_joined(self) -> int:
        return self.invited - self.joined

    @property
    def not_begun(self) -> int:
        return self.invited - self.begun - self.submitted

    @property
    def share(self) -> float | None:
        """Submitted of invited, 0–100; None when nobody was invited."""
        return None if self.invited == 0 else self.submitted / self.invited * 100

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(
            self.invited + other.invited,
            self.joined + other.joined,
            self.begun + other.begun,
            self.submitted + other.submitted,
            self.unreachable + other.unreachable,
        )


@dataclass(frozen=True, slots=True)
class OrganisationRate:
    """In the registry's order, never ranked (Свободный, 5.5)."""

    organisation_id: int
    name: str
    kind: OrganisationKind
    rate: Rate


class Reach(StrEnum):
    """Whether the bot can write to a person."""

    REACHABLE = "reachable"
    NOT_JOINED = "not_joined"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who has not taken part yet; the name is for staff pages only."""

    teacher_id: int
    surname: str
    given_name: str
    patronymic: str | None
    organisation_id: int
    organisation: str
    state: ParticipationState
    reach: Reach


@dataclass(frozen=True, slots=True)
class Burden:
    """Minutes of questions that those who would be asked have already had this calendar year."""

    average: float
    most: int
    people: int
    average_with: float
    """The same when the campaign that is being made is added."""
    most_with: int


@dataclass(frozen=True, slots=True)
class SurveyChoice:
    """A survey that a campaign can be made for, in one version."""

    code: str
    version_id: int
    title: str
    privacy: SurveyPrivacy
    respondent: Respondent
    minutes: int
    options: tuple[tuple[str, str, bool], ...]
    """(name, label, on by default)."""
    needs_help_contact: bool
    own: bool = False
    """A version that the municipality has made for itself."""
