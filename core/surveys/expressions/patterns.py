"""Regular expressions that cannot hang: RE2 needs time in proportion to the text, whatever the pattern.

Syntax: https://github.com/google/re2/wiki/Syntax. Java's lookaround and back references are not in it.
"""

from dataclasses import dataclass, field
from typing import Any

import re2  # type: ignore[import-untyped] # the wheel brings no types

_MAX_MEMORY = 1 << 20
"""Bytes one pattern may take."""

_ADVICE = {
    "invalid perl operator": "такой проверки в образцах здесь нет; разбейте её на несколько regex(), соединённых and",
    "invalid escape sequence": "такого обозначения в образцах нет; цифра — [0-9], буква — [А-Яа-яЁё]",
    "invalid character class": "такого набора знаков нет; русская буква — [А-Яа-яЁё], цифра — [0-9]",
    "invalid repetition size": "повторений бывает не больше 1000",
    "bad repetition operator": "два знака повторения подряд; оставьте один",
    "no argument for repetition": "перед знаком повторения нечего повторять",
    "missing ]": "квадратная скобка образца открыта, но не закрыта",
    "missing )": "круглая скобка образца открыта, но не закрыта",
    "unexpected )": "круглая скобка образца закрыта, но не открыта",
    "trailing \\": "после \\ в конце образца должен стоять знак",
    "pattern too large": "образец слишком велик; уменьшите числа повторений",
}


class PatternError(Exception):
    """A pattern cannot be used. `offset` counts characters of the pattern from 0, `message` is Russian."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


@dataclass(frozen=True, slots=True)
class Pattern:
    source: str
    compiled: Any = field(compare=False, repr=False)

    def fits(self, text: str) -> bool:
        """Whether the whole text fits, as in ODK."""
        # A lone surrogate is no UTF-8, yet RE2 takes it for a sign like any other.
        return self.compiled.fullmatch(text.encode("utf-8", "surrogatepass")) is not None


def read_pattern(source: str) -> Pattern:
    """Raises PatternError with advice in Russian."""
    if "&&[" in source:
        raise PatternError(source.index("&&["), "пересечения наборов знаков здесь нет; перечислите знаки: [а-я]")
    try:
        return Pattern(source, re2.compile(source.encode(), _options()))
    except re2.error as error:
        raise _explained(source, error.args[0].decode("utf-8", "replace")) from error


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = _MAX_MEMORY
    options.log_errors = False
    return options


def _explained(source: str, reason: str) -> PatternError:
    """RE2 says `what is wrong: the part it stumbled at`."""
    _, _, part = reason.partition(": ")
    advice = next((text for start, text in _ADVICE.items() if reason.startswith(start)), "образец записан неверно")
    return PatternError(max(source.find(part), 0) if part else 0, advice)
