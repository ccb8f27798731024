"""What looks alike, what is chosen when two records become one, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Cell = str | int | bool | date | Decimal | None
"""A value of the registry as it is stored."""


class Likeness(StrEnum):
    """Why two records are taken for doubles, the surest first."""

    SAME_NAME = "same_name"
    ONE_LETTER = "one_letter"
    """Surname, given name or patronymic differs by one letter, and the year of birth is the same."""
    SAME_INITIAL = "same_initial"
    """Same surname, first letter of the given name and year of birth."""


@dataclass(frozen=True, slots=True)
class Named:
    """A record as it is compared: names in small letters, ё as е (storage.searching.searchable)."""

    id: int
    surname: str
    given_name: str
    patronymic: str
    birth_year: int | None


@dataclass(frozen=True, slots=True)
class Alike:
    """`first` has the smaller id."""

    first: int
    second: int
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Shown:
    """A record in the list of doubles."""

    id: int
    name: str
    birth_year: int | None
    position: str
    organisation: str
    archived: bool


@dataclass(frozen=True, slots=True)
class Double:
    first: Shown
    second: Shown
    likeness: Likeness


CHOICES: Mapping[str, tuple[str, ...]] = {
    "surname": ("surname",),
    "given_name": ("given_name",),
    "patronymic": ("patronymic",),
    "birth_year": ("birth_year",),
    "organisation": ("organisation_id",),
    "position": ("position_id",),
    "is_management": ("is_management",),
    "workload": ("workload",),
    "education": ("education",),
    "first_work_year": ("first_work_year",),
    "total_first_year": ("total_first_year",),
    "category": ("category", "category_date"),
    "attestation_planned_on": ("attestation_planned_on",),
    "paper_consent_on": ("paper_consent_on",),
}
"""What is chosen as one → columns of Teacher."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing in which both records differ; `other` when it is better taken from the one that goes."""

    name: str
    kept: tuple[Cell, ...]
    given: tuple[Cell, ...]
    other: bool


@dataclass(frozen=True, slots=True)
class Moving:
    """Rows of a table that belong to the one that goes."""

    table: str
    whole: int
    dropped: int
    """How many of them the one that stays has already."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The one that stays beside the one that goes."""

    keeper: Shown
    other: Shown
    choices: tuple[Choice, ...]
    moving: tuple[Moving, ...]
    chats: tuple[bool, bool]
    """Whether each of them is joined to the bot."""
    needs_administrator: bool
    """One of them works in the admin, and the actor must not hand such rights over."""
    seen: str
    """Fingerprint of both; whatever is merged must still be what was looked at."""


@dataclass(frozen=True, slots=True)
class Merge:
    keeper_id: int
    other_id: int
    from_other: frozenset[str]
    """Names out of CHOICES whose value is taken from the one that goes."""
    seen: str
