"""A workbook as plain text by row and column, with everything that is Excel's own left behind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_LETTERS = 26


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell whose value cannot be known; rows and columns count from 1, `message` is Russian."""

    row: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` holds only cells with something in them: row → column → text; both count from 1."""

    title: str
    rows: Mapping[int, Mapping[int, str]]
    faults: tuple[CellFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    sheets: tuple[Sheet, ...] = field(default=())

    def sheet(self, title: str) -> Sheet | None:
        """The sheet of that title, however it is capitalised."""
        wanted = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.strip().casefold() == wanted), None)


@dataclass(slots=True)
class RawSheet:
    """A sheet while it is being read: rows come once and in order, with only the cells that have something in them.

    `faults` fills up as the rows are read.
    """

    title: str
    hidden: bool
    rows: Iterator[tuple[int, dict[int, str]]]
    faults: list[CellFault] = field(default_factory=list)


NO_VALUE = "в ячейке формула без значения: откройте файл в Excel или LibreOffice и сохраните его ещё раз"
ERROR = "в ячейке ошибка Excel вместо значения"


def column_letter(column: int) -> str:
    """1 → A, 27 → AA, as the head of the column says."""
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + place) + letters
    return letters
