"""Values about invites that pages and documents name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Standing(StrEnum):
    """How far somebody has come on the way into the bot."""

    JOINED = "joined"
    STOPPED = "stopped"
    """Joined, and nothing can be delivered any more: the person stopped the bot or left the messenger."""
    INVITED = "invited"
    """Has not joined and holds an invite that still works."""
    NONE = "none"
    """Has not joined and holds no invite that works."""
    OFF = "off"
    """The account was switched off; no invite is made for it."""


NOT_JOINED = frozenset({Standing.INVITED, Standing.NONE})


class Whom(StrEnum):
    """Whose slips a sheet has."""

    MISSING = "missing"
    """Those without a working invite; nobody's slip in hand becomes invalid."""
    NOT_JOINED = "not_joined"
    CHOSEN = "chosen"
    """The chosen people, also who has joined: a new phone, or a chat in wrong hands."""


@dataclass(frozen=True, slots=True)
class Counts:
    """People of one organisation by standing; archived people are left out."""

    organisation_id: int
    name: str
    standing: Mapping[Standing, int]
    consented: int
    paper: int
    """From how many the signed paper form was received."""

    @property
    def people(self) -> int:
        return sum(self.standing.values())

    @property
    def joined(self) -> int:
        return self.standing[Standing.JOINED] + self.standing[Standing.STOPPED]


@dataclass(frozen=True, slots=True)
class Person:
    """`may_invite`: the one who looks may make an invite for this person (see rules.may_invite)."""

    teacher_id: int
    account_id: int | None
    name: str
    position: str
    standing: Standing
    until: datetime | None
    """Until when the working invite can be used."""
    consented_at: datetime | None
    paper_on: date | None
    may_invite: bool


@dataclass(frozen=True, slots=True)
class PeopleSearch:
    text: str = ""
    standing: frozenset[Standing] = frozenset()
    """Empty: everybody."""
    number: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class FoundPeople:
    total: int
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """`days` from today until the codes end; `teachers` only for Whom.CHOSEN.

    `seen` is the number of the organisation's newest invite when the page was shown (SheetPlan.seen): a sheet that
    somebody has made since then is not made invalid by mistake.
    """

    organisation_id: int
    whom: Whom
    days: int
    seen: int
    teachers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What making the sheet would do; nothing is done yet."""

    people: int
    ending: int
    """Working invites of these people, which stop working."""
    joined: int
    """Of these people; their chat is unlinked when the new code is used."""
    withheld: int
    """People who would belong to it but have rights that reach further than those of the one who asks."""
    seen: int


@dataclass(frozen=True, slots=True)
class Slip:
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The only place where the codes can be read; they are not stored."""

    organisation: str
    until: date
    """The last day on which the codes work."""
    slips: tuple[Slip, ...]
    consent_version: str | None
    consent_text: str | None
    """The newest wording; None when none is published."""
