"""The same spelling as it is written, for who changes a text: `read` makes of it what it was written from."""

from collections.abc import Callable, Iterator, Sequence

from core.announcements.markup.document import (
    BOLD,
    CODE,
    ITALIC,
    LINK,
    NEWLINE,
    PLAIN,
    STRIKE,
    UNDERLINE,
    Block,
    BlockKind,
    Cell,
    Styles,
)
from core.announcements.markup.marks import DOUBLED, FENCE, FENCE_INSIDE, MARK_OF, TICK

_ORDER = (BOLD, ITALIC, UNDERLINE, STRIKE, CODE)


def write(blocks: Sequence[Block]) -> str:
    """What core.announcements.markup.marks.read makes these blocks of."""
    return NEWLINE.join(_WRITERS[one.kind](one.cells) for one in blocks)


def _text(cells: Sequence[Cell]) -> str:
    return NEWLINE.join(
        f"\\{line}" if line.startswith("> ") or line == ">" else line for line in _inline(cells).split(NEWLINE)
    )


def _quote(cells: Sequence[Cell]) -> str:
    return NEWLINE.join(f"> {line}" if line else ">" for line in _inline(cells).split(NEWLINE))


def _pre(cells: Sequence[Cell]) -> str:
    lines = "".join(cell.char for cell in cells).split(NEWLINE)
    return NEWLINE.join([FENCE, *(f"\\{one}" if FENCE_INSIDE.match(one) else one for one in lines), FENCE])


_WRITERS: dict[BlockKind, Callable[[Sequence[Cell]], str]] = {
    BlockKind.TEXT: _text,
    BlockKind.QUOTE: _quote,
    BlockKind.PRE: _pre,
}


def _inline(cells: Sequence[Cell]) -> str:
    parts: list[tuple[str, bool]] = []
    """(what is written, whether it may be taken for a mark)."""
    before = PLAIN
    for cell in (*cells, Cell("", PLAIN)):
        parts.extend((one, False) for one in _switches(before, cell.styles))
        before = cell.styles
        if CODE in cell.styles:
            parts.append((f"\\{cell.char}" if cell.char in ("\\", TICK) else cell.char, False))
        else:
            parts.append((cell.char, True))
    return "".join(_escaped(parts, number) for number in range(len(parts)))


def _switches(before: Styles, after: Styles) -> Iterator[str]:
    """Marks between two characters: what ends, then what begins; a link stands outside all others."""
    for style in reversed(_ORDER):
        if style in before and style not in after:
            yield MARK_OF[style]
    ended = [one for one in before - after if one.startswith(LINK)]
    yield from (f"]({one[len(LINK) :]})" for one in ended)
    yield from ("[" for one in after - before if one.startswith(LINK))
    for style in _ORDER:
        if style in after and style not in before:
            yield MARK_OF[style]


def _escaped(parts: Sequence[tuple[str, bool]], number: int) -> str:
    """A character that would be read as a mark gets a backslash; of a pair of them each one."""
    char, is_text = parts[number]
    if not is_text or not char:
        return char
    if char in ("\\", TICK, "[", "]"):
        return f"\\{char}"
    if char in DOUBLED:
        earlier = parts[number - 1][0][-1:] if number else ""
        later = next((one for one, _ in parts[number + 1 :] if one), "")[:1]
        return f"\\{char}" if char in (earlier, later) else char
    return char
