"""What the sheets of a workbook of Excel have in common: names of elements, shared texts, formats."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.spreadsheets.cells import plain_text
from core.spreadsheets.markup import Attributes, Handler

_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""As Excel writes it, and as the strict standard has it."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character that XML cannot hold (ECMA-376, 22.9.2.19)."""


def names(*elements: str) -> Mapping[str, str]:
    """For Handler.NAMES."""
    return {f"{namespace} {element}": element for namespace in _NAMESPACES for element in elements}


def typed(text: str) -> str:
    """The text of a cell as people see it."""
    return plain_text(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text)


@dataclass(frozen=True, slots=True)
class Workbook:
    texts: Sequence[str]
    dates: frozenset[str]
    """Styles of cells that show a day or a time."""
    since_1904: bool


@dataclass(slots=True)
class SharedTexts(Handler):
    """Texts that cells name by number; how a text is to be read aloud (rPh) is no part of it."""

    NAMES = names("si", "t", "rPh")
    texts: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _listening: bool = False
    _aloud: bool = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._aloud = True
        else:
            self._listening = not self._aloud

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append(typed("".join(self._pieces)))
        elif name == "rPh":
            self._aloud = False
        else:
            self._listening = False

    def text(self, data: str) -> None:
        if self._listening:
            self._pieces.append(data)
