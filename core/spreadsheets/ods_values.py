"""What stands in a cell of LibreOffice: its value where it has a type, else its paragraphs."""

import re

from core.spreadsheets.cells import cell_text, plain_text
from core.spreadsheets.markup import Attributes

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TIME = re.compile(r"PT(\d{1,3})H(\d{1,2})M")
_MOST_BLANKS = 1000
_NUMBERS = frozenset({"float", "percentage", "currency"})


class Cell:
    """Fed with the elements within it; `repeats` is how many columns it stands for."""

    def __init__(self, attributes: Attributes, repeats: int) -> None:
        self.repeats = repeats
        self._attributes = attributes
        self._type = attributes.get(f"{OFFICE} value-type", "")
        self._pieces: list[str] = []
        self._paragraphs = self._open = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name in {"p", "h"}:
            self._open += 1
            self._paragraphs += 1
            if self._paragraphs > 1:
                self._pieces.append("\n")
        elif name == "s":
            count = attributes.get(f"{TEXT} c", "1")
            self._pieces.append(" " * min(int(count), _MOST_BLANKS))
        else:
            self._pieces.append("\t" if name == "tab" else "\n")

    def end(self, name: str) -> None:
        if name in {"p", "h"}:
            self._open -= 1

    def text(self, data: str) -> None:
        """Blanks between elements are no text."""
        if self._open:
            self._pieces.append(data)

    @property
    def is_unknown(self) -> bool:
        """A formula that no program has worked out."""
        return f"{TABLE} formula" in self._attributes and not self._type and not self._pieces

    def value(self) -> str:
        """Raises ValueError for a number that is none."""
        shown = plain_text("".join(self._pieces))
        if self._type in _NUMBERS and not shown.startswith(("Err:", "#")):
            return cell_text(float(self._said("value")))
        if self._type == "date":
            return plain_text(self._said("date-value").removesuffix("T00:00:00"))[:16]
        if self._type == "time":
            found = _TIME.match(self._said("time-value"))
            return f"{int(found[1]):02}:{int(found[2]):02}" if found else shown
        if self._type == "boolean":
            return cell_text(self._said("boolean-value") == "true")
        return shown or plain_text(self._said("string-value"))

    def _said(self, name: str) -> str:
        return self._attributes.get(f"{OFFICE} {name}", "")
