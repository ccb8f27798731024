"""Campaigns as others see them: states, what is asked for, what is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.audiences.model import Audience
from core.people.model import OrganisationKind
from core.surveys.model import SurveyPrivacy

INVITATION = "campaign.invitation"
"""Kind of the delivery that invites to a campaign; its subject is the campaign's id."""

HELP_CONTACT = "help_contact"
"""Name of the option that says whom to turn to; an anonymous survey cannot open without it."""

CLUSTERS = "clusters"
"""Name of the option that keeps, from the opening on, code of a cluster → ids of its organisations."""


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


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What a methodist enters. `options` are the survey's switches (name → on) and HELP_CONTACT (text)."""

    municipality_id: int
    survey_code: str
    title: str
    audience: Audience
    opens_at: datetime
    closes_at: datetime
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A line of the list. `invited` and `submitted` are those the actor may see: a coordinator, own organisation's."""

    id: int
    municipality_id: int
    survey_code: str
    survey_title: str
    title: str
    privacy: SurveyPrivacy
    state: CampaignState
    opens_at: datetime
    closes_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    invited: int
    submitted: int


@dataclass(frozen=True, slots=True)
class CampaignDetail:
    """`clusters` is empty before the opening: code → ids of organisations."""

    row: CampaignRow
    survey_version: str
    purpose: str
    minutes: int
    """Expected minutes for one person."""
    k: int
    audience: Audience
    options: Mapping[str, Any]
    help_contact: str
    clusters: Mapping[str, tuple[int, ...]]
    has_release: bool
    may_change: bool
    """The actor may open, extend and close it."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How far a group of people is. They add up: invited = submitted + begun + those who have not begun."""

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
    """Minutes of questions that teachers of an audience have already been asked for this calendar year."""

    average: float
    most: int
    people: int


@dataclass(frozen=True, slots=True)
class SurveyChoice:
    """A survey that a campaign can be made for: its newest version."""

    code: str
    title: str
    privacy: SurveyPrivacy
    minutes: int
    options: tuple[tuple[str, str, bool], ...]
    """(name, label, on by default)."""
    needs_help_contact: bool
