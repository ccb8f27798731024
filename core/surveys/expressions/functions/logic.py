"""Truth and choosing between values."""

from core.surveys.expressions.functions.signature import Function
from core.surveys.expressions.values import Operand, to_boolean, to_number, to_text


def _if(condition: Operand, then: Operand, otherwise: Operand) -> Operand:
    return then if to_boolean(condition) else otherwise


def _coalesce(*values: Operand) -> Operand:
    """The first value that is not empty; a calculation that came to nothing (NaN) is empty too."""
    return next((value for value in values if to_text(value) not in {"", "NaN"}), "")


def _boolean_from_string(value: Operand) -> bool:
    return to_text(value).lower() in {"true", "1"}


def _holds(value: Operand) -> bool:
    """A checklist counts answers that are exactly `yes`, and conditions that are true."""
    return value is True or value == "yes"


def _within(amount: float, least: Operand, most: Operand) -> bool:
    """-1 means: no such limit."""
    low, high = to_number(least), to_number(most)
    return (low == -1 or amount >= low) and (high == -1 or amount <= high)


def _checklist(least: Operand, most: Operand, *answers: Operand) -> bool:
    return _within(sum(_holds(answer) for answer in answers), least, most)


def _weighted_checklist(least: Operand, most: Operand, *pairs: Operand) -> bool:
    weights = zip(pairs[::2], pairs[1::2], strict=True)
    return _within(sum(to_number(weight) for answer, weight in weights if _holds(answer)), least, most)


LOGIC: dict[str, Function] = {
    "true": Function(0, 0, lambda: True),
    "false": Function(0, 0, lambda: False),
    "not": Function(1, 1, lambda value: not to_boolean(value)),
    "boolean": Function(1, 1, to_boolean),
    "boolean-from-string": Function(1, 1, _boolean_from_string),
    "if": Function(3, 3, _if),
    "coalesce": Function(2, None, _coalesce),
    "checklist": Function(3, None, _checklist),
    "weighted-checklist": Function(4, None, _weighted_checklist, step=2),
}
