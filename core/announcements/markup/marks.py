"""The spelling with marks, for people who type, as it is read: `**жирный**`, `> цитата`, `[слова](https://…)`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from core.announcements.markup.document import (
    BOLD,
    CODE,
    ITALIC,
    LINK,
    NEWLINE,
    PLAIN,
    STRIKE,
    UNDERLINE,
    BlockKind,
    Line,
    LineBuilder,
    Styles,
    visible,
)
from core.errors import AppError

MARKS = {"**": BOLD, "__": ITALIC, "++": UNDERLINE, "~~": STRIKE}
TICK, FENCE = "`", "```"
MARK_OF = {style: mark for mark, style in MARKS.items()} | {CODE: TICK}
DOUBLED = {mark[0] for mark in MARKS}
_SPECIAL = {*DOUBLED, "\\", TICK, "[", "]", "(", ")", ">"}
_IN_CODE = {"\\", TICK, ">"}
_TARGET = re.compile(r"\(([^()\s]*)\)")
FENCE_INSIDE = re.compile(r"\\*```\s*$")


def read(source: str, checked_address: Callable[[str], str]) -> list[Line]:
    """Raises announcement.bad_markup with `position` (from 1) and `mark`, and what `checked_address` raises."""
    text = source.replace("\r\n", NEWLINE)
    builder = LineBuilder()
    for kind, piece in _blocks(text):
        builder.begin_block()
        if kind is BlockKind.PRE:
            for char in piece.text:
                _put(builder, char, kind, PLAIN)
        else:
            _Inline(piece, kind, builder, checked_address).read()
        if not piece.is_last:
            builder.add(NEWLINE, kind, PLAIN)
    return builder.lines()


@dataclass(slots=True)
class _Piece:
    """The inside of a block, and where each of its characters stands in the source."""

    text: str = ""
    positions: list[int] = field(default_factory=list)
    is_last: bool = False


def _blocks(text: str) -> Iterator[tuple[BlockKind, _Piece]]:
    lines = list(_lines(text))
    groups = [(kind, list(group)) for kind, group in groupby(lines, key=lambda one: one[0])]
    for number, (kind, group) in enumerate(groups):
        piece = _Piece(is_last=number == len(groups) - 1)
        for row, (_, line, start) in enumerate(group):
            if row:
                piece.text += NEWLINE
                piece.positions.append(start - 1)
            piece.text += line
            piece.positions.extend(range(start, start + len(line)))
        yield kind, piece


def _lines(text: str) -> Iterator[tuple[BlockKind, str, int]]:
    """(kind, what stands in the line without the mark of the block, position of its first character)."""
    fence: int | None = None
    at = 0
    for line in text.split(NEWLINE):
        if line.rstrip() == FENCE:
            fence = at if fence is None else None
        elif fence is not None:
            inside = FENCE_INSIDE.match(line) is not None
            yield BlockKind.PRE, line[1:] if inside else line, at + inside
        elif line.startswith("> ") or line == ">":
            yield BlockKind.QUOTE, line[2:], at + 2
        else:
            yield BlockKind.TEXT, line, at
        at += len(line) + 1
    if fence is not None:
        raise AppError("announcement.bad_markup", position=fence + 1, mark=FENCE)


def _put(builder: LineBuilder, char: str, kind: BlockKind, styles: Styles) -> None:
    if visible(char):
        builder.add(char, kind, styles)


class _Inline:
    """Reads the inside of one block."""

    def __init__(
        self, piece: _Piece, kind: BlockKind, builder: LineBuilder, checked_address: Callable[[str], str]
    ) -> None:
        self._text = piece.text
        self._positions = piece.positions
        self._kind = kind
        self._builder = builder
        self._checked_address = checked_address
        self._open: dict[str, int] = {}
        self._link: tuple[str, int, int] | None = None
        """(style, where its words end, where it ends)."""
        self._bracket = -1
        """The closing bracket that was found last."""

    def read(self) -> None:
        at = 0
        while at < len(self._text):
            at = self._step(at)
        if self._open:
            style, opened = max(self._open.items(), key=lambda one: one[1])
            raise self._fault(opened, MARK_OF[style])

    def _step(self, at: int) -> int:
        """Reads what begins here; returns where it ends."""
        char = self._text[at]
        if self._link is not None and at == self._link[1]:
            end, self._link = self._link[2], None
            return end
        if char == "\\" and self._text[at + 1 : at + 2] in _SPECIAL:
            self._add(self._text[at + 1])
            return at + 2
        if char == TICK:
            return self._code(at)
        if char in DOUBLED:
            return self._mark(at)
        if char == "[" and self._link is None and (link := self._find_link(at)) is not None:
            self._link = link
        else:
            self._add(char)
        return at + 1

    def _mark(self, at: int) -> int:
        char, end = self._text[at], at
        while end < len(self._text) and self._text[end] == char:
            end += 1
        style = MARKS.get(self._text[at:end])
        if style is not None and style in self._open and not self._is_space(at - 1):
            del self._open[style]
        elif style is not None and style not in self._open and not self._is_space(end):
            self._open[style] = at
        else:
            # «C++ и», «______»: no mark, but what is meant.
            for one in self._text[at:end]:
                self._add(one)
        return end

    def _is_space(self, at: int) -> bool:
        return not 0 <= at < len(self._text) or self._text[at].isspace()

    def _code(self, at: int) -> int:
        end = at + 1
        while end < len(self._text) and self._text[end] != TICK:
            escaped = self._text[end] == "\\" and self._text[end + 1 : end + 2] in _IN_CODE
            end += escaped
            _put(self._builder, self._text[end], self._kind, frozenset({CODE}))
            end += 1
        if end >= len(self._text):
            raise self._fault(at, TICK)
        return end + 1

    def _find_link(self, at: int) -> tuple[str, int, int] | None:
        """A bracket without an address behind it is a bracket."""
        if at >= self._bracket:
            self._bracket = self._next_bracket(at + 1)
        target = _TARGET.match(self._text, self._bracket + 1)
        return (LINK + self._checked_address(target[1]), self._bracket, target.end()) if target else None

    def _next_bracket(self, at: int) -> int:
        """Where the next one closes, the end of the text if none does; looked for once for all that open before it."""
        in_code = False
        while at < len(self._text):
            char = self._text[at]
            if char == "]" and not in_code:
                return at
            if char == TICK:
                in_code = not in_code
            at += 2 if char == "\\" else 1
        return len(self._text)

    def _add(self, char: str) -> None:
        styles = frozenset(self._open) | (frozenset({self._link[0]}) if self._link else PLAIN)
        _put(self._builder, char, self._kind, styles)

    def _fault(self, at: int, mark: str) -> AppError:
        return AppError("announcement.bad_markup", position=self._positions[at] + 1, mark=mark)
