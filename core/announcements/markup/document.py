"""Formatted text as values: blocks of characters, each with its styles. One text has one such form.

Styles belong to characters, so what is bold and partly struck out needs no tree, and both spellings can be written
from the same walk along the characters.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

NEWLINE = "\n"
BOLD, ITALIC, UNDERLINE, STRIKE, CODE = "b", "i", "u", "s", "code"
LINK = "a:"
"""Begins the style of a character that opens an address; the address follows."""

Styles = frozenset[str]
PLAIN: Styles = frozenset()


class BlockKind(StrEnum):
    TEXT = "text"
    QUOTE = "blockquote"
    PRE = "pre"
    """As it is typed, every character as wide as the others."""


@dataclass(frozen=True, slots=True)
class Cell:
    char: str
    styles: Styles = PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    kind: BlockKind
    cells: tuple[Cell, ...] = ()

    @property
    def is_blank(self) -> bool:
        return all(one.char.isspace() for one in self.cells)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one kind; a newline stands between them as a cell."""

    kind: BlockKind
    cells: tuple[Cell, ...]


class LineBuilder:
    """Takes characters in their order; a block that begins in the middle of a line breaks it."""

    def __init__(self) -> None:
        self._done: list[Line] = []
        self._cells: list[Cell] = []
        self._kind = BlockKind.TEXT
        self._apart = False

    def begin_block(self) -> None:
        self._apart = True

    def add(self, char: str, kind: BlockKind, styles: Styles) -> None:
        if self._cells and (kind is not self._kind or self._apart) and char != NEWLINE:
            self._end(self._kind)
        self._apart = False
        if char == NEWLINE:
            self._end(self._kind if self._cells else kind)
            return
        self._kind = kind
        self._cells.append(Cell(char, styles))

    def lines(self) -> list[Line]:
        self._end(self._kind if self._cells else BlockKind.TEXT)
        return self._done

    def _end(self, kind: BlockKind) -> None:
        self._done.append(Line(kind, tuple(self._cells)))
        self._cells = []


def visible(char: str) -> bool:
    """Whether a message can hold it: no control characters, no halves of a character."""
    return char == NEWLINE or unicodedata.category(char) not in ("Cc", "Cs")


def arrange(lines: Iterable[Line]) -> list[Block]:
    """The one form of a text: nothing empty at its ends, blocks without blank edges, styles that hug their words."""
    kept = _without_blank_ends([_bare_if_blank(one) for one in _blank_edges_as_text(list(lines))])
    return [
        Block(kind, _hugging(_joined([one.cells for one in group]), kind))
        for kind, group in groupby(kept, key=lambda one: one.kind)
    ]


def _blank_edges_as_text(lines: Sequence[Line]) -> Iterator[Line]:
    for _, group in groupby(lines, key=lambda one: one.kind):
        rows = list(group)
        filled = [number for number, one in enumerate(rows) if not one.is_blank]
        for number, one in enumerate(rows):
            inside = filled and filled[0] <= number <= filled[-1]
            yield one if inside else Line(BlockKind.TEXT, one.cells)


def _bare_if_blank(line: Line) -> Line:
    return Line(line.kind) if line.is_blank else line


def _without_blank_ends(lines: list[Line]) -> list[Line]:
    filled = [number for number, one in enumerate(lines) if not one.is_blank]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _joined(rows: Sequence[tuple[Cell, ...]]) -> list[Cell]:
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        if number:
            cells.append(Cell(NEWLINE))
        cells.extend(row)
    return cells


def _hugging(cells: list[Cell], kind: BlockKind) -> tuple[Cell, ...]:
    """Spaces between words are styled only as both their neighbours are, so a style begins and ends at a word."""
    if kind is BlockKind.PRE:
        return tuple(Cell(one.char) for one in cells)
    found: list[Cell] = []
    for is_space, group in groupby(enumerate(cells), key=lambda pair: pair[1].char.isspace()):
        run = list(group)
        if not is_space:
            found.extend(_exclusive(cell) for _, cell in run)
            continue
        first, last = run[0][0], run[-1][0]
        before = _exclusive(cells[first - 1]).styles if first else PLAIN
        after = _exclusive(cells[last + 1]).styles if last + 1 < len(cells) else PLAIN
        shared = before & after
        for _, cell in run:
            # A newline lies between two lines and says nothing of itself.
            shared = shared if cell.char == NEWLINE else shared & _exclusive(cell).styles
        found.extend(Cell(cell.char, shared) for _, cell in run)
    return tuple(found)


def _exclusive(cell: Cell) -> Cell:
    """Code is nothing but code (Bot API, formatting options)."""
    return Cell(cell.char, frozenset({CODE})) if CODE in cell.styles else cell
