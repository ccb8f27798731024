"""The card of one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.events.model import EventKind
from core.invites.model import Standing
from core.moves.model import Stay
from core.people.model import Category, Education, Level, MentorState, TrainingKind


@dataclass(frozen=True, slots=True)
class Work:
    """`years` and `total_years` as of today, None where the first year is not known."""

    stays: tuple[Stay, ...]
    """The present organisation first."""
    position: str
    is_management: bool
    subjects: tuple[str, ...]
    workload: Decimal | None
    first_work_year: int | None
    years: int | None
    total_first_year: int | None
    total_years: int | None
    birth_year: int | None
    young: bool
    """By the rule of the municipality (SPEC §2)."""
    education: Education | None


@dataclass(frozen=True, slots=True)
class Attestation:
    category: Category
    given_on: date | None
    ends_on: date | None
    """None: it has no end, or its day is not known."""
    over: bool
    planned_on: date | None


@dataclass(frozen=True, slots=True)
class Circle:
    id: int
    name: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Pair:
    partner_id: int
    partner: str
    mentors: bool
    """The person of the card is the mentor in it."""
    started_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Course:
    id: int
    programme: str
    provider: str
    kind: TrainingKind
    hours: int | None
    finished_on: date


@dataclass(frozen=True, slots=True)
class Deed:
    """An award, or an expert work."""

    id: int
    title: str
    level: Level
    day: date | None


@dataclass(frozen=True, slots=True)
class BankYear:
    id: int
    year: int
    state: MentorState


@dataclass(frozen=True, slots=True)
class Finding:
    """An outside diagnosis; `areas` as in storage.models.Diagnosis."""

    source: str
    """As the municipality calls it."""
    taken_on: date
    areas: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Visit:
    title: str
    kind: EventKind
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """How the person takes part; nothing of what they answer."""

    standing: Standing
    until: datetime | None
    """When the working invite ends."""
    consented_at: datetime | None
    paper_on: date | None
    coordinates: tuple[str, ...]
    """Short names of the organisations."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is empty is not known. `findings` and `access` are None for those who do not manage the municipality."""

    id: int
    municipality_id: int
    name: str
    archived_at: datetime | None
    work: Work
    attestation: Attestation
    circles: tuple[Circle, ...]
    pairs: tuple[Pair, ...]
    courses: tuple[Course, ...]
    awards: tuple[Deed, ...]
    expert_work: tuple[Deed, ...]
    bank: tuple[BankYear, ...]
    visits: tuple[Visit, ...]
    findings: tuple[Finding, ...] | None
    access: Access | None
    editable: bool
    today: date
