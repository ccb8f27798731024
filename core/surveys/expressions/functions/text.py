"""Texts: taking apart, putting together."""

import math
import re

from core.surveys.expressions.functions.signature import Function
from core.surveys.expressions.values import MAX_TEXT, Operand, to_number, to_text

_SPACES = re.compile(r"[ \t\r\n]+")


def _substr(text: Operand, start: Operand, end: Operand = math.inf) -> str:
    """ODK's: places from 0, the end not included, negative ones counted from the end of the text."""
    characters = to_text(text)
    return characters[_place(start, len(characters)) : _place(end, len(characters))]


def _place(value: Operand, length: int) -> int:
    number = to_number(value)
    if math.isnan(number):
        return 0
    place = math.trunc(max(-length, min(length, number)))
    return place + length if place < 0 else place


def _substring(text: Operand, start: Operand, length: Operand = math.inf) -> str:
    """XPath's: places from 1, start and length rounded, NaN gives nothing."""
    characters = to_text(text)
    begin = _half_up(to_number(start))
    end = begin + _half_up(to_number(length))
    if math.isnan(begin) or math.isnan(end):
        return ""
    low = max(1.0, min(begin, len(characters) + 1))
    high = max(low, min(end, len(characters) + 1))
    return characters[int(low) - 1 : int(high) - 1]


def _half_up(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


def _before(text: Operand, target: Operand) -> str:
    characters = to_text(text)
    return characters[: max(characters.find(to_text(target)), 0)]


def _after(text: Operand, target: Operand) -> str:
    characters, sought = to_text(text), to_text(target)
    place = characters.find(sought)
    return characters[place + len(sought) :] if place >= 0 else ""


def _translate(text: Operand, old: Operand, new: Operand) -> str:
    """Signs of `old` become those of `new` at the same place, or vanish; the first mention counts."""
    replacements = to_text(new)
    table: dict[int, str | None] = {}
    for place, sign in enumerate(to_text(old)):
        table.setdefault(ord(sign), replacements[place] if place < len(replacements) else None)
    return to_text(text).translate(table)


def _normalize_space(text: Operand) -> str:
    return _SPACES.sub(" ", to_text(text)).strip(" ")


def _join(separator: Operand, *parts: Operand) -> str:
    return to_text(separator).join(to_text(part)[:MAX_TEXT] for part in parts)[:MAX_TEXT]


TEXT: dict[str, Function] = {
    "string": Function(1, 1, to_text),
    "string-length": Function(1, 1, lambda text: float(len(to_text(text)))),
    "normalize-space": Function(1, 1, _normalize_space),
    "contains": Function(2, 2, lambda text, part: to_text(part) in to_text(text)),
    "starts-with": Function(2, 2, lambda text, part: to_text(text).startswith(to_text(part))),
    "ends-with": Function(2, 2, lambda text, part: to_text(text).endswith(to_text(part))),
    "substr": Function(2, 3, _substr),
    "substring": Function(2, 3, _substring),
    "substring-before": Function(2, 2, _before),
    "substring-after": Function(2, 2, _after),
    "translate": Function(3, 3, _translate),
    "concat": Function(0, None, lambda *parts: _join("", *parts)),
    "join": Function(2, None, _join),
}
