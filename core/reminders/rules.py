"""When to remind of a thing, and what is still of use after downtime. Pure; times of day are the municipality's."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.clock import local_date
from core.errors import AppError
from core.reminders.model import RuleView, Whom

LONGEST_DAYS = 366
LONGEST_HOURS = 72
MOST = 10
"""Reminders of one thing by one rule; more would only annoy."""
LONGEST_REPEAT = 60
WORDS_LENGTH = 600
USEFUL_FOR = timedelta(days=3)
"""After downtime: a reminder later than that is dropped."""

Anchor = date | datetime
"""What is reminded of: a day of the municipality, or a moment of one."""


@dataclass(frozen=True, slots=True)
class Due:
    """`slot` names the rule's `whom`, the thing's day or moment, and the moment of the reminder."""

    due_at: datetime
    slot: str
    useful_until: datetime


@dataclass(frozen=True, slots=True)
class Window:
    """Later than `start`, up to `end`."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        return self.start < moment <= self.end


class Fate(StrEnum):
    """Of a reminder whose time has come."""

    SEND = "send"
    NEWER = "newer"
    """A later one about the same thing is due as well."""
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A reminder whose time has come; `thing` is what one reminder is enough for."""

    id: int
    thing: Hashable
    due_at: datetime
    useful_until: datetime


def offsets(rule: RuleView) -> tuple[int, ...]:
    """Days before the thing on which it is reminded of, the earliest first; repeats go on until the day itself."""
    days = set(rule.before_days)
    if rule.repeat_days and days:
        days |= set(range(min(days) - rule.repeat_days, -1, -rule.repeat_days))
    return tuple(sorted(days, reverse=True))


def dues(anchor: Anchor, rule: RuleView, timezone: str) -> list[Due]:
    """All reminders of one thing, in order; two that fall together are one, one after the thing's end is none.

    A day ends with the midnight after it, so on the day itself there is still something to remind of.
    """
    zone = ZoneInfo(timezone)
    end = ending(anchor, timezone)
    day = local_date(anchor, timezone) if isinstance(anchor, datetime) else anchor
    moments = {_moment(day - timedelta(days=one), rule.at, zone) for one in offsets(rule)}
    if isinstance(anchor, datetime):
        moments |= {anchor.astimezone(UTC) - timedelta(hours=one) for one in rule.before_hours}
    return [Due(one, slot(rule.whom, anchor, one), min(one + USEFUL_FOR, end)) for one in sorted(moments) if one < end]


def ending(anchor: Anchor, timezone: str) -> datetime:
    """From when on there is nothing left to remind of."""
    if isinstance(anchor, datetime):
        return anchor.astimezone(UTC)
    return _moment(anchor + timedelta(days=1), time(), ZoneInfo(timezone))


def anchor_days(rule: RuleView, window: Window, timezone: str) -> list[date]:
    """Days of things of which the rule may remind within the window."""
    first, last = local_date(window.start, timezone), local_date(window.end, timezone)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return sorted({day + timedelta(days=one) for day in days for one in offsets(rule)})


def slot(whom: Whom, anchor: Anchor, due_at: datetime) -> str:
    """At most 60 characters."""
    return f"{whom.value} {told(anchor)} {told(due_at)}"


def told(anchor: Anchor) -> str:
    """The day, or the moment in UTC to the minute."""
    if isinstance(anchor, datetime):
        return anchor.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return anchor.isoformat()


def anchor_told(slot_: str) -> str:
    """The thing's day or moment as the slot has it: when it says something else now, the thing was moved."""
    return slot_.split(" ")[1]


def settle(arrived: Iterable[Arrived], now: datetime) -> dict[int, Fate]:
    """What becomes of reminders that are due: of each thing the latest that is still useful is sent, no other."""
    fates: dict[int, Fate] = {}
    best: dict[Hashable, Arrived] = {}
    for one in arrived:
        if one.useful_until <= now:
            fates[one.id] = Fate.LATE
            continue
        other = best.get(one.thing)
        newer = other is None or (one.due_at, one.id) > (other.due_at, other.id)
        if other is not None:
            fates[(other if newer else one).id] = Fate.NEWER
        if newer:
            best[one.thing] = one
    return fates | {one.id: Fate.SEND for one in best.values()}


def check(rule: RuleView) -> None:
    """Raises reminder.days_unsound, reminder.hours_unsound, reminder.repeat_unsound, reminder.never,
    reminder.words_long."""
    if not _sound(rule.before_days, 0, LONGEST_DAYS):
        raise AppError("reminder.days_unsound", most=MOST, longest=LONGEST_DAYS)
    if not _sound(rule.before_hours, 1, LONGEST_HOURS):
        raise AppError("reminder.hours_unsound", most=MOST, longest=LONGEST_HOURS)
    if rule.repeat_days is not None and not 1 <= rule.repeat_days <= LONGEST_REPEAT:
        raise AppError("reminder.repeat_unsound", longest=LONGEST_REPEAT)
    if not rule.before_days and not rule.before_hours:
        raise AppError("reminder.never")
    if len(rule.words) > WORDS_LENGTH:
        raise AppError("reminder.words_long", limit=WORDS_LENGTH)


def _sound(numbers: tuple[int, ...], least: int, longest: int) -> bool:
    return (
        len(numbers) <= MOST and len(set(numbers)) == len(numbers) and all(least <= one <= longest for one in numbers)
    )


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
