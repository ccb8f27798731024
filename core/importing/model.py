"""Words that every part of the import uses: what was read, what is wrong, what will happen."""

from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.people.model import Category, Education, TrainingKind


class ImportKind(StrEnum):
    STAFF = "staff"
    """Teachers of the registry with their education, category, courses and awards."""
    DIAGNOSES = "diagnoses"
    """Results of outside diagnostics of deficits."""


class ImportState(StrEnum):
    READING = "reading"
    """The file is being read and compared with the registry. Whoever finds it so after a restart reads it again."""
    READY = "ready"
    """What would happen can be looked at."""
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"
    """The file cannot be read (`ImportRun.failure`); nothing was changed."""
    UNDONE = "undone"


class Verdict(StrEnum):
    """What will happen to a row of the file."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left"
    """All of it is already in the registry."""
    PROBLEM = "problem"
    """It cannot go in; while there is one, none goes in."""


class Reason(StrEnum):
    """Why an undone import has left something of a person in the registry."""

    JOINED = "joined"
    """The person has come into the bot or the admin."""
    ASKED = "asked"
    """A survey was put to them, perhaps they have answered."""
    LINKED = "linked"
    """Something else refers to them: a pair, an event, an association."""
    EDITED = "edited"
    """Somebody has changed what the import had written."""


class Column(StrEnum):
    """What a column can mean."""

    NUMBER = "number"
    """The row's own number (№ п/п); not kept."""
    ORGANISATION = "organisation"
    FULL_NAME = "full_name"
    SURNAME = "surname"
    GIVEN_NAME = "given_name"
    PATRONYMIC = "patronymic"
    BIRTH_DATE = "birth_date"
    POSITION = "position"
    SUBJECTS = "subjects"
    WORKLOAD = "workload"
    EDUCATION = "education"
    TOTAL_EXPERIENCE = "total_experience"
    EXPERIENCE = "experience"
    """Pedagogical experience, in years."""
    CATEGORY = "category"
    CATEGORY_DATE = "category_date"
    TRAINING = "training"
    """Повышение квалификации; several courses in one cell."""
    RETRAINING = "retraining"
    AWARDS = "awards"
    AREA = "area"
    """Of a diagnosis: one area's index or level. `ColumnUse.detail` is the code of the area."""
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, in Russian. `column` is a letter as Excel shows it, '' for the whole row."""

    sheet: str
    row: int
    column: str
    message: str
    fatal: bool = True
    """False: a remark; the row can go in without the cell."""


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """How one column of a sheet is understood."""

    column: int
    """From 1."""
    heading: str
    """As the file has it; of merged headings «Стаж / общий»."""
    use: Column
    detail: str = ""
    certain: bool = True
    """False: guessed, worth a look."""


@dataclass(frozen=True, slots=True)
class SheetUse:
    """How one sheet is understood. `first_row` is the first row of data, from 1; 0 when no heading was found."""

    title: str
    first_row: int
    columns: tuple[ColumnUse, ...]
    organisation: str = ""
    """Name of the organisation that the whole sheet is about, when it says one outside the columns."""
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """What was put right by hand; empty for a file that is understood by itself. Names are `searchable` ones."""

    headings: MappingType[str, str] = field(default_factory=dict)
    """Heading → Column, or "area:<code>"."""
    organisations: MappingType[str, int] = field(default_factory=dict)
    """Name → id in the registry."""
    positions: MappingType[str, int] = field(default_factory=dict)
    subjects: MappingType[str, int] = field(default_factory=dict)
    people: MappingType[str, int] = field(default_factory=dict)
    """"<sheet>!<row>" → id of the teacher, for namesakes; 0 for a new person. Holds for one file only."""
    skipped_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How the last file looked: headings with their meaning in order, and whether each school had its own sheet."""

    columns: tuple[tuple[str, str], ...] = ()
    by_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """One course out of a cell."""

    programme: str
    provider: str
    kind: TrainingKind
    hours: int | None
    finished_on: date
    federal_register: bool = False


@dataclass(frozen=True, slots=True)
class AwardRead:
    title: str
    level: str
    given_on: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """One person's row, as it was read. None or empty: the file says nothing, and the registry is left alone."""

    sheet: str
    row: int
    organisation: str
    surname: str
    given_name: str
    patronymic: str | None
    birth_year: int | None = None
    position: str = ""
    subjects: tuple[str, ...] = ()
    workload: Decimal | None = None
    education: Education | None = None
    total_first_year: int | None = None
    first_work_year: int | None = None
    category: Category | None = None
    category_date: date | None = None
    courses: tuple[Course, ...] = ()
    awards: tuple[AwardRead, ...] = ()
    areas: MappingType[str, float] = field(default_factory=dict)
    """Of a diagnosis: area → index 0–100."""
    problems: tuple[Problem, ...] = ()
