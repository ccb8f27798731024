"""One sheet of a workbook of Excel, row by row."""

import zipfile
from collections.abc import Iterator

from core.errors import AppError
from core.spreadsheets.bounds import LAST_ROW, Bounds
from core.spreadsheets.cells import cell_text, is_error
from core.spreadsheets.dates import from_serial
from core.spreadsheets.markup import Attributes, Handler, feed
from core.spreadsheets.sheets import ERROR, NO_VALUE, CellFault, RawSheet
from core.spreadsheets.xlsx_words import Workbook, names, typed

Row = tuple[int, dict[int, str]]
_EXACT = 15
"""Digits that Excel keeps of a number."""


class _Rows(Handler):
    """Gathers finished rows in `rows` until they are taken away."""

    NAMES = names("row", "c", "v", "t", "f", "rPh")

    def __init__(self, workbook: Workbook, faults: list[CellFault], bounds: Bounds, sheet: int) -> None:
        self.rows: list[Row] = []
        self._workbook, self._faults, self._bounds, self._sheet = workbook, faults, bounds, sheet
        self._count = self._row = self._column = 0
        self._cells: dict[int, str] = {}
        self._type, self._style, self._formula = "n", "", False
        self._pieces: list[str] = []
        self._listening = self._aloud = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            self._pieces, self._formula = [], False
        elif name == "row":
            self._begin(attributes)
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aloud = True
        else:
            self._listening = not self._aloud

    def end(self, name: str) -> None:
        if name == "c":
            self._keep("".join(self._pieces))
        elif name == "row":
            if self._cells:
                self.rows.append((self._row, self._cells))
        elif name == "rPh":
            self._aloud = False
        else:
            self._listening = False

    def text(self, data: str) -> None:
        if self._listening:
            self._pieces.append(data)

    def _begin(self, attributes: Attributes) -> None:
        self._count += 1
        if self._count > LAST_ROW:
            raise AppError("upload.too_complex")
        row = int(attributes["r"]) if "r" in attributes else self._row + 1
        if row <= self._row:
            raise AppError("upload.broken")
        self._row, self._column, self._cells = row, 0, {}

    def _keep(self, raw: str) -> None:
        if not raw:
            if self._formula and self._type != "str":
                self._fault(NO_VALUE)
            return
        text = self._text(raw)
        if text:
            self._bounds.check_place(self._sheet, self._row, self._column)
            self._cells[self._column] = text
            if self._type == "e" or is_error(text):
                self._fault(ERROR)

    def _text(self, raw: str) -> str:
        if self._type == "s":
            return self._workbook.texts[int(raw)]
        if self._type == "n":
            return self._number(raw)
        if self._type == "b":
            return cell_text(raw.strip() in {"1", "true"})
        return typed(raw.removesuffix("T00:00:00") if self._type == "d" else raw)

    def _number(self, raw: str) -> str:
        if self._style in self._workbook.dates:
            found = from_serial(float(raw), since_1904=self._workbook.since_1904)
            if found is not None:
                return cell_text(found)
        return raw if raw.isdecimal() and len(raw) <= _EXACT and raw[0] != "0" else cell_text(float(raw))

    def _fault(self, message: str) -> None:
        self._bounds.check_place(self._sheet, self._row, self._column)
        self._faults.append(CellFault(self._row, self._column, message))


def rows_of(
    archive: zipfile.ZipFile, part: str, workbook: Workbook, sheet: RawSheet, place: tuple[Bounds, int]
) -> Iterator[Row]:
    """`place` is how far it is read and the number of the sheet; what is wrong with cells goes to `sheet.faults`.

    Raises AppError: upload.broken, upload.too_complex, those of Bounds.check_place.
    """
    handler = _Rows(workbook, sheet.faults, *place)
    try:
        with archive.open(part) as stream:
            for _ in feed(stream, handler):
                done, handler.rows = handler.rows, []
                yield from done
    except (LookupError, ValueError) as error:
        raise AppError("upload.broken") from error


def _column(place: str) -> int:
    """ "AB12" → 28; small letters are none of Excel's."""
    column = 0
    for letter in place:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    if not 0 < column <= 18_278:
        raise ValueError(place)
    return column
