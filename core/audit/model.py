"""What the pages of the audit ask for and show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.registry.model import Entry

PAGE = 50
"""Entries shown at once."""


@dataclass(frozen=True, slots=True)
class Search:
    """Empty parts narrow nothing."""

    text: str = ""
    """Words of a name: of who acted, or of the person it is about."""
    group: str = ""
    """Code of a group of `core.audit.words`."""
    subject: str = ""
    """As the audit calls it: "teacher:12"."""
    since: date | None = None
    until: date | None = None
    """Days by the municipality's clocks, both included."""
    before: int | None = None
    """Only entries with smaller ids: the next page. Its cost does not grow with the pages already turned."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about. `kind` and `id` are parts of its code."""

    kind: str
    id: str
    name: str | None
    """None when the record is gone, or has no name."""


@dataclass(frozen=True, slots=True)
class Line:
    entry: Entry
    subject: Subject | None
    place: str | None
    """The municipality's name."""


@dataclass(frozen=True, slots=True)
class Page:
    lines: Sequence[Line]
    """The latest first."""
    next: int | None
    """`Search.before` of the next page; None on the last one."""
    too_many: bool = False
    """The words fit so many people that only some were looked for."""
