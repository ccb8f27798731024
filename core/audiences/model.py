"""Whom something is for: conditions that all must hold; one left empty lets everybody through (SPEC §5).

The same object serves campaigns, announcements, events and reminders.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.people.model import Category, OrganisationKind, PositionGroup


class Answered(StrEnum):
    """Of the campaign in `campaign`."""

    YES = "yes"
    NO = "no"
    """Asked and not submitted."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Equal audiences compare equal and give the same JSON, whatever order they were built in."""

    kinds: frozenset[OrganisationKind] = frozenset()
    organisations: frozenset[int] = frozenset()
    associations: frozenset[int] = frozenset()
    """Members of any of them, and their leaders."""
    subjects: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()
    position_groups: frozenset[PositionGroup] = frozenset()
    categories: frozenset[Category] = frozenset()
    """Qualification categories."""
    deficit_areas: frozenset[str] = frozenset()
    """Codes of competence areas in which the latest submitted named deficits survey shows a medium or high deficit."""
    management: bool | None = None
    """True: only managers; False: everybody but managers; None: both."""
    young_only: bool = False
    """Only young teachers, by the municipality's own rule (SPEC §2)."""
    mentors: bool = False
    """Only mentors of a pair that works together now; with `mentees` also these."""
    mentees: bool = False
    campaign: int | None = None
    answered: Answered | None = None
    """With `campaign` only."""
    event: int | None = None
    """Only who is registered for it."""

    @property
    def is_everybody(self) -> bool:
        return self == Audience()

    def to_json(self) -> dict[str, Any]:
        """Only conditions that are set, in a fixed order."""
        content: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value != one.default:
                content[one.name] = sorted(value) if isinstance(value, frozenset) else value
        return content

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Audience":
        """Raises ValueError for anything that `to_json` does not write."""
        unknown = set(content) - {one.name for one in fields(cls)}
        if unknown:
            raise ValueError("not an audience")
        return cls(**{name: _READ[name](value) for name, value in content.items()})


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("not an audience")
    return value


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("not an audience")
    return value


def _several(read: Any) -> Any:
    def reading(values: Any) -> frozenset[Any]:
        if not isinstance(values, list):
            raise ValueError("not an audience")
        return frozenset(read(one) for one in values)

    return reading


def _code(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not an audience")
    return value


_READ: Mapping[str, Any] = {
    "kinds": _several(OrganisationKind),
    "organisations": _several(_whole),
    "associations": _several(_whole),
    "subjects": _several(_whole),
    "positions": _several(_whole),
    "position_groups": _several(PositionGroup),
    "categories": _several(Category),
    "deficit_areas": _several(_code),
    "management": _switch,
    "young_only": _switch,
    "mentors": _switch,
    "mentees": _switch,
    "campaign": _whole,
    "answered": Answered,
    "event": _whole,
}


@dataclass(frozen=True, slots=True)
class SavedAudienceRow:
    id: int
    municipality_id: int
    title: str
    audience: Audience
    shared: bool
    own: bool
    """Made by whoever looks."""
    may_change: bool
    """Whoever looks is its maker or an administrator of the municipality."""
    author: str
    created_at: datetime
