"""Tables as the sheets of a workbook. What people wrote is always a text, never a formula or a link."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.results.exports.table import Cell, Kind, Table, Variable, in_words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767
"""Characters in a cell (Excel's limit); one that is longer would be left out without a word."""
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
            _write(book, book.add_worksheet(table.title), table)
    return target.getvalue()


def _write(book: "Workbook", sheet: "Worksheet", table: Table) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF7", "bottom": 1})
    looks = [book.add_format(_look(variable)) for variable in table.variables]
    for column, variable in enumerate(table.variables):
        sheet.set_column(column, column, _WIDTHS.get(variable.kind, _WIDTH))
        sheet.write_string(0, column, variable.label[:_LONGEST], head)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), max(0, len(table.variables) - 1))
    for number, row in enumerate(table.rows, start=1):
        for column, (variable, cell) in enumerate(zip(table.variables, row, strict=True)):
            _put(sheet, number, column, in_words(variable, cell), looks[column])


def _look(variable: Variable) -> dict[str, object]:
    wanted = {"valign": "top", "text_wrap": variable.kind is Kind.TEXT}
    number = _FORMATS.get(variable.kind)
    return wanted if number is None else {**wanted, "num_format": number}


def _put(sheet: "Worksheet", row: int, column: int, cell: Cell, look: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:_LONGEST], look)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, look)
    else:
        sheet.write_datetime(row, column, cell, look)
