"""The HTML spelling: the small set of tags that messengers share (Bot API, HTML style)."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

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
    Line,
    LineBuilder,
    Styles,
    visible,
)
from core.errors import AppError

_TAG = re.compile(r'<(/?)([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:\s*=\s*"[^"<>]*")?)*)\s*>')
_ADDRESS = re.compile(r'\shref\s*=\s*"([^"]*)"')
_STYLES = {
    "b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC, "u": UNDERLINE, "ins": UNDERLINE,
    "s": STRIKE, "strike": STRIKE, "del": STRIKE, "code": CODE,
}  # fmt: skip
_BLOCKS = {"blockquote": BlockKind.QUOTE, "pre": BlockKind.PRE}
_PASSED_OVER = ("span", "tg-")
"""What a messenger adds of its own (spoilers, its own emoji): the words in it stay."""

DEEPEST = 30
"""Tags within tags; a text has no use for more."""
_ORDER = (BOLD, ITALIC, UNDERLINE, STRIKE, CODE)
"""How tags are nested when we write them; a link is outside all of them."""
_IN_ADDRESS = {"(": "%28", ")": "%29", '"': "%22", "<": "%3C", ">": "%3E", "\\": "%5C", "`": "%60", "'": "%27"}


@dataclass(slots=True)
class _Reader:
    checked_address: Callable[[str], str]
    builder: LineBuilder = field(default_factory=LineBuilder)
    open: list[tuple[str, str]] = field(default_factory=list)
    """(tag, style) of what is open now; a style of "" changes nothing."""
    kind: BlockKind = BlockKind.TEXT

    def text(self, piece: str) -> None:
        styles = self._styles()
        for char in html.unescape(piece).replace("\r\n", NEWLINE):
            if visible(char):
                self.builder.add(char, self.kind, styles)

    def begin(self, tag: str, attributes: str, position: int) -> None:
        if len(self.open) == DEEPEST:
            raise AppError("announcement.bad_markup", position=position, mark=f"<{tag}>")
        if tag in _BLOCKS:
            if self.kind is not BlockKind.TEXT:
                raise AppError("announcement.bad_markup", position=position, mark=f"<{tag}>")
            self.kind = _BLOCKS[tag]
            self.builder.begin_block()
            self.open.append((tag, ""))
        elif tag == "a":
            found = _ADDRESS.search(attributes)
            self.open.append((tag, LINK + self.checked_address(html.unescape(found[1]) if found else "")))
        elif tag in _STYLES or tag.startswith(_PASSED_OVER):
            self.open.append((tag, _STYLES.get(tag, "")))
        else:
            raise AppError("announcement.bad_markup", position=position, mark=f"<{tag}>")

    def end(self, tag: str, position: int) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise AppError("announcement.bad_markup", position=position, mark=f"</{tag}>")
        self.open.pop()
        if tag in _BLOCKS:
            self.kind = BlockKind.TEXT
            self.builder.begin_block()

    def _styles(self) -> Styles:
        styles = [style for _, style in self.open if style]
        links = [style for style in styles if style.startswith(LINK)]
        # Of links within links the inner one counts.
        return frozenset(style for style in styles if not style.startswith(LINK)) | frozenset(links[-1:])


def read(source: str, checked_address: Callable[[str], str]) -> list[Line]:
    """Raises announcement.bad_markup with `position` (from 1) and `mark`, and what `checked_address` raises."""
    reader = _Reader(checked_address)
    at = 0
    while at < len(source):
        opening = source.find("<", at)
        reader.text(source[at : opening if opening >= 0 else len(source)])
        if opening < 0:
            break
        tag = _TAG.match(source, opening)
        if tag is None:
            raise AppError("announcement.bad_markup", position=opening + 1, mark="<")
        closing, name, attributes = tag.groups()
        if closing:
            reader.end(name.lower(), opening + 1)
        else:
            reader.begin(name.lower(), attributes, opening + 1)
        at = tag.end()
    if reader.open:
        raise AppError("announcement.bad_markup", position=len(source), mark=f"<{reader.open[-1][0]}>")
    return reader.builder.lines()


def write(blocks: Sequence[Block]) -> str:
    return NEWLINE.join(_block(one) for one in blocks)


def plain(blocks: Sequence[Block]) -> str:
    return NEWLINE.join("".join(cell.char for cell in one.cells) for one in blocks)


def safe_address(address: str) -> str:
    """With what would end an address in either spelling written as per cent and digits."""
    return "".join(_IN_ADDRESS.get(char, char) for char in address)


def _block(block: Block) -> str:
    inner = _styled(block.cells)
    return inner if block.kind is BlockKind.TEXT else f"<{block.kind}>{inner}</{block.kind}>"


def _styled(cells: Sequence[Cell]) -> str:
    parts: list[str] = []
    open_now: list[str] = []
    for cell in (*cells, Cell("", PLAIN)):
        wanted = _nested(cell.styles)
        same = 0
        while same < min(len(open_now), len(wanted)) and open_now[same] == wanted[same]:
            same += 1
        parts.extend(_closing(one) for one in reversed(open_now[same:]))
        parts.extend(_opening(one) for one in wanted[same:])
        open_now = wanted
        parts.append(html.escape(cell.char, quote=False))
    return "".join(parts)


def _nested(styles: Styles) -> list[str]:
    links = [one for one in styles if one.startswith(LINK)]
    return links + [one for one in _ORDER if one in styles]


def _opening(style: str) -> str:
    return f'<a href="{html.escape(style[len(LINK) :])}">' if style.startswith(LINK) else f"<{style}>"


def _closing(style: str) -> str:
    return "</a>" if style.startswith(LINK) else f"</{style}>"
