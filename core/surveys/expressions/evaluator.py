"""Syntax tree → one Python function. Working it out recurses no deeper than the tree, and raises nothing."""

from collections.abc import Callable
from typing import assert_never

from core.surveys.expressions.dates import write_moment
from core.surveys.expressions.functions import FUNCTIONS
from core.surveys.expressions.operators import OPERATORS
from core.surveys.expressions.scope import Scope
from core.surveys.expressions.syntax import (
    Call,
    Chain,
    ChoiceName,
    Column,
    Dot,
    Expression,
    Literal,
    Match,
    Moment,
    Negation,
    Node,
    Once,
    Reference,
)
from core.surveys.expressions.values import MAX_TEXT, Operand, to_boolean, to_number, to_text, words

Run = Callable[[Scope], Operand]


def evaluate(expression: Expression, scope: Scope) -> Operand:
    """The value: raises nothing, and its time grows with expression and answers only, never faster."""
    return expression.run(scope)


def is_true(expression: Expression, scope: Scope) -> bool:
    return to_boolean(expression.run(scope))


def build(node: Node) -> Run:
    """What the node is worth in a scope. Functions within functions: no search for the kind of node each time."""
    match node:
        case Negation(operand):
            return _negation(build(operand))
        case Chain(first, rest):
            return _chain(build(first), [(operator, build(operand)) for operator, operand in rest])
        case Call(function, arguments):
            return _call(FUNCTIONS[function].run, [build(argument) for argument in arguments])
        case Once() | Match() | ChoiceName():
            return _special(node)
        case _:
            return _leaf(node)


def _special(node: Once | Match | ChoiceName) -> Run:
    match node:
        case Once(value):
            return _once(build(value))
        case Match(text, pattern):
            return _match(build(text), pattern.fits)
        case ChoiceName(value, question):
            return _choice_name(build(value), question)
        case _:
            assert_never(node)


def _leaf(node: Literal | Reference | Column | Dot | Moment) -> Run:
    match node:
        case Literal(value):
            return lambda scope: value
        case Reference(name):
            return lambda scope: scope.lookup(name)
        case Column(name):
            return lambda scope: scope.column(name)
        case Dot():
            return lambda scope: scope.dot
        case Moment(with_time):
            return _now if with_time else _today
        case _:
            assert_never(node)


def _today(scope: Scope) -> str:
    return scope.now.date().isoformat() if scope.now else ""


def _now(scope: Scope) -> str:
    return write_moment(scope.now) if scope.now else ""


def _negation(operand: Run) -> Run:
    return lambda scope: -to_number(operand(scope))


def _once(value: Run) -> Run:
    return lambda scope: scope.dot or value(scope)


def _match(text: Run, fits: Callable[[str], bool]) -> Run:
    return lambda scope: fits(to_text(text(scope)))


def _choice_name(value: Run, question: str) -> Run:
    """Of an answer with several choices, all their labels: a chat shows what was chosen, not codes."""

    def run(scope: Scope) -> Operand:
        labels = (scope.choice_label(question, name) for name in words(value(scope)))
        return ", ".join(label for label in labels if label)[:MAX_TEXT]

    return run


def _call(function: Callable[..., Operand], arguments: list[Run]) -> Run:
    if len(arguments) == 1:
        (only,) = arguments
        return lambda scope: function(only(scope))
    if len(arguments) == 2:
        first, second = arguments
        return lambda scope: function(first(scope), second(scope))
    return lambda scope: function(*[argument(scope) for argument in arguments])


def _chain(first: Run, rest: list[tuple[str, Run]]) -> Run:
    """All operators of a chain have one precedence, so `and` and `or` are never mixed with others."""
    kind = rest[0][0]
    if kind == "or":
        return _until(True, [first, *(operand for _, operand in rest)])
    if kind == "and":
        return _until(False, [first, *(operand for _, operand in rest)])
    if len(rest) == 1:
        operate, second = OPERATORS[kind], rest[0][1]
        return lambda scope: operate(first(scope), second(scope))
    return _fold(first, [(OPERATORS[operator], operand) for operator, operand in rest])


def _until(decisive: bool, operands: list[Run]) -> Run:
    """`and` and `or` stop at the first operand that settles the matter."""

    def run(scope: Scope) -> Operand:
        for operand in operands:
            if to_boolean(operand(scope)) is decisive:
                return decisive
        return not decisive

    return run


def _fold(first: Run, rest: list[tuple[Callable[[Operand, Operand], Operand], Run]]) -> Run:
    def run(scope: Scope) -> Operand:
        result = first(scope)
        for operate, operand in rest:
            result = operate(result, operand(scope))
        return result

    return run
