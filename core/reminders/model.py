"""Reminders as others see them: kinds, states, rules (SPEC §10)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from core.audiences.model import Audience

REMINDER = "reminder"
"""Kind of the delivery that carries a reminder; its subject is the row of storage.models.Reminder."""


class ReminderKind(StrEnum):
    SURVEY = "survey"
    """A survey is not answered; its subject is the campaign. When: each campaign's own plan."""
    SELF_REVIEW = "self_review"
    """The same for the self-review of an organisation, to its coordinators."""
    ATTESTATION = "attestation"
    """The term of a qualification category or of «соответствие» runs out; its subject is the teacher."""
    INDICATORS = "indicators"
    """The day by which values of indicators must be there; its subject is that day, as a proleptic ordinal."""
    PLAN = "plan"
    """Measures of the plan that fall on a day; its subject is that day, as a proleptic ordinal."""
    EVENT = "event"
    """Of the participants of an event; its subject is the event."""
    MEETING = "meeting"
    """Of a mentoring pair."""
    ROUTE_STEP = "route_step"


class Whom(StrEnum):
    PERSON = "person"
    """Whom the thing concerns: who has not answered, whose term it is, who takes part."""
    COORDINATOR = "coordinator"
    """Of the organisation that it concerns, or where the person works."""
    METHODIST = "methodist"
    """Every methodist of the municipality."""


class ReminderState(StrEnum):
    """All but the first two are final."""

    PLANNED = "planned"
    QUEUED = "queued"
    """Handed over to the sender."""
    DELIVERED = "delivered"
    REFUSED = "refused"
    """The messenger did not take it, or never answered; `reason` is the delivery's state and reason."""
    SUPERSEDED = "superseded"
    """Not needed any more; `reason` is one of Superseded."""
    LATE = "late"
    """The program did not run in time, and afterwards it was of no use."""


class Superseded(StrEnum):
    DONE = "done"
    """What it reminds of was done."""
    MOVED = "moved"
    """The thing itself moved or is gone; another reminder stands for it."""
    NEWER = "newer"
    """After downtime a later one about the same thing was due as well: one is enough."""
    RULE = "rule"
    """The rule was switched off or changed."""
    LEFT = "left"
    """The person left, withdrew or may not be written to."""


@dataclass(frozen=True, slots=True)
class RuleView:
    id: int
    municipality_id: int
    kind: ReminderKind
    whom: Whom
    enabled: bool
    before_days: tuple[int, ...]
    before_hours: tuple[int, ...]
    at: time
    repeat_days: int | None
    words: str
    revision: int
    audience: Audience = field(default_factory=Audience)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reminder belongs to; `timezone` is an IANA name."""

    id: int
    timezone: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reminder says: of its thing as it stands now, never with a name out of the registry."""

    kind: ReminderKind
    whom: Whom
    anchor: date | datetime
    """The day of the thing, or its moment."""
    count: int = 1
    """How many people, measures or values it is about."""
    items: tuple[str, ...] = ()
    """Titles or codes of what it is about."""


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A line of the page of planned reminders; the name is for staff pages only."""

    id: int
    kind: ReminderKind
    about: str
    """The title of the campaign, the event; empty for what has none."""
    day: date | None
    """The day of what has no title, or the first day of the month; None for what has one."""
    name: str
    organisation: str
    due_at: datetime
    state: ReminderState
    reason: str | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReminderSearch:
    """Empty parts narrow nothing. `before`: moment and id of the last row of the page before."""

    state: ReminderState | None = None
    kind: ReminderKind | None = None
    organisation_id: int | None = None
    before: tuple[datetime, int] | None = None


@dataclass(frozen=True, slots=True)
class ReminderPage:
    """The latest first. `next` is the `before` of the next page; None on the last one."""

    rows: Sequence[ReminderRow]
    next: tuple[datetime, int] | None


@dataclass(frozen=True, slots=True)
class Coming:
    """A moment at which people will be reminded; of a survey with its campaign, and without their number."""

    at: datetime
    people: int | None
    campaign_id: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a reminder is made of when it is sent; `words` are the municipality's own, or empty."""

    facts: Facts
    words: str
    timezone: str
