"""What stands in a cell, as the text a person would have typed."""

import math
from datetime import date, datetime, time
from decimal import Decimal

_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_UNSEEN = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000), 0xFEFF, 0xFFFE, 0xFFFF)
)
"""Control characters and halves of characters: nobody sees them, and databases refuse some."""


def cell_text(value: object) -> str:
    """'' for an empty cell. Numbers without a needless point, dates as ISO 8601, TRUE and FALSE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, date | time):
        return _moment(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n\u00a0\u200b\ufeff")


def is_error(text: str) -> bool:
    """A formula came to nothing, and Excel says so in the cell."""
    return text in _ERRORS


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def _moment(value: date | time) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat(timespec="minutes") if isinstance(value, datetime | time) else value.isoformat()


def plain_text(text: str) -> str:
    """As cell_text, without characters that cannot be seen or stored; line breaks and tabs stay."""
    return cell_text(text if text.isascii() and text.isprintable() else text.translate(_UNSEEN))
