"""Sums and extremes. What is no number (an unanswered question) is passed over, as ODK does."""

import math

from core.surveys.expressions.functions.signature import Function
from core.surveys.expressions.values import Operand, to_number, to_text, words


def _numbers(values: tuple[Operand, ...]) -> list[float]:
    """ODK takes a nodeset here; a chat has no repeats, so it is the values given, or the words of a single one."""
    if len(values) == 1 and isinstance(values[0], str):
        values = tuple(words(values[0]))
    return [number for number in map(to_number, values) if not math.isnan(number)]


def _sum(*values: Operand) -> float:
    return float(sum(_numbers(values)))


def _min(*values: Operand) -> float:
    return min(_numbers(values), default=math.nan)


def _max(*values: Operand) -> float:
    return max(_numbers(values), default=math.nan)


def _count_non_empty(*values: Operand) -> float:
    return float(sum(to_text(value) != "" for value in values))


SUMMING: dict[str, Function] = {
    "sum": Function(1, None, _sum),
    "min": Function(1, None, _min),
    "max": Function(1, None, _max),
    "count-non-empty": Function(1, None, _count_non_empty),
}
