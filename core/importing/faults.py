"""Cells whose value the file does not hold, as they are found while its rows go by."""

from collections.abc import Sequence

from core.importing.model import Column, ColumnUse, Problem
from core.spreadsheets.sheets import CellFault, column_letter

_MOST = 100
"""Of cells that are shown on their own; a sheet full of them is one mistake."""


class Faults:
    """Of one sheet. The list grows while the sheet is read, perhaps only when its rows are over."""

    def __init__(self, found: Sequence[CellFault], columns: Sequence[ColumnUse]) -> None:
        self._found = found
        self._looked_at = 0
        self._used = {column.column for column in columns if column.use not in {Column.IGNORED, Column.NUMBER}}
        self._waiting: dict[int, dict[int, str]] = {}
        self._passed: set[int] = set()

    def of_row(self, row: int) -> dict[int, str]:
        """Column → message. They are not asked for again."""
        self._look()
        return self._waiting.pop(row, {})

    def pass_over(self, row: int) -> None:
        """Nobody needs the row, so nothing can be wrong in it."""
        self._passed.add(row)

    def left(self, sheet: str, first_row: int) -> list[Problem]:
        """What was found after its row had gone, or in rows that hold nothing else."""
        self._look()
        rows = sorted(row for row in self._waiting if row >= first_row and row not in self._passed)
        places = [(row, column, text) for row in rows for column, text in sorted(self._waiting[row].items())]
        return [Problem(sheet, row, column_letter(column), message) for row, column, message in places[:_MOST]]

    def _look(self) -> None:
        for fault in self._found[self._looked_at :]:
            if fault.column in self._used:
                self._waiting.setdefault(fault.row, {})[fault.column] = fault.message
        self._looked_at = len(self._found)
