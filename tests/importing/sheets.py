"""Sheets for the tests of the import, as core.spreadsheets.tables would give them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.importing.findings import Unreadable
from core.importing.model import ImportKind, Mapping
from core.importing.reading import read_sheets
from core.spreadsheets.sheets import CellFault

TODAY = date(2026, 11, 25)
Grid = Sequence[Sequence[str]]


@dataclass
class MadeSheet:
    title: str
    grid: Grid
    hidden: bool = False
    faults: list[CellFault] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[tuple[int, dict[int, str]]]:
        for number, row in enumerate(self.grid, start=1):
            cells = {column: text for column, text in enumerate(row, start=1) if text}
            if cells:
                yield number, cells


@dataclass(frozen=True)
class Result:
    sheets: list[dict[str, Any]]
    people: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    """Of no person."""

    @property
    def fatal(self) -> list[str]:
        """Messages with their places, those of people too."""
        every = [*self.problems, *(problem for person in self.people for problem in person["problems"])]
        return [f"{each['column']}{each['row']}: {each['message']}" for each in every if each["fatal"]]


def result(*sheets: MadeSheet | Grid, kind: ImportKind = ImportKind.STAFF, mapping: Mapping | None = None) -> Result:
    made = [sheet if isinstance(sheet, MadeSheet) else MadeSheet("СОШ № 1", sheet) for sheet in sheets]
    found = list(read_sheets(made, kind, mapping or Mapping(), TODAY))
    return Result(*([each[name] for each in found if name in each] for name in ("sheet", "person", "problem")))


def refusal(reader: Callable[..., object], *arguments: object) -> str:
    """Why the cell cannot be read; '' when it can."""
    try:
        reader(*arguments)
    except Unreadable as refused:
        return str(refused)
    return ""
