"""Grids as the files that programs write: .xlsx, .ods and .csv."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from playground.workbooks.model import Cell, Grid
from playground.workbooks.truth import day

_WIDTH = 18


def xlsx(grids: Sequence[Grid]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - only samples need it

    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd.mm.yyyy"}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"})
        for grid in grids:
            sheet = book.add_worksheet(grid.title)
            sheet.set_column(0, 20, _WIDTH)
            for number, row in enumerate(grid.rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
            for span in grid.spans:
                text = grid.rows[span.first_row - 1][span.first_column - 1]
                corners = (span.first_row - 1, span.first_column - 1, span.last_row - 1, span.last_column - 1)
                sheet.merge_range(*corners, text, bold)
    return target.getvalue()


def ods(grids: Sequence[Grid]) -> bytes:
    from odfdo import Document, Row, Table  # noqa: PLC0415 - only samples need it

    document = Document("spreadsheet")
    document.body.clear()
    for grid in grids:
        table = Table(grid.title)
        for cells in grid.rows:
            row = Row()
            row.set_values(list(cells))
            table.append_row(row, clone=False)
        document.body.append(table)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def cp1251(grid: Grid) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(
        [_typed(cell) for cell in row] for row in grid.rows
    )
    return text.getvalue().encode("cp1251")


def _typed(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case date():
            return day(cell)
        case float():
            return str(cell).replace(".", ",")
        case _:
            return str(cell)
