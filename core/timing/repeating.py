"""Repetitions: every so many days or weeks, or every month, at one time of day where the municipality is."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

LAST_YEAR = 2199
"""Nothing is planned beyond it; keeps a slip of the finger from running to the end of the calendar."""


class Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    """On the day of the month of the first one; in a shorter month on its last day."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """`step` 2 and WEEK: every second week. `until` is the last day on which it may happen; None: no end."""

    every: Every
    first: date
    at: time
    step: int = 1
    until: date | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "every": self.every.value,
            "first": self.first.isoformat(),
            "at": self.at.isoformat("minutes"),
            "step": self.step,
            "until": self.until.isoformat() if self.until else None,
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Repeat | None":
        """None for what repeats never. Raises KeyError, ValueError for anything that `to_json` does not write."""
        if not content:
            return None
        until = content.get("until")
        return cls(
            Every(content["every"]),
            date.fromisoformat(content["first"]),
            time.fromisoformat(content["at"]),
            int(content["step"]),
            date.fromisoformat(until) if until else None,
        )


def occurrences(repeat: Repeat, timezone: str, after: datetime) -> Iterator[datetime]:
    """The moments later than `after`, in their order, in UTC. `timezone` is an IANA name.

    Where clocks are put on and a time of day does not exist, it happens as much later.
    """
    zone = ZoneInfo(timezone)
    number = _number_before(repeat, after.astimezone(zone).date())
    last = repeat.until or date(LAST_YEAR, 12, 31)
    while (day := _day(repeat, number)) is not None and day <= last:
        moment = datetime.combine(day, repeat.at, zone).astimezone(UTC)
        if moment > after:
            yield moment
        number += 1


def next_after(repeat: Repeat, timezone: str, after: datetime) -> datetime | None:
    """None when it has come to its end."""
    return next(occurrences(repeat, timezone, after), None)


def latest_until(repeat: Repeat, timezone: str, after: datetime, until: datetime) -> datetime | None:
    """The last moment later than `after` and not later than `until`; None when there is none."""
    found = None
    for moment in occurrences(repeat, timezone, after):
        if moment > until:
            break
        found = moment
    return found


def _number_before(repeat: Repeat, day: date) -> int:
    """Number of a repetition that is surely not after the day; the first one is 0."""
    if repeat.every is Every.MONTH:
        months = (day.year - repeat.first.year) * 12 + day.month - repeat.first.month
        return max(0, months // repeat.step - 1)
    days = repeat.step * (7 if repeat.every is Every.WEEK else 1)
    return max(0, (day - repeat.first).days // days - 1)


def _day(repeat: Repeat, number: int) -> date | None:
    """Of that repetition; None beyond the last year."""
    if repeat.every is not Every.MONTH:
        days = number * repeat.step * (7 if repeat.every is Every.WEEK else 1)
        end = date(LAST_YEAR, 12, 31)
        return repeat.first + timedelta(days=days) if days <= (end - repeat.first).days else None
    years, month = divmod(repeat.first.month - 1 + number * repeat.step, 12)
    year = repeat.first.year + years
    if year > LAST_YEAR:
        return None
    # Counted from the first one, so that the 31st comes back after a February.
    return date(year, month + 1, min(repeat.first.day, monthrange(year, month + 1)[1]))
