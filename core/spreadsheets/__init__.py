"""Workbooks that people upload: looked at before any library opens them, read as plain text, in a child process."""

from core.spreadsheets.child import in_child
from core.spreadsheets.preflight import check_archive, check_signature
from core.spreadsheets.reading import Extent, read_book
from core.spreadsheets.sheets import Book, CellFault, Sheet, column_letter

__all__ = [
    "Book",
    "CellFault",
    "Extent",
    "Sheet",
    "check_archive",
    "check_signature",
    "column_letter",
    "in_child",
    "read_book",
]
