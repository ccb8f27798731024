"""A table as an SPSS system file, written by the description in PSPP's developers' guide ("System File Format").

pyreadstat reads such files but writes them only out of pandas or polars, which nothing else here needs.
"""

import struct
from collections.abc import Iterator, Sequence
from datetime import datetime

from core.results.exports.names import cut
from core.results.exports.savdata import BIAS, ELEMENT, Column, data
from core.results.exports.table import Kind, Table, Variable

_LARGEST = 1.7976931348623157e308
_MISSING = -_LARGEST
"""SPSS's own "no value"."""
_LOWEST = -1.7976931348623155e308
LONGEST_TEXT = 32_767
_LABEL, _VALUE_LABEL = 255, 120
"""Bytes that SPSS keeps of the label of a variable and of a value."""
_F, _A, _TIME, _DATETIME, _EDATE = 5, 1, 21, 22, 38
_NOMINAL, _ORDINAL, _CONTINUOUS = 1, 2, 3
_FORMATS = {
    Kind.CODE: (_F, 8, 0),
    Kind.FLAG: (_F, 8, 0),
    Kind.NUMBER: (_F, 10, 2),
    Kind.DATE: (_EDATE, 10, 0),
    Kind.TIME: (_TIME, 8, 0),
    Kind.MOMENT: (_DATETIME, 20, 0),
}


def write_sav(table: Table, title: str, at: datetime) -> bytes:
    """`title` and `at` go into the head of the file."""
    columns = [
        Column(variable, f"V{number:05d}", _width(table, number - 1) if variable.kind is Kind.TEXT else 0)
        for number, variable in enumerate(table.variables, start=1)
    ]
    parts = [
        _header(columns, len(table.rows), title, at),
        *(_variable_records(columns)),
        *(_value_labels(columns)),
        *(_extensions(columns, len(table.rows))),
        struct.pack("<ii", 999, 0),
        data(columns, table.rows),
    ]
    return b"".join(parts)


def _width(table: Table, place: int) -> int:
    longest = max((len(str(row[place]).encode()) for row in table.rows if row[place] is not None), default=1)
    return min(LONGEST_TEXT, max(1, longest))


def _header(columns: Sequence[Column], cases: int, title: str, at: datetime) -> bytes:
    product = "@(#) SPSS DATA FILE Metodkabinet"
    elements = sum(column.elements for column in columns)
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    day = f"{at.day:02d} {months[at.month - 1]} {at.year % 100:02d}"
    return b"".join(
        (
            b"$FL2",
            _padded(product, 60),
            struct.pack("<iiiiid", 2, elements, 1, 0, cases, float(BIAS)),
            _padded(day, 9),
            _padded(f"{at:%H:%M:%S}", 8),
            _padded(cut(title, 64), 64),
            b"\0\0\0",
        )
    )


def _variable_records(columns: Sequence[Column]) -> Iterator[bytes]:
    piece = 0
    for column in columns:
        for place, width in enumerate(column.segments):
            piece += bool(place)
            name = column.short if place == 0 else f"X{piece:06d}"
            yield _variable_record(column.variable, name, width)
            yield struct.pack("<iiiiii8s", 2, -1, 0, 0, 0, 0, b"        ") * (max(1, -(-width // ELEMENT)) - 1)


def _variable_record(variable: Variable, name: str, width: int) -> bytes:
    kind, shown, decimals = _FORMATS.get(variable.kind, (_A, width, 0))
    look = kind << 16 | shown << 8 | decimals
    label = cut(variable.label.replace("\n", " "), _LABEL).encode()
    head = struct.pack("<iiiiii", 2, width, 1, 0, look, look) + _padded(name, 8)
    return head + struct.pack("<i", len(label)) + label + b" " * (-len(label) % 4)


def _value_labels(columns: Sequence[Column]) -> Iterator[bytes]:
    index = 1
    for column in columns:
        if column.variable.labels:
            yield struct.pack("<ii", 3, len(column.variable.labels))
            for value, words in column.variable.labels.items():
                label = cut(words, _VALUE_LABEL).encode()
                yield struct.pack("<dB", float(value), len(label)) + label + b" " * (-(len(label) + 1) % ELEMENT)
            yield struct.pack("<iii", 4, 1, index)
        index += column.elements


def _extensions(columns: Sequence[Column], cases: int) -> Iterator[bytes]:
    yield struct.pack("<iiii8i", 7, 3, 4, 8, 20, 0, 0, -1, 1, 1, 2, 65001)
    yield struct.pack("<iiii3d", 7, 4, 8, 3, _MISSING, _LARGEST, _LOWEST)
    shown = [number for column in columns for width in column.segments for number in _display(column, width)]
    yield struct.pack(f"<iiii{len(shown)}i", 7, 11, 4, len(shown), *shown)
    yield _extension(13, "\t".join(f"{column.short}={column.variable.name}" for column in columns).encode())
    long = [column for column in columns if len(column.segments) > 1]
    if long:
        yield _extension(14, b"".join(f"{column.short}={column.width:05d}\0\t".encode() for column in long))
    yield struct.pack("<iiii2q", 7, 16, 8, 2, 1, cases)
    yield _extension(20, b"UTF-8")


def _extension(kind: int, content: bytes) -> bytes:
    return struct.pack("<iiii", 7, kind, 1, len(content)) + content


def _display(column: Column, width: int) -> tuple[int, int, int]:
    """Level of measurement, width of the column on the screen, alignment (0 left, 1 right)."""
    if column.width:
        return _NOMINAL, min(40, max(8, width)), 0
    if column.variable.kind is Kind.CODE:
        return _ORDINAL if column.variable.ordered else _NOMINAL, 12, 1
    return _NOMINAL if column.variable.kind is Kind.FLAG else _CONTINUOUS, 12, 1


def _padded(text: str, size: int) -> bytes:
    return text.encode().ljust(size)
