"""Texts as documents can hold them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.russian import MONTHS

_HEADING = "# "


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; `level` 0 is plain text, 1 the title, 2 a heading."""

    level: int
    text: str


def blocks(document: str) -> Iterator[Block]:
    """Of a text in which lines that begin with `# ` are headings; the first one is the title."""
    level = 1
    for line in filter(None, map(str.strip, document.splitlines())):
        if line.startswith(_HEADING):
            yield Block(level, printable(line.removeprefix(_HEADING)))
            level = 2
        else:
            yield Block(0, printable(line))


def printable(text: str) -> str:
    """Without control characters and halves of characters, which neither XML nor a font knows; one line."""
    kept = "".join(" " if one.isspace() else one for one in text if one.isspace() or not _unprintable(one))
    return " ".join(kept.split())


def _unprintable(one: str) -> bool:
    return unicodedata.category(one) in {"Cc", "Cs", "Co", "Cn"}


def long_day(day: date) -> str:
    """«22 мая 2027 года»."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} года"
