"""Cells → an .xlsx in which every cell is a text: nothing that people wrote may turn into a formula."""

from collections.abc import Mapping, Sequence
from typing import IO, TYPE_CHECKING

from core.surveys.xlsform import columns

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Cells = Sequence[Sequence[str]]
"""Rows of a sheet, headings first."""


def write_sheets(
    target: IO[bytes], sheets: Mapping[str, Cells], lists: Mapping[str, Mapping[str, Sequence[str]]] | None = None
) -> None:
    """`lists`: by sheet and heading, what can be chosen from in that column."""
    import xlsxwriter  # noqa: PLC0415 - only a download needs it

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        for title, cells in sheets.items():
            _write(book, book.add_worksheet(title), cells, (lists or {}).get(title, {}))


def _write(book: "Workbook", sheet: "Worksheet", cells: Cells, lists: Mapping[str, Sequence[str]]) -> None:
    head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "bottom": 1, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for column, title in enumerate(cells[0]):
        sheet.set_column(column, column, columns.WIDTHS.get(title, columns.OTHER_WIDTH), body)
        if title in lists:
            sheet.data_validation(1, column, columns.LIST_ROWS, column, _validation(lists[title]))
    for number, row in enumerate(cells):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(number, column, text, head if number == 0 else body)
    sheet.freeze_panes(1, 0)


def _validation(values: Sequence[str]) -> dict[str, object]:
    """A list to choose from that lets other words pass: after select_one comes the name of a list."""
    return {"validate": "list", "source": list(values), "error_type": "information", "show_error": False}
