"""The sheet that every chart is drawn on: own white card, text that is wrapped because nobody measures it.

Colours keep 3:1 against the card (WCAG 2.2, 1.4.11), text 4.5:1, and no meaning rests on colour alone.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

WIDTH = 800
MARGIN = 40
INNER = WIDTH - 2 * MARGIN

INK = "#16212e"
SOFT = "#4d5b6a"
TRACK = "#e9eef4"
EDGE = "#d3dbe4"
CARD = "#ffffff"
FILL = "#2c67c8"
TARGET = "#a8320a"
AVERAGE = "#16212e"
BANDS = ("#8193a6", "#3d73b6", "#244f96", "#132b54", "#060f1f")
"""From the mildest level to the strongest: light to dark, so that a grey print keeps the order."""

NO_DATA = "нет данных"
_CHARACTER = 0.58
"""Width of a character as a part of the size; Manrope's Cyrillic is about that wide on average."""


@dataclass(slots=True)
class Sheet:
    """Collects elements from top to bottom; `y` is where the next one may begin."""

    title: str
    description: str
    y: float = MARGIN
    parts: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    """What the picture says, in words, for those who cannot see it."""

    def add(self, element: str) -> None:
        self.parts.append(element)

    def text(self, x: float, y: float, content: str, size: float = 21, **look: str) -> None:
        """`look`: weight, colour, anchor."""
        self.add(
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" font-weight="{look.get("weight", "400")}" '
            f'fill="{look.get("colour", INK)}" text-anchor="{look.get("anchor", "start")}">{clean(content)}</text>'
        )

    def lines(self, content: str, size: float, width: float = INNER, x: float = MARGIN, **look: str) -> None:
        """Wrapped text at `y`, which moves on below it."""
        for line in wrap(content, size, width):
            self.text(x, self.y + size, line, size, **look)
            self.y += size * 1.32

    def heading(self) -> None:
        self.lines(self.title, 29, weight="700")
        if self.description:
            self.y += 6
            self.lines(self.description, 20, colour=SOFT)
        self.y += 18

    def render(self) -> str:
        """The whole picture; the card ends a margin below the last element."""
        height = round(self.y + MARGIN)
        body = "".join(self.parts)
        name = "c" + hashlib.sha256(f"{self.title}{body}".encode()).hexdigest()[:10]
        words = ". ".join([*filter(None, [self.description]), *self.facts])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" role="img" aria-labelledby="{name}-t {name}-d" '
            f'font-family="Manrope, system-ui, sans-serif">'
            f'<title id="{name}-t">{clean(self.title)}</title><desc id="{name}-d">{clean(words)}</desc>'
            f'<rect x="1" y="1" width="{WIDTH - 2}" height="{height - 2}" rx="20" fill="{CARD}" '
            f'stroke="{EDGE}" stroke-width="2"/>{body}</svg>'
        )


def clean(content: str) -> str:
    """Escaped for XML, without the control characters that XML cannot hold."""
    return escape("".join(one if one.isprintable() or one == " " else " " for one in content))


def wrap(content: str, size: float, width: float) -> list[str]:
    """Lines that should fit; a word longer than a line is cut."""
    limit = max(4, int(width / (size * _CHARACTER)))
    lines: list[str] = []
    for word in _pieces(content.split(), limit):
        if lines and len(lines[-1]) + 1 + len(word) <= limit:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def number(value: float) -> str:
    """In Russian: a comma, at most one decimal."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def text_width(content: str, size: float) -> float:
    """A guess, on the wide side."""
    return len(content) * size * _CHARACTER


def _pieces(words: Iterable[str], limit: int) -> Iterable[str]:
    for word in words:
        for start in range(0, len(word), limit):
            yield word[start : start + limit]
