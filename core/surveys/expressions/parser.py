"""Tokens → syntax tree. A Pratt parser: one loop, precedence from a table (XPath 1.0, section 3)."""

from difflib import get_close_matches

from core.surveys.expressions.functions import FUNCTIONS, REFUSED
from core.surveys.expressions.syntax import (
    MAX_DEPTH,
    Call,
    Chain,
    Dot,
    Expression,
    ExpressionError,
    Literal,
    Negation,
    Node,
    Reference,
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


def compile_expression(source: str) -> Expression:
    """Compile once, evaluate often. Raises ExpressionError with the place and Russian advice."""
    return _Parser(source).whole()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = list(tokens(source))
        self._at = 0
        self._depth = 0
        self._references: list[Reference] = []
        self._uses_dot = False

    def whole(self) -> Expression:
        root = self._expression(0)
        token = self._peek()
        if token.kind is not Kind.END:
            raise ExpressionError(token.position, f"перед «{token.text}» не хватает знака действия")
        return Expression(self._source, root, tuple(self._references), self._uses_dot)

    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._tokens[self._at]
        if token.kind is not Kind.END:
            self._at += 1
        return token

    def _expression(self, above: int) -> Node:
        """Everything that binds tighter than `above`."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionError(self._peek().position, f"вложено глубже {MAX_DEPTH} уровней: упростите выражение")
        node = self._operand()
        while (level := self._operator_level()) > above:
            node = self._chain(node, level)
        self._depth -= 1
        return node

    def _operator_level(self) -> int:
        token = self._peek()
        return PRECEDENCE.get(token.text, 0) if token.kind in {Kind.SIGN, Kind.NAME} else 0

    def _chain(self, first: Node, level: int) -> Chain:
        rest: list[tuple[str, Node]] = []
        while self._operator_level() == level:
            operator = self._next().text
            rest.append((operator, self._expression(level)))
        return Chain(first, tuple(rest))

    def _operand(self) -> Node:
        token = self._next()
        if token.kind is Kind.NUMBER:
            return Literal(float(token.text))
        if token.kind is Kind.STRING:
            return Literal(token.text)
        if token.kind is Kind.REFERENCE:
            return self._reference(token)
        if token.kind is Kind.NAME:
            return self._call(token)
        return self._sign(token)

    def _reference(self, token: Token) -> Reference:
        reference = Reference(token.text, token.position)
        self._references.append(reference)
        return reference

    def _sign(self, token: Token) -> Node:
        if token.text == "-":
            return Negation(self._expression(_UNARY))
        if token.text == "(":
            node = self._expression(0)
            self._close(token)
            return node
        if token.text == ".":
            self._uses_dot = True
            return Dot(token.position)
        if token.kind is Kind.END:
            raise ExpressionError(token.position, "выражение обрывается: не хватает значения")
        raise ExpressionError(token.position, f"на месте «{token.text}» ожидается значение")

    def _call(self, name: Token) -> Call:
        if self._peek().text != "(" or self._peek().kind is not Kind.SIGN:
            raise ExpressionError(
                name.position, f"«{name.text}»: ссылка на вопрос пишется ${{{name.text}}}, текст — '{name.text}'"
            )
        if name.text not in FUNCTIONS:
            raise ExpressionError(name.position, _unknown(name.text))
        opening = self._next()
        arguments = self._arguments(opening)
        _check_count(name, len(arguments))
        return Call(name.text, arguments)

    def _arguments(self, opening: Token) -> tuple[Node, ...]:
        if self._peek().text == ")" and self._peek().kind is Kind.SIGN:
            self._next()
            return ()
        arguments = [self._expression(0)]
        while self._peek().text == "," and self._peek().kind is Kind.SIGN:
            self._next()
            arguments.append(self._expression(0))
        self._close(opening)
        return tuple(arguments)

    def _close(self, opening: Token) -> None:
        token = self._next()
        if token.kind is not Kind.SIGN or token.text != ")":
            raise ExpressionError(opening.position, "скобка открыта, но не закрыта")


def _unknown(name: str) -> str:
    if name in REFUSED:
        return f"{name}(): {REFUSED[name]}"
    close = get_close_matches(name.lower(), FUNCTIONS, n=1)
    hint = f"возможно, {close[0]}()" if close else "известны " + ", ".join(sorted(FUNCTIONS))
    return f"действия {name}() здесь нет; {hint}"


def _check_count(name: Token, count: int) -> None:
    function = FUNCTIONS[name.text]
    if function.at_least <= count <= function.at_most:
        return
    wanted = str(function.at_least)
    if function.at_most > function.at_least:
        wanted += f"–{function.at_most}"
    raise ExpressionError(name.position, f"у {name.text}() должно быть значений в скобках: {wanted}, а дано: {count}")
