"""What stands in a made-up workbook: people, and the cells they are written into."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from core.people.model import Level
from playground.people.model import MadeUpTeacher

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Award:
    title: str
    level: Level
    year: int


@dataclass(frozen=True, slots=True)
class Member:
    """A made-up teacher with what only a spreadsheet says; titles are those of the reference."""

    teacher: MadeUpTeacher
    organisation: str
    """Full name of the organisation."""
    short_name: str
    position: str
    subjects: tuple[str, ...]
    birth_date: date
    total_first_year: int
    awards: tuple[Award, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Cells merged into one; rows and columns count from 1, the last ones belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Grid:
    """A sheet while it is being filled."""

    title: str
    rows: list[list[Cell]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def add(self, cells: Sequence[Cell] = ()) -> int:
        """The number of the new row, from 1."""
        self.rows.append(list(cells))
        return len(self.rows)

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        self.spans.append(Span(first_row, first_column, last_row, last_column))
