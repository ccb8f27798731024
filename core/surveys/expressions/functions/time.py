"""Dates and times. What is no date, or lies beyond the years 1 to 9999, gives ''."""

import math
from datetime import datetime

from core.surveys.expressions.dates import days_since, moment_of, read_clock, read_moment, write_date, write_moment
from core.surveys.expressions.formatting import formatted
from core.surveys.expressions.functions.signature import Function
from core.surveys.expressions.values import Operand, to_number, to_text

_SECONDS_A_DAY = 86_400


def _moment(value: Operand) -> datetime | None:
    """A text in ISO 8601, or days since 1 January 1970."""
    if isinstance(value, str) and (written := read_moment(value)):
        return written
    days = to_number(value)
    return moment_of(days) if math.isfinite(days) and not isinstance(value, bool) else None


def _date(value: Operand) -> str:
    moment = _moment(value)
    return write_date(moment) if moment else ""


def _date_time(value: Operand) -> str:
    moment = _moment(value)
    return write_moment(moment) if moment else ""


def _decimal_date_time(value: Operand) -> Operand:
    moment = _moment(value)
    return days_since(moment) if moment else ""


def _decimal_time(value: Operand) -> Operand:
    """The fraction of the day that has gone by; also of a time without a date."""
    clock = read_clock(value) if isinstance(value, str) else None
    if clock is None:
        moment = _moment(value)
        if moment is None:
            return ""
        clock = moment.time()
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1_000_000
    return seconds / _SECONDS_A_DAY


def _format(value: Operand, pattern: Operand) -> str:
    moment = _moment(value)
    return formatted(moment, to_text(pattern)) if moment else ""


TIME: dict[str, Function] = {
    "date": Function(1, 1, _date),
    "date-time": Function(1, 1, _date_time),
    "decimal-date-time": Function(1, 1, _decimal_date_time),
    "decimal-time": Function(1, 1, _decimal_time),
    "format-date": Function(2, 2, _format),
    "format-date-time": Function(2, 2, _format),
}
