"""Elements of a sheet of LibreOffice → its rows."""

from dataclasses import dataclass, field
from typing import ClassVar

from core.spreadsheets.bounds import Bounds
from core.spreadsheets.cells import is_error
from core.spreadsheets.markup import Attributes, Handler
from core.spreadsheets.ods_values import OFFICE, TABLE, TEXT, Cell
from core.spreadsheets.sheets import ERROR, NO_VALUE, CellFault

Row = tuple[int, dict[int, str]]
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_WRONG = ("Err:", "#")
_LONG_REPEAT = 7
"""Digits of a number of repeats that is believed; Excel's last row has as many."""


@dataclass(frozen=True, slots=True)
class NewSheet:
    """The rows that follow are of this sheet."""

    title: str
    hidden: bool
    faults: list[CellFault] = field(default_factory=list)


class OdsRows(Handler):
    """Gathers sheets and finished rows in `events` until they are taken away."""

    NAMES: ClassVar = {
        **{f"{_STYLE} {name}": name for name in ("style", "table-properties")},
        **{f"{TABLE} {name}": name for name in ("table", "table-row", "table-cell", "covered-table-cell")},
        **{f"{TEXT} {name}": name for name in ("p", "h", "s", "tab", "line-break")},
        f"{OFFICE} annotation": "annotation",
    }

    def __init__(self, bounds: Bounds) -> None:
        self.events: list[NewSheet | Row] = []
        self._bounds = bounds
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: NewSheet | None = None
        self._sheets = self._depth = self._notes = 0
        self._row = self._rows = self._column = 0
        self._cells: dict[int, str] = {}
        self._wrong: list[tuple[int, str]] = []
        self._cell: Cell | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name in {"style", "table-properties"}:
            self._note_style(name, attributes)
        elif name == "table":
            self._begin_sheet(attributes)
        elif name == "annotation":
            self._notes += 1
        elif self._depth != 1 or self._notes:
            return
        elif name == "table-row":
            self._rows = _repeats(attributes.get(f"{TABLE} number-rows-repeated"))
            self._column, self._cells, self._wrong = 0, {}, []
        elif name in {"table-cell", "covered-table-cell"}:
            self._cell = Cell(attributes, _repeats(attributes.get(f"{TABLE} number-columns-repeated")))
        elif self._cell:
            self._cell.start(name, attributes)

    def end(self, name: str) -> None:
        if name == "table":
            self._depth -= 1
        elif name == "annotation":
            self._notes -= 1
        elif self._depth != 1 or self._notes:
            return
        elif name == "table-row":
            self._end_row()
        elif name in {"table-cell", "covered-table-cell"}:
            self._end_cell()
        elif self._cell:
            self._cell.end(name)

    def text(self, data: str) -> None:
        if self._cell and self._depth == 1 and not self._notes:
            self._cell.text(data)

    def _note_style(self, name: str, attributes: Attributes) -> None:
        if name == "style":
            self._style = attributes.get(f"{_STYLE} name", "")
        elif attributes.get(f"{TABLE} display") == "false":
            self._hidden_styles.add(self._style)

    def _begin_sheet(self, attributes: Attributes) -> None:
        """A table within a cell is no sheet."""
        self._depth += 1
        if self._depth > 1:
            return
        self._sheets += 1
        self._bounds.check_sheets(self._sheets)
        hidden = attributes.get(f"{TABLE} style-name") in self._hidden_styles
        self._sheet = NewSheet(attributes.get(f"{TABLE} name", ""), hidden)
        self._row = 0
        self.events.append(self._sheet)

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        first, repeats = self._column + 1, self._cell.repeats
        self._column += repeats
        value, unknown = self._cell.value(), self._cell.is_unknown
        self._cell = None
        if not value and not unknown:
            return
        self._bounds.check_place(self._sheets, self._row + 1, self._column)
        for column in range(first, self._column + 1):
            if value:
                self._cells[column] = value
            if unknown or _is_wrong(value):
                self._wrong.append((column, NO_VALUE if unknown else ERROR))

    def _end_row(self) -> None:
        first = self._row + 1
        self._row += self._rows
        if not self._cells and not self._wrong:
            return
        self._bounds.check_place(self._sheets, self._row, max([*self._cells, *(column for column, _ in self._wrong)]))
        for number in range(first, self._row + 1):
            if self._cells:
                self.events.append((number, dict(self._cells)))
            if self._sheet:
                self._sheet.faults.extend(CellFault(number, *wrong) for wrong in self._wrong)


def _repeats(number: str | None) -> int:
    return max(1, int(number)) if number and len(number) <= _LONG_REPEAT else 1 if number is None else 10**_LONG_REPEAT


def _is_wrong(text: str) -> bool:
    return text.startswith(_WRONG) and (is_error(text) or text[4:].isdecimal())
