"""Quiet hours and no-send days: from which moment on a message may go (SPEC §5)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.errors import AppError
from core.outgoing.model import SendingRules

WEEK = 7
MIDNIGHT = time(0)


def allowed_from(moment: datetime, rules: SendingRules, timezone: str) -> datetime:
    """The moment itself when messages may go at it, otherwise the next one at which they may, in UTC.

    `timezone` is an IANA name. Raises AppError sending.always_silent for rules that never let anything out.
    """
    check_some_day(rules)
    zone = ZoneInfo(timezone)
    local = moment.astimezone(zone)
    for day in _open_days(local.date(), rules):
        for start, end in open_hours(rules):
            if day > local.date() or local.time() < start:
                return datetime.combine(day, start, zone).astimezone(UTC)
            if end is None or local.time() < end:
                return moment
    raise AssertionError("some day of the week is open, and the single silent days come to an end")


def check_some_day(rules: SendingRules) -> None:
    """Raises AppError sending.always_silent when no day of the week is left."""
    if len(rules.silent_weekdays) >= WEEK:
        raise AppError("sending.always_silent")


def is_silent(day: date, rules: SendingRules) -> bool:
    """Nothing goes out on this day, unless somebody waits for it."""
    return day.weekday() in rules.silent_weekdays or day in rules.silent_days


def open_hours(rules: SendingRules) -> tuple[tuple[time, time | None], ...]:
    """From and up to which time of an open day messages go; None: to the end of the day.

    Quiet hours that begin when they end are none.
    """
    quiet_from, quiet_to = rules.quiet_from, rules.quiet_to
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return ((MIDNIGHT, None),)
    if quiet_from > quiet_to:
        return ((quiet_to, quiet_from),)
    evening = (quiet_to, None)
    return (evening,) if quiet_from == MIDNIGHT else ((MIDNIGHT, quiet_from), evening)


def _open_days(first: date, rules: SendingRules) -> Iterator[date]:
    for ahead in range(WEEK * (len(rules.silent_days) + 2)):
        day = first + timedelta(days=ahead)
        if not is_silent(day, rules):
            yield day
