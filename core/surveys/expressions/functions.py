"""What an expression can compute with: one table, one entry a function.

Values are those of XPath 1.0 (https://www.w3.org/TR/1999/REC-xpath-19991116/): text, number, true or
false. Nothing here raises: what makes no sense is NaN, as there. An unanswered question is ''.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

Operand = str | float | bool

# XPath's numbers know no exponent, and neither does a person filling in a form.
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_MAX_PLACES = 15


def to_number(value: Operand) -> float:
    """XPath's number(): NaN for what is not one, '' included."""
    if isinstance(value, str):
        stripped = value.strip(" \t\r\n")
        return float(stripped) if _NUMBER.fullmatch(stripped) else math.nan
    return float(value)


def to_text(value: Operand) -> str:
    """XPath's string(): whole numbers without a point, never an exponent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    text = format(Decimal(repr(value)), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def to_boolean(value: Operand) -> bool:
    """XPath's boolean(): '' , 0 and NaN are false."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


@dataclass(frozen=True, slots=True)
class Function:
    at_least: int
    at_most: int
    run: Callable[[Sequence[Operand]], Operand]


def _selected(arguments: Sequence[Operand]) -> bool:
    return to_text(arguments[1]).strip() in to_text(arguments[0]).split()


def _count_selected(arguments: Sequence[Operand]) -> float:
    return float(len(to_text(arguments[0]).split()))


def _if(arguments: Sequence[Operand]) -> Operand:
    return arguments[1] if to_boolean(arguments[0]) else arguments[2]


def _coalesce(arguments: Sequence[Operand]) -> Operand:
    return next((argument for argument in arguments if to_text(argument) not in {"", "NaN"}), "")


def _whole(arguments: Sequence[Operand]) -> float:
    number = to_number(arguments[0])
    return float(math.trunc(number)) if math.isfinite(number) else number


def _round(arguments: Sequence[Operand]) -> float:
    """Halves go up, as in XPath; the second argument of ODK's round gives decimal places."""
    number = to_number(arguments[0])
    places = to_number(arguments[1]) if len(arguments) > 1 else 0.0
    if not math.isfinite(number) or not math.isfinite(places):
        return math.nan if math.isnan(places) else number
    scale = 10.0 ** max(-_MAX_PLACES, min(_MAX_PLACES, math.trunc(places)))
    scaled = number * scale
    return math.floor(scaled + 0.5) / scale if math.isfinite(scaled) else number


FUNCTIONS: dict[str, Function] = {
    "not": Function(1, 1, lambda arguments: not to_boolean(arguments[0])),
    "true": Function(0, 0, lambda _: True),
    "false": Function(0, 0, lambda _: False),
    "selected": Function(2, 2, _selected),
    "count-selected": Function(1, 1, _count_selected),
    "if": Function(3, 3, _if),
    "coalesce": Function(2, 20, _coalesce),
    "string-length": Function(1, 1, lambda arguments: float(len(to_text(arguments[0])))),
    "number": Function(1, 1, lambda arguments: to_number(arguments[0])),
    "int": Function(1, 1, _whole),
    "round": Function(1, 2, _round),
}

REFUSED: dict[str, str] = {
    "regex": "проверка по образцу пока не поддерживается; ограничьте длину: string-length(.) <= 20",
    "jr:choice-name": "сравнивайте с именем варианта, а не с его подписью: ${вопрос} = 'имя'",
    "once": "ответ и так не вычисляется заново; напишите выражение без once",
    "indexed-repeat": "повторы в чате не показать; задайте вопросы по отдельности",
    "pulldata": "внешних таблиц у анкеты нет; перенесите варианты в списки",
}
"""Functions of other programs, with what to do instead."""
