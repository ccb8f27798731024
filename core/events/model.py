"""Events as others see them (SPEC §6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    COURSE = "course"
    """Advanced training or retraining."""
    CONTEST = "contest"
    MEETING = "meeting"
    """Of an association."""
    SEMINAR = "seminar"
    WEBINAR = "webinar"
    CONFERENCE = "conference"
    CONSULTATION = "consultation"
    GATHERING = "gathering"
    """Of young teachers."""
    EXPERT_WORK = "expert_work"


@dataclass(frozen=True, slots=True)
class EventRow:
    """A line of a list; `participants` are those still in the registry."""

    id: int
    kind: EventKind
    title: str
    starts_at: datetime
    ends_at: datetime | None
    participants: int
