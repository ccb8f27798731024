"""Numbers. Outside a function's domain the result is NaN, beyond the largest number it is infinite (as in Java)."""

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal

from core.surveys.expressions.functions.signature import Function
from core.surveys.expressions.values import Operand, to_number

_MAX_PLACES = 30
"""Decimal places round() knows of, as in ODK; more give NaN."""
_EXACT = Context(prec=400)
"""Digits enough for the largest number with the most places."""


def _round(value: Operand, places: Operand = 0.0) -> float:
    """Halves go up, also below zero, as in XPath; ODK's second value gives decimal places."""
    number, wanted = to_number(value), to_number(places)
    if not math.isfinite(number):
        return number
    if not abs(wanted) <= _MAX_PLACES:
        return math.nan
    return _quantized(number, math.trunc(wanted), ROUND_HALF_UP if number > 0 else ROUND_HALF_DOWN)


def _to_whole(rounding: str) -> Callable[[Operand], float]:
    def run(value: Operand) -> float:
        number = to_number(value)
        return _quantized(number, 0, rounding) if math.isfinite(number) else number

    return run


def _quantized(number: float, places: int, rounding: str) -> float:
    """On the decimal digits a person sees: 1.005 with two places is 1.01."""
    step = Decimal(1).scaleb(-places)
    return float(Decimal(repr(number)).quantize(step, rounding=rounding, context=_EXACT))


def _int(value: Operand) -> float:
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _total(compute: Callable[[float], float], overflow: float = math.inf) -> Callable[[Operand], float]:
    """A function of one number that raises nothing."""

    def run(value: Operand) -> float:
        try:
            return compute(to_number(value))
        except OverflowError:
            return overflow
        except ValueError:
            return math.nan

    return run


def _logarithm(compute: Callable[[float], float]) -> Callable[[Operand], float]:
    return _total(lambda number: compute(number) if number != 0 else -math.inf)


def _pow(value: Operand, power: Operand) -> float:
    base, exponent = to_number(value), to_number(power)
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        return math.inf if base == 0 else math.nan


MATHEMATICS: dict[str, Function] = {
    "number": Function(1, 1, to_number),
    "int": Function(1, 1, _int),
    "round": Function(1, 2, _round),
    "floor": Function(1, 1, _to_whole(ROUND_FLOOR)),
    "ceiling": Function(1, 1, _to_whole(ROUND_CEILING)),
    "abs": Function(1, 1, lambda value: abs(to_number(value))),
    "pow": Function(2, 2, _pow),
    "sqrt": Function(1, 1, _total(math.sqrt)),
    "exp": Function(1, 1, _total(math.exp)),
    "exp10": Function(1, 1, lambda power: _pow(10.0, power)),
    "log": Function(1, 1, _logarithm(math.log)),
    "log10": Function(1, 1, _logarithm(math.log10)),
    "pi": Function(0, 0, lambda: math.pi),
    "sin": Function(1, 1, _total(math.sin)),
    "cos": Function(1, 1, _total(math.cos)),
    "tan": Function(1, 1, _total(math.tan)),
    "asin": Function(1, 1, _total(math.asin)),
    "acos": Function(1, 1, _total(math.acos)),
    "atan": Function(1, 1, _total(math.atan)),
    "atan2": Function(2, 2, lambda y, x: math.atan2(to_number(y), to_number(x))),
}
