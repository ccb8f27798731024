"""Text of an expression → tokens, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from core.surveys.expressions.syntax import MAX_LENGTH, ExpressionError


class Kind(Enum):
    NUMBER = auto()
    STRING = auto()
    REFERENCE = auto()
    NAME = auto()
    SIGN = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    position: int


# No alternative can give back what it took and try another way, so matching is linear.
_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<NUMBER>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
      | (?P<STRING>'[^']*'|"[^"]*")
      | (?P<REFERENCE>\$\{[ ]*[A-Za-z_][A-Za-z0-9_.-]*[ ]*\})
      | (?P<NAME>[A-Za-z_][A-Za-z0-9_:-]*)
      | (?P<SIGN><=|>=|!=|[=<>+*().,-])""",
    re.VERBOSE,
)

_ADVICE = {
    "'": "кавычка открыта, но не закрыта",
    '"': "кавычка открыта, но не закрыта",
    "$": "ссылка на вопрос пишется так: ${имя_вопроса}, имя латинскими буквами",
    "/": "деление пишется словом div, а путей к вопросам здесь нет: пишите ${имя_вопроса}",
    "&": "«и» пишется словом and",
    "|": "«или» пишется словом or",
    "!": "«не равно» пишется !=, отрицание — not(…)",
    "%": "остаток от деления пишется словом mod",
    "[": "отбор в квадратных скобках не поддерживается",
    "«": "нужны прямые кавычки: '…'",
    "“": "нужны прямые кавычки: '…'",
    "”": "нужны прямые кавычки: '…'",
    "‘": "нужны прямые кавычки: '…'",
    "’": "нужны прямые кавычки: '…'",
    "–": "нужен обычный минус: -",
    "−": "нужен обычный минус: -",
    "≤": "«не больше» пишется <=",
    "≥": "«не меньше» пишется >=",
    "≠": "«не равно» пишется !=",
}


def tokens(source: str) -> Iterator[Token]:
    """All tokens and END. Raises ExpressionError at the first sign that fits nowhere."""
    if len(source) > MAX_LENGTH:
        raise ExpressionError(MAX_LENGTH + 1, f"выражение длиннее {MAX_LENGTH} знаков: разбейте его на части")
    place = 0
    while place < len(source):
        match = _TOKEN.match(source, place)
        if match is None:
            raise ExpressionError(place + 1, _advice(source[place]))
        if match.lastgroup != "space":
            yield _token(match)
        place = match.end()
    yield Token(Kind.END, "", len(source) + 1)


def _token(match: re.Match[str]) -> Token:
    kind = Kind[str(match.lastgroup)]
    text = match.group()
    if kind is Kind.STRING:
        text = text[1:-1]
    elif kind is Kind.REFERENCE:
        text = text[2:-1].strip()
    return Token(kind, text, match.start() + 1)


def _advice(sign: str) -> str:
    if sign in _ADVICE:
        return _ADVICE[sign]
    if sign.isalpha():
        return f"«{sign}»: имена и слова выражения пишутся латинскими буквами, а текст — в прямых кавычках"
    return f"непонятный знак «{sign}»"
