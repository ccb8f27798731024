"""Dates and years as schools write them: «12.03.2021г.», «март 2021», «2021 г.», 44267."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from core.importing.findings import Found, Unreadable
from core.importing.words import plain, shown

OLDEST = 1940
"""Year before which nothing of a working person's record can lie."""
_Made = Callable[["re.Match[str]", date], tuple[int, int, int]]
_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel."""
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH = r"(янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]{0,6}\.?"
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2}) ?([./,-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_SPOKEN = re.compile(rf"(?<!\d)(\d{{1,2}}) ?{_MONTH} ?(\d{{4}})(?!\d)")
_MONTHLY = re.compile(rf"(?<![а-я]){_MONTH} ?(\d{{4}})(?!\d)")
_NUMBERED_MONTH = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{4})(?!\d)")
_YEAR = re.compile(r"(?<![\d.,№/])(?<!№ )((?:19|20)\d{2})(?!\d| ?ч)")
_TAKEN = "\0"
"""In the place of a date that one form has read, so that no other does."""
_DIGITS = re.compile(r"\d\d")
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,12})?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date out of a text. `exact` is False when the day had to be made up: the first of the month or year."""

    on: date
    exact: bool
    start: int
    end: int


def moments(text: str, today: date) -> list[Moment]:
    """Every date in the text by place, in `plain` letters. Raises Unreadable for a day that no calendar has."""
    seen: list[Moment] = []
    if not _DIGITS.search(text):
        return seen
    for pattern, made in _FORMS:

        def take(found: "re.Match[str]", made: _Made = made, exact: bool = pattern in _EXACT) -> str:
            seen.append(_moment(found, made(found, today), exact=exact))
            return _TAKEN * len(found.group())

        text = pattern.sub(take, text)
    return sorted(seen, key=lambda moment: moment.start)


def read_date(text: str, today: date) -> Found[date]:
    """The one date of a cell, not before 1940 and not after today. Raises Unreadable."""
    found = serial(text) or _first(text, today)
    if not found.on.year >= OLDEST or found.on > today:
        raise Unreadable(
            f"{shown(text)}: дата должна быть не раньше {OLDEST} года и не позже сегодняшнего дня. Исправьте её"
        )
    remark = "" if found.exact else f"{shown(text)}: день не указан, записано {found.on:%d.%m.%Y}"
    return Found(found.on, remark)


def serial(text: str) -> Moment | None:
    """A date that Excel shows as the number of days: 44267."""
    if not _SERIAL.fullmatch(text.strip()):
        return None
    return Moment(_EPOCH + timedelta(days=int(float(text))), exact=True, start=0, end=len(text))


def read_birth_year(text: str, today: date) -> Found[int]:
    """Year out of a birth date or a year alone; the person is 16 to 100 years old. Raises Unreadable."""
    year = (serial(text) or _first(text, today)).on.year
    if not today.year - 100 <= year <= today.year - 16:
        raise Unreadable(f"{shown(text)}: человеку должно быть от 16 до 100 лет. Исправьте дату или год рождения")
    return Found(year)


def _first(text: str, today: date) -> Moment:
    found = moments(plain(text), today)
    if not found:
        raise Unreadable(f"{shown(text)}: это не дата. Напишите день, месяц и год, например 12.03.2021")
    return found[0]


def _moment(found: "re.Match[str]", parts: tuple[int, int, int], *, exact: bool) -> Moment:
    try:
        return Moment(date(*parts), exact, found.start(), found.end())
    except ValueError as error:
        raise Unreadable(
            f"{shown(found.group())}: такой даты в календаре нет. Напишите день, месяц и год, например 12.03.2021"
        ) from error


def _full_year(text: str, today: date) -> int:
    """Two digits mean the last hundred years: «21» is 2021, «85» is 1985."""
    year = int(text)
    if len(text) > 2:
        return year
    return 2000 + year if 2000 + year <= today.year + 1 else 1900 + year


def _dotted(found: "re.Match[str]", today: date) -> tuple[int, int, int]:
    return _full_year(found[4], today), int(found[3]), int(found[1])


def _iso(found: "re.Match[str]", _: date) -> tuple[int, int, int]:
    return int(found[1]), int(found[2]), int(found[3])


def _spoken(found: "re.Match[str]", _: date) -> tuple[int, int, int]:
    return int(found[3]), _month(found[2]), int(found[1])


def _monthly(found: "re.Match[str]", _: date) -> tuple[int, int, int]:
    return int(found[2]), _month(found[1]), 1


def _numbered_month(found: "re.Match[str]", _: date) -> tuple[int, int, int]:
    return int(found[2]), int(found[1]), 1


def _yearly(found: "re.Match[str]", _: date) -> tuple[int, int, int]:
    return int(found[1]), 1, 1


def _month(word: str) -> int:
    return next(number for number, stem in enumerate(_MONTHS, start=1) if word.startswith(stem))


_FORMS = (
    (_ISO, _iso),
    (_DOTTED, _dotted),
    (_SPOKEN, _spoken),
    (_MONTHLY, _monthly),
    (_NUMBERED_MONTH, _numbered_month),
    (_YEAR, _yearly),
)
"""The most telling first: what one form has taken no later one reads again."""
_EXACT = (_ISO, _DOTTED, _SPOKEN)
