"""Syntax tree → value. Total: it raises nothing, and its time grows with the expression only."""

import math
from collections.abc import Callable
from operator import ge, gt, le, lt
from typing import assert_never

from core.surveys.expressions.functions import FUNCTIONS, Operand, to_boolean, to_number
from core.surveys.expressions.syntax import Call, Chain, Dot, Expression, Literal, Negation, Node, Reference

Lookup = Callable[[str], str]
"""Text of the answer or fact of that name; '' when there is none."""


def evaluate(expression: Expression, lookup: Lookup, dot: str = "") -> Operand:
    """The value of an expression; `dot` is the answer being checked."""
    return _value(expression.root, lookup, dot)


def is_true(expression: Expression, lookup: Lookup, dot: str = "") -> bool:
    return to_boolean(_value(expression.root, lookup, dot))


def _value(node: Node, lookup: Lookup, dot: str) -> Operand:
    match node:
        case Literal(value):
            return value
        case Reference(name, _):
            return lookup(name)
        case Dot():
            return dot
        case Negation(operand):
            return -to_number(_value(operand, lookup, dot))
        case Call(function, arguments):
            return FUNCTIONS[function].run([_value(argument, lookup, dot) for argument in arguments])
        case Chain(first, rest):
            return _chain(first, rest, lookup, dot)
        case _:
            assert_never(node)


def _chain(first: Node, rest: tuple[tuple[str, Node], ...], lookup: Lookup, dot: str) -> Operand:
    result = _value(first, lookup, dot)
    for operator, node in rest:
        if operator == "or":
            result = to_boolean(result) or to_boolean(_value(node, lookup, dot))
        elif operator == "and":
            result = to_boolean(result) and to_boolean(_value(node, lookup, dot))
        else:
            result = _OPERATORS[operator](result, _value(node, lookup, dot))
    return result


def _equal(left: Operand, right: Operand) -> bool:
    """XPath: compared as truth if either is a truth value, as numbers if either is one, else as text."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left) == to_number(right)
    return left == right


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


_OPERATORS: dict[str, Callable[[Operand, Operand], Operand]] = {
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
