"""Text of an expression → tokens, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from core.surveys.expressions.advice import SLIPS, advice
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

    def is_sign(self, text: str) -> bool:
        return self.kind is Kind.SIGN and self.text == text


# XML's NCName: letters of any alphabet; decomposed ones («й» of two signs, from a Mac) bring combining marks.
_NAME = r"[^\W\d][\w.·\u0300-\u036f-]*"
# Spaces that one cannot see come along when a formula is copied from a web page.
_SPACE = r"[ \t\r\n\u00a0\u200b\ufeff]"

REFERENCE = re.compile(rf"\$\{{{_SPACE}*({_NAME}){_SPACE}*\}}")

# No alternative can give back what it took and try another way, so matching is linear.
_TOKEN = re.compile(
    rf"""(?P<space>{_SPACE}+)
      | (?P<NUMBER>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
      | (?P<STRING>'[^']*'|"[^"]*")
      | (?P<REFERENCE>{REFERENCE.pattern})
      | (?P<NAME>{_NAME}(?::{_NAME})?)
      | (?P<SIGN><=|>=|!=|[=<>+*().,-])""",
    re.VERBOSE,
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def tokens(source: str) -> Iterator[Token]:
    """All tokens and END. Raises ExpressionError at the first sign that fits nowhere."""
    if len(source) > MAX_LENGTH:
        raise ExpressionError(MAX_LENGTH + 1, f"выражение длиннее {MAX_LENGTH} знаков: разбейте его на части")
    if broken := _SURROGATE.search(source):
        raise ExpressionError(broken.start() + 1, "испорченный знак: наберите это место заново")
    place = 0
    while place < len(source):
        match = None if SLIPS.match(source, place) else _TOKEN.match(source, place)
        if match is None:
            raise ExpressionError(place + 1, advice(source, place))
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
        text = text[2:-1].strip(" \t\r\n\u00a0\u200b\ufeff")
    return Token(kind, text, match.start() + 1)
