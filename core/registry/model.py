"""What a kind of record is made of, and what pages and actions hand to each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from core.errors import AppError
from core.people.rules import YoungTeacherRule


class Area(StrEnum):
    """Competence areas (SPEC §4); the codes of the scales of the `deficits` survey."""

    SUBJECT = "subject_area"
    METHODICAL = "methodical_area"
    PSYCHOLOGY = "psychology_area"
    ICT = "ict_area"
    MANAGEMENT = "management_area"


class Type(StrEnum):
    """What a field holds, and so how it is typed in, checked and shown."""

    TEXT = "text"
    LINES = "lines"
    """A text that may need several lines on the form."""
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    CODES = "codes"
    """Several of the choices."""
    RECORD = "record"
    """The id of a record of another kind."""
    RECORDS = "records"
    """Ids of several of them."""


Choices = type[StrEnum]


class Owner(StrEnum):
    """Whose record it is, and so who may see and change it."""

    EVERYBODY = "everybody"
    """Shared by all municipalities."""
    MUNICIPALITY = "municipality"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    type: Type
    required: bool = False
    longest: int = 0
    """Characters, of a text."""
    low: int = 0
    high: int = 0
    """Of numbers; of a date: years."""
    choices: Choices | None = None
    target: str = ""
    """Code of the kind that it refers to."""
    settled: bool = False
    """Given when the record is added; its form shows it no more."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`noun` stands in the audit: "teacher:12", "teacher.added"."""

    code: str
    noun: str
    model: type[Any]
    owner: Owner
    fields: tuple[Field, ...]
    coded: bool = False
    """Its rows have a code of their own, which is made when one is added."""
    view: bool = False
    """A look at some fields of rows that another kind adds and puts away."""

    def field(self, name: str) -> Field:
        return next(one for one in self.fields if one.name == name)


@dataclass(frozen=True, slots=True)
class Now:
    """What a look at the registry depends on beside its rows."""

    today: date
    """In the municipality."""
    young: YoungTeacherRule


class Shelf(StrEnum):
    """Which records a list shows."""

    PRESENT = "present"
    ARCHIVED = "archived"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. Filters and columns that the kind does not have are left aside."""

    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    shelf: Shelf = Shelf.PRESENT
    sort: str = ""
    """Name of a column; empty is the usual order."""
    down: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    archived: bool
    cells: Mapping[str, Any]
    """By name of column."""


@dataclass(frozen=True, slots=True)
class Listing:
    rows: Sequence[Row]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Named:
    """Something that can be chosen."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Record:
    """`values` by name of field. `mark` changes with any of them: a form that shows an older one is not applied."""

    id: int
    kind: Kind
    values: Mapping[str, Any]
    archived: bool
    municipality_id: int | None
    teacher_id: int | None
    mark: str
    editable: bool
    """By the one who looks."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field; `key` names the sentence."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


class Wrong(AppError):
    """What was typed cannot be taken; `problems` by name of field."""

    def __init__(self, problems: Mapping[str, Problem]) -> None:
        super().__init__("registry.wrong")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of a record. Values are as JSON has them, but ids of other records are their names."""

    at: datetime
    who: str | None
    """None: the program itself, or whoever runs it."""
    action: str
    changes: Sequence[tuple[str, Any, Any]]
    """Name of a field, before, after."""


@dataclass(frozen=True, slots=True)
class History:
    entries: Sequence[Entry]
    """The latest first."""
    total: int
    page: int
    pages: int
