"""Cases of an SPSS system file: how the columns lie in it, and its compressed data."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.results.exports.names import cut
from core.results.exports.table import Cell, Variable

ELEMENT = 8
BIAS = 100
_EPOCH = datetime(1582, 10, 14)  # noqa: DTZ001 - SPSS counts seconds from the Gregorian calendar's first midnight
_SEGMENT, _SHORT = 252, 255
"""Bytes of a piece of a long text, and the longest text that needs no pieces."""
_LITERAL, _SPACES, _NOTHING, _END = 253, 254, 255, 252
"""Codes of the compressed data: eight bytes follow, eight spaces, no value, end of the file."""


@dataclass(frozen=True, slots=True)
class Column:
    """`short` is the name of eight letters that old programs see; `width` 0 means a number, else bytes."""

    variable: Variable
    short: str
    width: int

    @property
    def segments(self) -> list[int]:
        """Widths of its pieces: a text of over 255 bytes is stored as several variables."""
        if self.width <= _SHORT:
            return [self.width]
        count = -(-self.width // _SEGMENT)
        return [_SHORT] * (count - 1) + [self.width - (count - 1) * _SEGMENT]

    @property
    def elements(self) -> int:
        return sum(max(1, -(-width // ELEMENT)) for width in self.segments)


class _Packer:
    """Compressed data: eight codes, then the bytes that those of them ask for that are literal."""

    def __init__(self) -> None:
        self._written = bytearray()
        self._codes = bytearray()
        self._literals = bytearray()

    def add(self, code: int, literal: bytes = b"") -> None:
        self._codes.append(code)
        self._literals += literal
        if len(self._codes) == ELEMENT:
            self._flush()

    def number(self, value: float | None) -> None:
        if value is None:
            self.add(_NOTHING)
        elif value.is_integer() and 1 <= value + BIAS < _END:
            self.add(int(value) + BIAS)
        else:
            self.add(_LITERAL, struct.pack("<d", value))

    def text(self, content: bytes) -> None:
        for start in range(0, len(content), ELEMENT):
            element = content[start : start + ELEMENT]
            self.add(*((_SPACES,) if element == b"        " else (_LITERAL, element)))

    def finish(self) -> bytes:
        if self._codes:
            self._codes += b"\0" * (ELEMENT - len(self._codes))
            self._flush()
        return bytes(self._written)

    def _flush(self) -> None:
        self._written += self._codes + self._literals
        self._codes.clear()
        self._literals.clear()


def data(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> bytes:
    packer = _Packer()
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if column.width:
                for segment in _pieces(column, "" if cell is None else str(cell)):
                    packer.text(segment)
            else:
                packer.number(_number(cell))
    return packer.finish()


def _pieces(column: Column, text: str) -> Iterator[bytes]:
    """255 bytes of the text in each piece, which takes up 256; the last one is as wide as its variable."""
    content = cut(text, column.width).encode().ljust(column.width)
    for place, width in enumerate(column.segments):
        stored = content[place * _SHORT : (place + 1) * _SHORT]
        yield stored.ljust(max(1, -(-width // ELEMENT)) * ELEMENT)


def _number(cell: Cell) -> float | None:
    match cell:
        case None | str():
            return None
        case datetime():
            return (cell - _EPOCH) / timedelta(seconds=1)
        case date():
            return (datetime(cell.year, cell.month, cell.day) - _EPOCH) / timedelta(seconds=1)  # noqa: DTZ001
        case time():
            return float(cell.hour * 3600 + cell.minute * 60 + cell.second)
        case _:
            return float(cell)
