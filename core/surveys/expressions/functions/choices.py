"""Answers with several choices: names with spaces between."""

import math

from core.surveys.expressions.functions.signature import Function
from core.surveys.expressions.values import Operand, to_number, to_text, words


def _selected(answer: Operand, name: Operand) -> bool:
    return to_text(name).strip() in words(answer)


def _selected_at(answer: Operand, place: Operand) -> str:
    """The name at a place counted from 0; '' beyond the last one."""
    names, at = words(answer), to_number(place)
    if not math.isfinite(at) or not 0 <= math.trunc(at) < len(names):
        return ""
    return names[math.trunc(at)]


def _count_selected(answer: Operand) -> float:
    return float(len(words(answer)))


CHOICES: dict[str, Function] = {
    "selected": Function(2, 2, _selected),
    "is-selected": Function(2, 2, _selected),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, _count_selected),
}
