"""A table as text that Excel opens by a double click in Russian: UTF-8 with its mark, semicolons, decimal commas."""

import csv
import io
from datetime import date, time

from core.tables.table import Cell, Table, day_in_words, in_words

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so is run as a formula when the file is opened (OWASP, CSV Injection)."""


def write_csv(table: Table) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guarded(heading) for heading in table.headings])
    for row in table.rows:
        writer.writerow([_written(in_words(*pair)) for pair in zip(table.variables, row, strict=True)])
    return text.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _guarded(cell)
        case date():
            return day_in_words(cell)
        case time():
            return f"{cell:%H:%M}"
        case _:
            return f"{cell:.10f}".rstrip("0").rstrip(".").replace(".", ",") if isinstance(cell, float) else str(cell)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
