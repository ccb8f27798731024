"""How much of an uploaded table is read."""

from dataclasses import dataclass

from core.errors import AppError
from core.spreadsheets.sheets import column_letter

_MEGABYTE = 1024 * 1024
LAST_ROW = 1_048_576
"""Of any sheet of Excel; more rows than these, empty or not, are no table but an attack."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A file beyond them is refused; formatted but empty cells do not count."""

    bytes: int = 25 * _MEGABYTE
    unpacked: int = 300 * _MEGABYTE
    """All parts of an archive together."""
    entries: int = 400
    """Parts of an archive."""
    rows: int = 120_000
    """Of one sheet."""
    columns: int = 60
    sheets: int = 80

    def check_place(self, sheet: int, row: int, column: int) -> None:
        """For a cell that is not empty; sheets, rows and columns count from 1.

        Raises AppError: upload.too_many_rows, upload.too_many_columns.
        """
        if column > self.columns:
            place = {"sheet": sheet, "row": row, "column": column_letter(column)}
            raise AppError("upload.too_many_columns", limit=self.columns, **place)
        if row > self.rows:
            raise AppError("upload.too_many_rows", limit=self.rows, sheet=sheet, row=row)

    def check_sheets(self, count: int) -> None:
        """Raises AppError: upload.too_many_sheets."""
        if count > self.sheets:
            raise AppError("upload.too_many_sheets", limit=self.sheets)
