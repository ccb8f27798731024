"""Operators of XPath 1.0, section 3, but for and, or and the unary minus."""

import math
from collections.abc import Callable
from operator import ge, gt, le, lt

from core.surveys.expressions.values import Operand, to_boolean, to_number


def _equal(left: Operand, right: Operand) -> bool:
    """XPath: compared as truth if either is a truth value, as numbers if either is one, else as text."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    return to_number(left) == to_number(right)


def _order(compare: Callable[[float, float], bool]) -> Callable[[Operand, Operand], bool]:
    return lambda left, right: compare(to_number(left), to_number(right))


def _divide(left: Operand, right: Operand) -> float:
    dividend, divisor = to_number(left), to_number(right)
    if divisor != 0:
        return dividend / divisor
    if dividend == 0 or math.isnan(dividend):
        return math.nan
    return math.copysign(math.inf, dividend) * math.copysign(1.0, divisor)


def _remainder(left: Operand, right: Operand) -> float:
    """XPath's mod: the sign is that of the dividend."""
    dividend, divisor = to_number(left), to_number(right)
    if math.isinf(dividend) or divisor == 0:
        return math.nan
    return math.fmod(dividend, divisor)


OPERATORS: dict[str, Callable[[Operand, Operand], Operand]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": _order(lt),
    "<=": _order(le),
    ">": _order(gt),
    ">=": _order(ge),
    "+": lambda left, right: to_number(left) + to_number(right),
    "-": lambda left, right: to_number(left) - to_number(right),
    "*": lambda left, right: to_number(left) * to_number(right),
    "div": _divide,
    "mod": _remainder,
}
