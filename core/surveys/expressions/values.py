"""The values of XPath 1.0 (https://www.w3.org/TR/1999/REC-xpath-19991116/): text, number, true or false.

Dates are texts in ISO 8601, as XForms stores them, and turn into days where a number is wanted, as in ODK.
Nothing here raises: what makes no sense is NaN or ''. An unanswered question is ''.
"""

import math
import re
from decimal import Decimal

from core.surveys.expressions.dates import days_of

Operand = str | float | bool

MAX_TEXT = 20_000
"""Characters a computed text may have; what is beyond is cut off. Five messages of Telegram."""

# XPath's numbers know no exponent, and neither does a person filling in a form.
_NUMBER = re.compile(r"[ \t\r\n]*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*")
_EXACT = 2.0**53


def to_number(value: Operand) -> float:
    """XPath's number(): NaN for what is not one, '' included. A date counts in days since 1970."""
    if isinstance(value, str):
        return float(value) if _NUMBER.fullmatch(value) else days_of(value)
    return float(value)


def to_text(value: Operand) -> str:
    """XPath's string(): whole numbers without a point, never an exponent."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_boolean(value: Operand) -> bool:
    """XPath's boolean(): '' , 0 and NaN are false."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def words(value: Operand) -> list[str]:
    """The names in an answer with several choices."""
    return to_text(value).split()
