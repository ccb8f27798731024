"""Functions that look at more than the values of their arguments."""

from collections.abc import Callable
from dataclasses import dataclass

from core.surveys.expressions.formatting import SIGNS, unknown_sign
from core.surveys.expressions.functions.signature import Signature
from core.surveys.expressions.patterns import PatternError, read_pattern
from core.surveys.expressions.syntax import (
    Call,
    ChoiceName,
    Dot,
    ExpressionError,
    Literal,
    Match,
    Moment,
    Node,
    Once,
)
from core.surveys.expressions.tokens import REFERENCE, Token

_Arguments = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Special(Signature):
    make: Callable[[Token, _Arguments], Node]
    """From the name as written and the arguments; raises ExpressionError."""


def _of_the_answer(name: Token, arguments: _Arguments) -> Node:
    """Without a value, it is about the answer being checked."""
    return Call(name.text, arguments or (Dot(name.position),))


def _formatted(name: Token, arguments: _Arguments) -> Node:
    pattern = arguments[1]
    if isinstance(pattern, Literal) and isinstance(pattern.value, str):
        place = unknown_sign(pattern.value)
        if place is not None:
            sign = pattern.value[place : place + 2]
            raise ExpressionError(_within(pattern, place), f"обозначения {sign} нет; бывают: {SIGNS}")
    return Call(name.text, arguments)


def _regex(name: Token, arguments: _Arguments) -> Node:
    text, pattern = arguments
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        raise ExpressionError(name.position, "образец в regex() пишется прямо здесь, текстом в кавычках: '[0-9]+'")
    try:
        return Match(text, read_pattern(pattern.value))
    except PatternError as error:
        raise ExpressionError(_within(pattern, error.offset), error.message) from error


def _within(literal: Literal, offset: int) -> int:
    """Position of a sign within a text; the quotation mark comes before it."""
    return literal.position + 1 + offset


def _choice_name(name: Token, arguments: _Arguments) -> Node:
    value, question = arguments
    reference = (
        REFERENCE.fullmatch(question.value.strip())
        if isinstance(question, Literal) and isinstance(question.value, str)
        else None
    )
    if reference is None:
        raise ExpressionError(
            name.position, f"второе значение {name.text}() — ссылка на вопрос в кавычках: '${{имя_вопроса}}'"
        )
    return ChoiceName(value, reference.group(1))


SPECIAL: dict[str, Special] = {
    "string-length": Special(0, 1, _of_the_answer),
    "normalize-space": Special(0, 1, _of_the_answer),
    "once": Special(1, 1, lambda _, arguments: Once(arguments[0])),
    "today": Special(0, 0, lambda _name, _arguments: Moment(with_time=False)),
    "now": Special(0, 0, lambda _name, _arguments: Moment(with_time=True)),
    "format-date": Special(2, 2, _formatted),
    "format-date-time": Special(2, 2, _formatted),
    "regex": Special(2, 2, _regex),
    "jr:choice-name": Special(2, 2, _choice_name),
}
