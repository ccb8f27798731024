"""What a compiled expression is made of (XLSForm `relevant`, `constraint`, `calculation`)."""

from dataclasses import dataclass, field

MAX_LENGTH = 2_000
"""Characters an expression may have."""
MAX_DEPTH = 50
"""How deep parts may be nested; keeps parsing and evaluating far from Python's own limit."""


class ExpressionError(Exception):
    """An expression cannot be understood. `position` counts characters from 1, `message` is Russian."""

    def __init__(self, position: int, message: str) -> None:
        super().__init__(f"знак {position}: {message}")
        self.position = position
        self.message = message


@dataclass(frozen=True, slots=True)
class Literal:
    value: str | float


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`: the answer to a question, or a fact."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Dot:
    """`.`: the answer being checked."""

    position: int


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


Node = Literal | Reference | Dot | Negation | Chain | Call


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression compiled once. Two are equal when they were written the same."""

    source: str
    root: Node = field(compare=False, repr=False)
    references: tuple[Reference, ...] = field(compare=False, repr=False)
    uses_dot: bool = field(compare=False, repr=False)
