"""What a municipality's sending rules may be, how they are stored, and on which day a digest goes. Pure."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from core.clock import local_date
from core.errors import AppError
from core.outgoing.model import SETTING, Merge, SendingRules
from core.timing.hours import allowed_from, check_some_day, is_silent, open_hours

LARGEST_LIMIT = 50
"""Messages to one person a day: more is as good as no limit."""
MOST_SILENT_DAYS = 200
MARGIN = timedelta(minutes=3)
"""So long before a digest nothing is put into it any more: it may be on its way. Longer than a sender's lease."""


def to_json(rules: SendingRules) -> dict[str, Any]:
    return {
        "quiet_from": _written(rules.quiet_from),
        "quiet_to": _written(rules.quiet_to),
        "silent_weekdays": sorted(rules.silent_weekdays),
        "silent_days": [day.isoformat() for day in sorted(rules.silent_days)],
        "daily_limit": rules.daily_limit,
        "digest_at": _written(rules.digest_at),
    }


def from_settings(settings: Mapping[str, Any]) -> SendingRules:
    """A municipality's own rules; before it has any, the quiet hours of its profile and the usual rest."""
    own = settings.get(SETTING)
    if own:
        return _from_json(own)
    quiet = settings.get("quiet_hours")
    if not quiet:
        return SendingRules()
    return SendingRules(quiet_from=_read(quiet["start"]), quiet_to=_read(quiet["end"]))


def check(rules: SendingRules) -> None:
    """Raises AppError sending.* for rules that let nothing out or cannot be followed."""
    check_some_day(rules)
    if (rules.quiet_from is None) != (rules.quiet_to is None):
        raise AppError("sending.half_quiet")
    if rules.quiet_from is not None and rules.quiet_from == rules.quiet_to:
        raise AppError("sending.always_quiet")
    if not 0 <= rules.daily_limit <= LARGEST_LIMIT:
        raise AppError("sending.limit", largest=LARGEST_LIMIT)
    if len(rules.silent_days) > MOST_SILENT_DAYS:
        raise AppError("sending.too_many_days", most=MOST_SILENT_DAYS)
    if not any(start <= rules.digest_at and (end is None or rules.digest_at < end) for start, end in open_hours(rules)):
        raise AppError("sending.quiet_digest")


def fingerprint(rules: SendingRules) -> str:
    """The same for equal rules; so a form knows which ones it showed."""
    return sha256(json.dumps(to_json(rules), sort_keys=True).encode()).hexdigest()[:16]


def day_of(now: datetime, timezone: str) -> tuple[datetime, datetime]:
    """Beginning and end of the municipality's present day."""
    zone, today = ZoneInfo(timezone), local_date(now, timezone)
    start, end = (datetime.combine(day, time(0), zone) for day in (today, today + timedelta(days=1)))
    return start.astimezone(UTC), end.astimezone(UTC)


def digest_after(now: datetime, rules: SendingRules, timezone: str, made: date | None = None) -> Merge:
    """The next digest that surely has not been made yet: today's, or that of the next day on which messages go.

    `made`: the last day whose digest this person has; its time may have been another one then.
    """
    check_some_day(rules)
    zone, day = ZoneInfo(timezone), local_date(now, timezone)
    if made is not None:
        day = max(day, made + timedelta(days=1))
    while is_silent(day, rules) or datetime.combine(day, rules.digest_at, zone) <= now + MARGIN:
        day += timedelta(days=1)
    return Merge(day, digest_of(day, rules, timezone))


def digest_of(day: date, rules: SendingRules, timezone: str) -> datetime:
    """When the digest of that day goes."""
    moment = datetime.combine(day, rules.digest_at, ZoneInfo(timezone)).astimezone(UTC)
    return allowed_from(moment, rules, timezone)


def coming(rules: SendingRules, today: date) -> list[date]:
    """Single no-send days that are not over, in order."""
    return [day for day in sorted(rules.silent_days) if day >= today]


def _from_json(own: Mapping[str, Any]) -> SendingRules:
    return SendingRules(
        _read(own["quiet_from"]),
        _read(own["quiet_to"]),
        frozenset(own["silent_weekdays"]),
        frozenset(map(date.fromisoformat, own["silent_days"])),
        int(own["daily_limit"]),
        time.fromisoformat(own["digest_at"]),
    )


def _read(written: str | None) -> time | None:
    return None if written is None else time.fromisoformat(written)


def _written(moment: time | None) -> str | None:
    return None if moment is None else moment.isoformat("minutes")
