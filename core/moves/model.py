"""What somebody is told before they move a person, and what they enter."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch of work in one organisation; `since` is None for the first one known."""

    place: Place
    since: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Where somebody is, where they could go, and what changes with them."""

    teacher_id: int
    name: str
    present: Stay
    targets: tuple[Place, ...]
    coordinates: bool
    """They are the coordinator of the organisation that they would leave."""
    only_coordinator: bool
    """And nobody else is."""
    today: date


@dataclass(frozen=True, slots=True)
class Move:
    teacher_id: int
    from_id: int
    """As the form showed it: a move that somebody else made meanwhile is not undone by it."""
    to_id: int
    moved_on: date
