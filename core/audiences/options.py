"""What an audience can be put together of, choice by choice; forms and buttons are made of this."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Answered, Audience
from core.audiences.titles import Shelf, titles
from core.audiences.words import labels, title
from core.people.model import Actor, Category, OrganisationKind, PositionGroup
from core.registry.model import Area
from storage.searching import searchable

LARGEST_ID = 2**31 - 1


class Part(StrEnum):
    """A group of choices; several choices of one group widen the audience, groups narrow each other."""

    KINDS = "kinds"
    ORGANISATIONS = "organisations"
    MANAGEMENT = "management"
    YOUNG_ONLY = "young_only"
    POSITION_GROUPS = "position_groups"
    POSITIONS = "positions"
    SUBJECTS = "subjects"
    CATEGORIES = "categories"
    ASSOCIATIONS = "associations"
    PAIRS = "pairs"
    DEFICIT_AREAS = "deficit_areas"
    CAMPAIGN = "campaign"
    ANSWERED = "answered"
    """Of the campaign; there is nothing to choose while none is chosen."""
    EVENT = "event"

    @property
    def heading(self) -> str:
        return title(self)

    @property
    def fields(self) -> frozenset[str]:
        """Of core.audiences.model.Audience."""
        return frozenset(_SIDES) if self is Part.PAIRS else frozenset({self.value})

    @property
    def single(self) -> bool:
        """One choice takes the place of the one before."""
        return self in _SINGLE


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


def _number(value: str) -> int:
    """Raises ValueError for what is no number of a row."""
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(LARGEST_ID))):
        raise ValueError("no number")
    number = int(value)
    if not 1 <= number <= LARGEST_ID:
        raise ValueError("no number")
    return number


_SEVERAL: Mapping[Part, Callable[[str], Any]] = MappingProxyType(
    {
        Part.KINDS: OrganisationKind,
        Part.ORGANISATIONS: _number,
        Part.POSITION_GROUPS: PositionGroup,
        Part.POSITIONS: _number,
        Part.SUBJECTS: _number,
        Part.CATEGORIES: Category,
        Part.ASSOCIATIONS: _number,
        Part.DEFICIT_AREAS: Area,
    }
)
"""Parts that are a set of the audience's, under the same name."""

_SINGLE = frozenset({Part.MANAGEMENT, Part.YOUNG_ONLY, Part.CAMPAIGN, Part.ANSWERED, Part.EVENT})
_MANAGEMENT: Mapping[str, bool] = MappingProxyType({"teachers": False, "managers": True})
_SIDES = ("mentors", "mentees")
_YES = "yes"


async def options(
    session: AsyncSession, actor: Actor | None, municipality_id: int, part: Part, words: str = ""
) -> list[Option]:
    """In the order in which they are offered; of `words` every word occurs in the label."""
    if (records := Shelf.of(part)) is None:
        found = [Option(code, label) for code, label in labels(part).items()]
        sought = searchable(words).split()
        return [one for one in found if all(word in searchable(one.label) for word in sought)]
    named = await titles(session, actor, municipality_id, records, words=words)
    return [Option(str(identity), title) for identity, title in named.items()]


def with_choice(audience: Audience, part: Part, value: str, on: bool) -> Audience:
    """The audience with one choice more or less. Raises ValueError for what cannot be a choice of this part.

    Whether an id is one of the municipality's is not looked at (core.audiences.checking).
    """
    changes: dict[str, Any] = {}
    if part in _SEVERAL:
        read = _SEVERAL[part](value)
        before: frozenset[Any] = getattr(audience, part)
        changes[part.value] = before | {read} if on else before - {read}
        return replace(audience, **changes)
    match part:
        case Part.CAMPAIGN:
            return _with_campaign(audience, _number(value), on)
        case Part.ANSWERED if audience.campaign is None:
            raise ValueError("answered what?")
        case Part.PAIRS:
            changes[_one_of(value, _SIDES)] = on
        case _:
            changes[part.value] = _SWITCHED[part](value) if on else _OFF.get(part)
    return replace(audience, **changes)


def _with_campaign(audience: Audience, campaign: int, on: bool) -> Audience:
    kept = audience.answered if on and audience.campaign is not None else None
    return replace(audience, campaign=campaign if on else None, answered=kept)


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError("no such choice")
    return value


_SWITCHED: Mapping[Part, Callable[[str], Any]] = MappingProxyType(
    {
        Part.MANAGEMENT: lambda value: _MANAGEMENT[_one_of(value, tuple(_MANAGEMENT))],
        Part.YOUNG_ONLY: lambda value: _one_of(value, (_YES,)) == _YES,
        Part.ANSWERED: Answered,
        Part.EVENT: _number,
    }
)
_OFF: Mapping[Part, Any] = MappingProxyType({Part.YOUNG_ONLY: False})


def chosen(audience: Audience, part: Part) -> frozenset[str]:
    """Values of the choices that are on."""
    if part in _SEVERAL:
        return frozenset(str(one) for one in getattr(audience, part))
    match part:
        case Part.MANAGEMENT:
            return frozenset(code for code, value in _MANAGEMENT.items() if value is audience.management)
        case Part.YOUNG_ONLY:
            return frozenset({_YES}) if audience.young_only else frozenset()
        case Part.PAIRS:
            return frozenset(side for side in _SIDES if getattr(audience, side))
        case _:
            value = getattr(audience, part)
            return frozenset() if value is None else frozenset({str(value)})
