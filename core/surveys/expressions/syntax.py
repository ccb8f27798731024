"""What an expression is made of (XLSForm `relevant`, `constraint`, `calculation`, `choice_filter`)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import assert_never

from core.surveys.expressions.patterns import Pattern
from core.surveys.expressions.scope import Scope
from core.surveys.expressions.values import Operand

MAX_LENGTH = 8_000
"""Characters an expression may have; the longest calculations of real forms stay under half of it."""
MAX_DEPTH = 100
"""How deep parts may be nested; room for a long ladder of if(), yet far from Python's own limit."""


class ExpressionError(Exception):
    """An expression cannot be understood. `position` counts characters from 1, `message` is Russian."""

    def __init__(self, position: int, message: str) -> None:
        super().__init__(f"знак {position}: {message}")
        self.position = position
        self.message = message


@dataclass(frozen=True, slots=True)
class Literal:
    value: str | float
    position: int


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`: the answer to a question, or a fact."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Column:
    """A bare name in a choice_filter: what the choice has in that column of its list."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Dot:
    """`.`: the answer being checked."""

    position: int


@dataclass(frozen=True, slots=True)
class Moment:
    """`today()` or, with time, `now()`."""

    with_time: bool


@dataclass(frozen=True, slots=True)
class Negation:
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators of one precedence, left to right; a loop, so that a long list does not nest."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Once:
    """`once(value)`: what the question had before, if it had anything."""

    value: "Node"


@dataclass(frozen=True, slots=True)
class Match:
    """`regex(text, 'pattern')`: whether the whole text fits."""

    text: "Node"
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class ChoiceName:
    """`jr:choice-name(value, '${question}')`: the label of a choice."""

    value: "Node"
    question: str


Node = Literal | Reference | Column | Dot | Moment | Negation | Chain | Call | Once | Match | ChoiceName


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in the order of the text."""
    yield node
    for child in _children(node):
        yield from walk(child)


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case Negation(child) | Once(child) | Match(child) | ChoiceName(child):
            return (child,)
        case Chain(first, rest):
            return (first, *(operand for _, operand in rest))
        case Call(_, arguments):
            return arguments
        case Literal() | Reference() | Column() | Dot() | Moment():
            return ()
        case _:
            assert_never(node)


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression compiled once. Two are equal when they were written the same."""

    source: str
    root: Node = field(compare=False, repr=False)
    run: Callable[[Scope], Operand] = field(compare=False, repr=False)
    references: tuple[Reference, ...] = field(compare=False, repr=False)
    """Every `${name}` whose answer counts, in the order of the text."""
    columns: tuple[Column, ...] = field(compare=False, repr=False)
    """Every bare name of a choice_filter."""
    labels_of: tuple[str, ...] = field(compare=False, repr=False)
    """Names of the questions whose labels jr:choice-name() needs."""
    uses_dot: bool = field(compare=False, repr=False)
    uses_once: bool = field(compare=False, repr=False)
