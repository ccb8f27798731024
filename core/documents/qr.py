"""QR codes for paper: as dark runs to be drawn, and as a picture."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

_CORRECTION = "m"
"""15 % may be lost: a fold or a stain. More would make the modules too small for old cameras."""


@dataclass(frozen=True, slots=True)
class Run:
    """Dark modules side by side; in modules from the upper left corner, quiet zone not counted."""

    row: int
    column: int
    length: int


def runs(text: str) -> tuple[int, list[Run]]:
    """The side of the symbol in modules, and its dark parts."""
    import segno  # noqa: PLC0415 - only a sheet needs it

    matrix = segno.make(text, error=_CORRECTION, micro=False, boost_error=False).matrix
    return len(matrix), [run for row, line in enumerate(matrix) for run in _runs_of(row, line)]


def _runs_of(row: int, line: bytearray) -> Iterator[Run]:
    start = None
    for column, dark in enumerate([*line, 0]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield Run(row, start, column - start)
            start = None


def picture(text: str) -> bytes:
    """PNG, black on white, with its quiet zone."""
    import segno  # noqa: PLC0415 - only a sheet needs it

    made = io.BytesIO()
    segno.make(text, error=_CORRECTION, micro=False, boost_error=False).save(made, kind="png", scale=8, border=2)
    return made.getvalue()
