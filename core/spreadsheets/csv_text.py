"""A table as text, whatever program has written it: the alphabet and the delimiter are found by looking."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from core.errors import AppError
from core.spreadsheets.bounds import Bounds
from core.spreadsheets.cells import is_error, plain_text
from core.spreadsheets.sheets import ERROR, CellFault, RawSheet

_DELIMITERS = ";\t,|"
"""The likelier ones first."""
_LOOKED_AT = 64 * 1024
_LINES = 60
_LONGEST = 256 * 1024
"""Characters of a line before it is said to have no end; a row of sixty full cells has fewer."""


def open_csv(content: bytes, title: str, bounds: Bounds) -> Iterator[RawSheet]:
    """One sheet of that title; its rows are counted as records, so a line break in quotes begins no row.

    Raises AppError: upload.unreadable_text; while rows are read upload.endless_line (row), those of
    Bounds.check_place.
    """
    text = _decoded(content)
    if "\0" in text:
        raise AppError("upload.unreadable_text")
    sheet = RawSheet(title, hidden=False, rows=iter(()))
    sheet.rows = _rows(text, sheet.faults, bounds)
    yield sheet


def _decoded(content: bytes) -> str:
    """UTF-16 only with its mark: without it nobody can tell it from other bytes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _strictly(content, "cp1251")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise AppError("upload.unreadable_text") from error


def _rows(text: str, faults: list[CellFault], bounds: Bounds) -> Iterator[tuple[int, dict[int, str]]]:
    delimiter, start = _said(text) or (_delimiter(text[:_LOOKED_AT]), 0)
    number = 1 if start else 0
    records = csv.reader(_lines(text, start), delimiter=delimiter)
    while True:
        number += 1
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise AppError("upload.endless_line", row=number) from error
        cells = {column: cell for column, raw in enumerate(record, start=1) if (cell := plain_text(raw))}
        if cells:
            bounds.check_place(1, number, max(cells))
            faults += [CellFault(number, column, ERROR) for column, cell in cells.items() if is_error(cell)]
            yield number, cells


def _lines(text: str, start: int) -> Iterator[str]:
    source = io.StringIO(text, newline="")
    source.seek(start)
    while line := source.readline(_LONGEST):
        if len(line) == _LONGEST:
            raise csv.Error
        yield line


def _said(text: str) -> tuple[str, int] | None:
    """Excel's own first line «sep=;», which is no row of the table: the delimiter, and where the rest begins."""
    line, _, _ = text[:16].partition("\n")
    word = line.strip("\r").strip('"')
    if word.lower().startswith("sep=") and len(word) == len("sep=") + 1:
        return word[-1], len(line) + 1
    return None


def _delimiter(head: str) -> str:
    return max(_DELIMITERS, key=lambda one: _evenness(head, one))


def _evenness(head: str, delimiter: str) -> tuple[float, int]:
    """How many of the first rows have the same number of cells, and that number; the likeliest delimiter has most."""
    lines = head.splitlines(keepends=True)
    complete = lines[:-1] if len(head) == _LOOKED_AT and len(lines) > 1 else lines
    try:
        widths = Counter(len(row) for row in islice(csv.reader(complete, delimiter=delimiter), _LINES) if any(row))
    except csv.Error:
        return 0, 0
    (width, often), *_ = widths.most_common(1) or [(0, 0)]
    return (often / widths.total(), width) if width > 1 else (0, 0)
