"""Dates in words: the %-signs of ODK's format-date and format-date-time, months and weekdays in Russian."""

import re
from collections.abc import Callable
from datetime import datetime

from core.surveys.expressions.values import MAX_TEXT

_SIGN = re.compile(r"%(.?)", re.DOTALL)
_DAY_OF_MONTH = re.compile(r"%[de]")

_MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_MONTHS_OF = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_MONTHS_SHORT = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_DAYS_SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")

_WRITERS: dict[str, Callable[[datetime], str]] = {
    "%": lambda _: "%",
    "Y": lambda moment: f"{moment.year:04}",
    "y": lambda moment: f"{moment.year % 100:02}",
    "m": lambda moment: f"{moment.month:02}",
    "n": lambda moment: str(moment.month),
    "b": lambda moment: _MONTHS_SHORT[moment.month - 1],
    "B": lambda moment: _MONTHS[moment.month - 1],
    "d": lambda moment: f"{moment.day:02}",
    "e": lambda moment: str(moment.day),
    "a": lambda moment: _DAYS_SHORT[moment.weekday()],
    "A": lambda moment: _DAYS[moment.weekday()],
    "W": lambda moment: str(moment.isocalendar().week),
    "H": lambda moment: f"{moment.hour:02}",
    "h": lambda moment: str(moment.hour),
    "M": lambda moment: f"{moment.minute:02}",
    "S": lambda moment: f"{moment.second:02}",
    "3": lambda moment: f"{moment.microsecond // 1000:03}",
}

SIGNS = ", ".join(f"%{sign}" for sign in _WRITERS)


def unknown_sign(pattern: str) -> int | None:
    """Where a pattern has a sign that means nothing, counted from 0."""
    return next((match.start() for match in _SIGN.finditer(pattern) if match.group(1) not in _WRITERS), None)


def formatted(moment: datetime, pattern: str) -> str:
    """Signs that mean nothing stay as they are. With a day beside it the month is declined: 5 мая 2026."""
    declined = _DAY_OF_MONTH.search(pattern) is not None

    def write(match: re.Match[str]) -> str:
        if match.group(1) == "B" and declined:
            return _MONTHS_OF[moment.month - 1]
        writer = _WRITERS.get(match.group(1))
        return writer(moment) if writer else match.group()

    return _SIGN.sub(write, pattern[:MAX_TEXT])[:MAX_TEXT]
