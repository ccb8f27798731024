"""A workbook that is written while its rows are still being looked up: it does not grow with them."""

import re
from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from core.tables.table import Cell, Variable
from core.tables.workbook import begin, write_row

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LONGEST_TITLE = 31
_UNFIT = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
"""What Excel does not allow in the title of a sheet."""


class GrowingBook:
    """Sheets one after the other, each row by row. Blocks; meant for a thread."""

    def __init__(self) -> None:
        import xlsxwriter  # noqa: PLC0415 - only a download needs it

        self._file = TemporaryFile()  # noqa: SIM115 - closed in `content`
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._file, options)
        self._titles: set[str] = set()
        self._sheet: Worksheet | None = None
        self._variables: Sequence[Variable] = ()
        self._looks: list[Any] = []
        self._number = 0

    def begin(self, title: str, variables: Sequence[Variable]) -> None:
        """A new sheet; its title is cut, and numbered when another sheet has the same one."""
        self._variables, self._number = variables, 0
        self._sheet = self._book.add_worksheet(self._free(title))
        self._looks = begin(self._book, self._sheet, variables)

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """To the sheet that was begun last."""
        assert self._sheet is not None
        for row in rows:
            self._number += 1
            write_row(self._sheet, self._number, row, self._variables, self._looks)

    def content(self) -> bytes:
        """The finished file; nothing can be added any more."""
        self._book.close()
        with self._file as file:
            file.seek(0)
            return file.read()

    def _free(self, title: str) -> str:
        fit = _UNFIT.sub(" ", title).strip().strip("'")[:_LONGEST_TITLE].strip() or "Лист"
        found, number = fit, 1
        while found.casefold() in self._titles:
            number += 1
            found = f"{fit[: _LONGEST_TITLE - 5].strip()} {number}"
        self._titles.add(found.casefold())
        return found
