"""Bytes of a workbook → its sheets as plain text."""

import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from core.errors import AppError
from core.spreadsheets.cells import cell_text, is_error
from core.spreadsheets.preflight import check_archive
from core.spreadsheets.sheets import ERROR, NO_VALUE, Book, CellFault, Sheet

if TYPE_CHECKING:
    from openpyxl import Workbook

_MAX_SHEETS = 60
_LAST_ROW = 1_048_576
"""Of any sheet of Excel."""
_BLANK = "n"
"""Type of a cell without anything; a formula or a text that is empty has another."""
_REFUSALS = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError),
    *(SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error),
)
"""A damaged workbook makes openpyxl stumble anywhere; SyntaxError is what its XML parsers raise."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a sheet is read. Formatted but empty rows count, so leave room for them."""

    rows: int = 20_000
    columns: int = 200


def read_book(content: bytes, extent: Extent | None = None) -> Book:
    """Every sheet, hidden ones too.

    Raises AppError: those of core.spreadsheets.preflight.check_archive.
    """
    check_archive(content)
    extent = extent or Extent()
    with _opened(content, values=True) as book:
        sheets = [_sheet(book, title, extent) for title in _titles(book)]
    if _has_formulas(content):
        sheets = _with_formulas(content, sheets, extent)
    return Book(tuple(sheets))


@contextmanager
def _opened(content: bytes, *, values: bool) -> Iterator["Workbook"]:
    import openpyxl  # noqa: PLC0415 - half a second and many megabytes, needed by few processes

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about decorations it does not know
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=values, keep_links=False)
            yield book
            book.close()
    except _REFUSALS as error:
        raise AppError("upload.broken") from error


def _titles(book: "Workbook") -> list[str]:
    titles = [sheet.title for sheet in book.worksheets]
    if len(titles) > _MAX_SHEETS:
        raise AppError("upload.too_complex")
    return titles


def _sheet(book: "Workbook", title: str, extent: Extent) -> Sheet:
    rows: dict[int, dict[int, str]] = {}
    faults: list[CellFault] = []
    for number, cells in _rows(book, title, extent):
        texts = {column: text for column, cell in enumerate(cells, start=1) if (text := cell_text(cell.value))}
        faults += [CellFault(number, column, ERROR) for column, text in texts.items() if is_error(text)]
        if texts:
            rows[number] = texts
    return Sheet(title, rows, tuple(faults))


def _rows(book: "Workbook", title: str, extent: Extent) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Rows that are not all blank; what the file says of its own size is not believed."""
    sheet = book[title]
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_col=extent.columns), start=1):
        if number > _LAST_ROW:
            raise AppError("upload.too_complex")
        if all(cell.value is None and cell.data_type == _BLANK for cell in cells):
            continue
        if number > extent.rows:
            raise AppError("upload.too_complex")
        yield number, cells


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(name) for name in sheets)


def _with_formulas(content: bytes, sheets: list[Sheet], extent: Extent) -> list[Sheet]:
    """Notes formulas that no program has worked out yet: their cells look empty otherwise."""
    with _opened(content, values=True) as book:
        known = [_places(book, sheet, extent, _is_worked_out) for sheet in sheets]
    with _opened(content, values=False) as book:
        formulas = [_places(book, sheet, extent, _is_formula) for sheet in sheets]
    return [
        Sheet(sheet.title, sheet.rows, (*sheet.faults, *(CellFault(*place, NO_VALUE) for place in sorted(all_ - some))))
        for sheet, some, all_ in zip(sheets, known, formulas, strict=True)
    ]


def _places(book: "Workbook", sheet: Sheet, extent: Extent, wanted: Callable[[Any], bool]) -> set[tuple[int, int]]:
    return {
        (number, column)
        for number, cells in _rows(book, sheet.title, extent)
        for column, cell in enumerate(cells, start=1)
        if wanted(cell)
    }


def _is_formula(cell: Any) -> bool:
    return bool(cell.data_type == "f")


def _is_worked_out(cell: Any) -> bool:
    """It has a value, or is said to be a text and has none: then the text is empty."""
    return cell.value is not None or cell.data_type == "str"
