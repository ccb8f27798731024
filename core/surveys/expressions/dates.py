"""Dates and times as ODK stores them: ISO 8601 texts, and days since 1 January 1970.

A time counts by the clock of the place where it was written down: an offset is read and not applied. One
municipality lies in one zone, so differences come out right, and a date never jumps at midnight.
"""

import math
import re
from datetime import date, datetime, time, timedelta

_TIME = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_CLOCK = re.compile(_TIME)
_MOMENT = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}})(?:T{_TIME})?")
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock, see above
_DAY = timedelta(days=1)


def read_moment(text: str) -> datetime | None:
    """`2026-05-01` or `2026-05-01T10:20:30.500+03:00`, by its own clock; None for anything else."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction = match.groups()
    try:
        clock = _clock(hour or "0", minute or "0", second, fraction)
        return datetime.combine(date(int(year), int(month), int(day)), clock)
    except ValueError:
        return None


def read_clock(text: str) -> time | None:
    """`18:30` or `18:30:15.250+03:00`; None for anything else."""
    match = _CLOCK.fullmatch(text)
    try:
        return _clock(*match.groups()) if match else None
    except ValueError:
        return None


def _clock(hour: str, minute: str, second: str | None, fraction: str | None) -> time:
    return time(int(hour), int(minute), int(second or "0"), int((fraction or "")[:6].ljust(6, "0")))


def days_of(text: str) -> float:
    """Days since 1 January 1970, with a fraction for the time of day; NaN for what is no date."""
    moment = read_moment(text)
    return math.nan if moment is None else days_since(moment)


def days_since(moment: datetime) -> float:
    return (moment - _EPOCH) / _DAY


def moment_of(days: float) -> datetime | None:
    """The inverse of days_since; None beyond the years 1 to 9999."""
    try:
        return _EPOCH + timedelta(days=days)
    except (OverflowError, ValueError):
        return None


def write_date(moment: datetime) -> str:
    return moment.date().isoformat()


def write_moment(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
