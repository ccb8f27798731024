"""One row's cells by their meaning, and what is found wrong while they are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from core.importing.findings import Found, Unreadable
from core.importing.model import Column, ColumnUse, Problem
from core.importing.words import is_nothing, line, tidy
from core.spreadsheets.sheets import column_letter

T = TypeVar("T")
_PATH = " / "


@dataclass(slots=True)
class RowReader:
    """One row with what has been found wrong in it so far."""

    sheet: str
    row: int
    cells: Mapping[int, str]
    columns: tuple[ColumnUse, ...]
    today: date
    problems: list[Problem] = field(default_factory=list)

    def of(self, use: Column) -> list[tuple[ColumnUse, str]]:
        """Filled cells of that meaning."""
        return [
            (each, self.cells[each.column]) for each in self.columns if each.use is use and each.column in self.cells
        ]

    def text(self, use: Column) -> str:
        return next((line(text) for _, text in self.of(use)), "")

    def column(self, use: Column) -> str:
        """The letter of the first column of that meaning, filled or not; '' without one."""
        return next((column_letter(each.column) for each in self.columns if each.use is use), "")

    def take(self, column: str, reader: Callable[..., Found[T]], *arguments: Any, **options: Any) -> T | None:
        """What the reader makes of its arguments; None with a problem when it cannot."""
        try:
            found = reader(*arguments, **options)
        except Unreadable as error:
            self.note(column, str(error))
            return None
        if found.remark:
            self.note(column, found.remark, fatal=False)
        return found.value

    def note(self, column: str, message: str, *, fatal: bool = True) -> None:
        self.problems.append(Problem(self.sheet, self.row, column, message, fatal))

    def first(self, use: Column, reader: Callable[..., Found[T]], *arguments: Any, **options: Any) -> T | None:
        """Of the first filled cell; None for «-» and the like."""
        for each, text in self.of(use):
            if not is_nothing(text):
                return self.take(column_letter(each.column), reader, text, *arguments, **options)
        return None

    def every(self, use: Column, reader: Callable[..., Found[tuple[T, ...]]], *arguments: Any) -> tuple[T, ...]:
        """Out of all filled cells of that meaning, each once."""
        found: list[T] = []
        for each, text in self.of(use):
            if not is_nothing(text):
                found += self.take(column_letter(each.column), reader, text, *arguments) or ()
        return tuple(dict.fromkeys(found))


def merged(row: RowReader, use: Column) -> list[tuple[str, str]]:
    """Letter and text; cells under one merged heading are one: «Повышение квалификации / тема», «… / часы»."""
    groups: dict[str, list[tuple[ColumnUse, str]]] = {}
    for each, text in row.of(use):
        head, divider, _ = each.heading.partition(_PATH)
        groups.setdefault(head if divider else str(each.column), []).append((each, text))
    return [(column_letter(group[0][0].column), _side_by_side(group)) for group in groups.values()]


def _side_by_side(group: list[tuple[ColumnUse, str]]) -> str:
    lines = [tidy(_with_unit(each, text)).split("\n") for each, text in group]
    if len({len(each) for each in lines}) == 1:
        return "\n".join(", ".join(parts) for parts in zip(*lines, strict=True))
    return ", ".join(line(text) for _, text in group)


def _with_unit(column: ColumnUse, text: str) -> str:
    """A bare number under «часы» is hours, not a year."""
    if "час" not in column.heading.rpartition(_PATH)[2].lower() or _PATH not in column.heading:
        return text
    return "\n".join(f"{each} ч." if each.strip().isdecimal() else each for each in text.split("\n"))
