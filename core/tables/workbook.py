"""Tables as the sheets of a workbook. What people wrote is always a text, never a formula or a link."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from core.tables.table import Cell, Kind, Table, Variable, day_in_words, in_words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767
"""Characters in a cell (Excel's limit); one that is longer would be left out without a word."""
ROWS = 1_048_575
"""On a sheet, below the headings (Excel's limit)."""
_FIRST_YEAR = 1900
"""Excel knows no days before it."""
_WIDTHS = {Kind.TEXT: 32, Kind.CODE: 26, Kind.FLAG: 14, Kind.MOMENT: 17}
_WIDTH = 13
_FORMATS = {
    Kind.NUMBER: "0.##########",
    Kind.DATE: "dd.mm.yyyy",
    Kind.TIME: "hh:mm",
    Kind.MOMENT: "dd.mm.yyyy hh:mm",
}


def write_xlsx(tables: Sequence[Table]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - only a download needs it

    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        for table in tables:
            for part in _parts(table):
                _write(book, book.add_worksheet(part.title), part)
    return target.getvalue()


def _parts(table: Table) -> Iterator[Table]:
    """A sheet each; rows beyond Excel's last one would be left out without a word."""
    for number, start in enumerate(range(0, max(1, len(table.rows)), ROWS), start=1):
        title = table.title if number == 1 else f"{table.title} {number}"
        yield replace(table, title=title, rows=table.rows[start : start + ROWS])


def _write(book: "Workbook", sheet: "Worksheet", table: Table) -> None:
    looks = begin(book, sheet, table.variables)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), max(0, len(table.variables) - 1))
    for number, row in enumerate(table.rows, start=1):
        write_row(sheet, number, row, table.variables, looks)


def begin(book: "Workbook", sheet: "Worksheet", variables: Sequence[Variable]) -> list[Any]:
    """Writes the headings; returns how the cells of each column look."""
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF7", "bottom": 1})
    for column, variable in enumerate(variables):
        sheet.set_column(column, column, _WIDTHS.get(variable.kind, _WIDTH))
        sheet.write_string(0, column, variable.label[:_LONGEST], head)
    sheet.freeze_panes(1, 0)
    return [book.add_format(_look(variable)) for variable in variables]


def write_row(
    sheet: "Worksheet", number: int, row: Sequence[Cell], variables: Sequence[Variable], looks: Sequence[Any]
) -> None:
    """`number` counts from 1, below the headings. Rows have to come in their order."""
    for column, (variable, cell) in enumerate(zip(variables, row, strict=True)):
        _put(sheet, number, column, in_words(variable, cell), looks[column])


def _look(variable: Variable) -> dict[str, object]:
    wanted = {"valign": "top", "text_wrap": variable.kind is Kind.TEXT}
    number = _FORMATS.get(variable.kind)
    return wanted if number is None else {**wanted, "num_format": number}


def _put(sheet: "Worksheet", row: int, column: int, cell: Cell, look: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, date) and cell.year < _FIRST_YEAR:
        cell = day_in_words(cell)
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:_LONGEST], look)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, look)
    else:
        sheet.write_datetime(row, column, cell, look)
