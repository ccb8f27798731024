"""Tokens → syntax tree. A Pratt parser: one loop, precedence from a table (XPath 1.0, section 3)."""

from core.surveys.expressions.evaluator import build
from core.surveys.expressions.faults import bare_name, unexpected
from core.surveys.expressions.functions import FUNCTIONS
from core.surveys.expressions.refused import unknown
from core.surveys.expressions.special import SPECIAL
from core.surveys.expressions.syntax import (
    MAX_DEPTH,
    Call,
    Chain,
    ChoiceName,
    Column,
    Dot,
    Expression,
    ExpressionError,
    Literal,
    Negation,
    Node,
    Once,
    Reference,
    walk,
)
from core.surveys.expressions.tokens import Kind, Token, tokens

PRECEDENCE = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(("=", "!="), 3),
    **dict.fromkeys(("<", "<=", ">", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "div", "mod"), 6),
}
_UNARY = 7


def compile_expression(source: str, *, columns: bool = False) -> Expression:
    """Compile once, evaluate often. Raises ExpressionError with the place and Russian advice.

    With `columns` (a choice_filter) a bare name stands for a column of the list of choices.
    """
    root = _Parser(source, columns=columns).whole()
    nodes = list(walk(root))
    return Expression(
        source,
        root,
        build(root),
        references=tuple(node for node in nodes if isinstance(node, Reference)),
        columns=tuple(node for node in nodes if isinstance(node, Column)),
        labels_of=tuple(node.question for node in nodes if isinstance(node, ChoiceName)),
        uses_dot=any(isinstance(node, Dot) for node in nodes),
        uses_once=any(isinstance(node, Once) for node in nodes),
    )


class _Parser:
    def __init__(self, source: str, *, columns: bool) -> None:
        self._columns = columns
        self._tokens = tokens(source)
        self._token = next(self._tokens)
        self._depth = 0

    def whole(self) -> Node:
        root = self._expression(0)
        if self._token.kind is not Kind.END:
            raise unexpected(self._token)
        return root

    def _next(self) -> Token:
        """Tokens come one by one, so that a refused function is reported before the strange things within it."""
        token = self._token
        self._token = next(self._tokens, token)
        return token

    def _expression(self, above: int) -> Node:
        """Everything that binds tighter than `above`."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionError(self._token.position, f"вложено глубже {MAX_DEPTH} уровней: упростите выражение")
        node = self._operand()
        while (level := self._operator_level()) > above:
            node = self._chain(node, level)
        self._depth -= 1
        return node

    def _operator_level(self) -> int:
        token = self._token
        return PRECEDENCE.get(token.text, 0) if token.kind in {Kind.SIGN, Kind.NAME} else 0

    def _chain(self, first: Node, level: int) -> Chain:
        rest: list[tuple[str, Node]] = []
        while self._operator_level() == level:
            operator = self._next().text
            rest.append((operator, self._expression(level)))
        return Chain(first, tuple(rest))

    def _operand(self) -> Node:
        token = self._next()
        match token.kind:
            case Kind.NUMBER:
                return Literal(float(token.text), token.position)
            case Kind.STRING:
                return Literal(token.text, token.position)
            case Kind.REFERENCE:
                return Reference(token.text, token.position)
            case Kind.NAME:
                return self._name(token)
            case _:
                return self._sign(token)

    def _sign(self, token: Token) -> Node:
        if token.is_sign("-"):
            return Negation(self._expression(_UNARY))
        if token.is_sign("("):
            node = self._expression(0)
            self._close(token)
            return node
        if token.is_sign("."):
            return Dot(token.position)
        if token.kind is Kind.END:
            raise ExpressionError(token.position, "выражение обрывается: не хватает значения")
        raise ExpressionError(token.position, f"на месте «{token.text}» ожидается значение")

    def _name(self, name: Token) -> Node:
        if self._token.is_sign("("):
            return self._call(name)
        if self._columns:
            return Column(name.text, name.position)
        raise bare_name(name)

    def _call(self, name: Token) -> Node:
        signature = SPECIAL.get(name.text) or FUNCTIONS.get(name.text)
        if signature is None:
            raise ExpressionError(name.position, unknown(name.text))
        arguments = self._arguments()
        if not signature.takes(len(arguments)):
            raise ExpressionError(
                name.position,
                f"у {name.text}() должно быть значений в скобках: {signature.wanted}, а дано: {len(arguments)}",
            )
        special = SPECIAL.get(name.text)
        return special.make(name, arguments) if special else Call(name.text, arguments)

    def _arguments(self) -> tuple[Node, ...]:
        opening = self._next()
        if self._token.is_sign(")"):
            self._next()
            return ()
        arguments = [self._expression(0)]
        while self._token.is_sign(","):
            self._next()
            arguments.append(self._expression(0))
        self._close(opening)
        return tuple(arguments)

    def _close(self, opening: Token) -> None:
        token = self._next()
        if token.kind is Kind.END:
            raise ExpressionError(opening.position, "скобка открыта, но не закрыта")
        if not token.is_sign(")"):
            raise unexpected(token)
