"""Sending rules as they are typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time

from fastapi import Request

from admin.shell.typed import time_of
from core.outgoing.model import SendingRules
from core.outgoing.rules import LARGEST_LIMIT, coming, fingerprint

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_LONGEST = 5000
SEPARATORS = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Typed:
    """`seen`: fingerprint of the rules that the form was filled with."""

    quiet_from: str
    quiet_to: str
    weekdays: frozenset[int]
    silent_days: str
    daily_limit: str
    digest_at: str
    seen: str
    errors: dict[str, str] = field(default_factory=dict)


def filled(rules: SendingRules, today: date) -> Typed:
    """Days that are over are left out."""
    return Typed(
        _written(rules.quiet_from),
        _written(rules.quiet_to),
        rules.silent_weekdays,
        _lines(coming(rules, today)),
        str(rules.daily_limit),
        _written(rules.digest_at),
        fingerprint(rules),
    )


async def typed(request: Request) -> Typed:
    form = await request.form()

    def one(name: str) -> str:
        return str(form.get(name, ""))[:_LONGEST].strip()

    days = {str(value) for value in form.getlist("weekday")}
    return Typed(
        one("quiet_from"),
        one("quiet_to"),
        frozenset(number for number in range(7) if str(number) in days),
        one("silent_days"),
        one("daily_limit"),
        one("digest_at"),
        one("seen"),
    )


def with_days(form: Typed, days: Iterable[date]) -> Typed:
    """Added to those that are typed already, in order; what is no day stays where it was, at the end."""
    words = [word for word in SEPARATORS.split(form.silent_days) if word]
    known = {day for word in words if (day := _day(word)) is not None}
    rest = [word for word in words if _day(word) is None]
    return replace(form, silent_days="\n".join([_lines(sorted(known | set(days))), *rest]).strip())


def read(form: Typed) -> tuple[SendingRules | None, dict[str, str]]:
    """The rules, or what is wrong by name of field."""
    errors: dict[str, str] = {}
    for name, text, required in (
        ("quiet_from", form.quiet_from, False),
        ("quiet_to", form.quiet_to, False),
        ("digest_at", form.digest_at, True),
    ):
        if (text or required) and time_of(text) is None:
            errors[name] = "Укажите время, например 21:00."
    words = [word for word in SEPARATORS.split(form.silent_days) if word]
    if wrong := [word for word in words if _day(word) is None]:
        errors["silent_days"] = f"Не получилось прочитать дату «{wrong[0][:20]}». Напишите её так: 31.12.2026."
    if not (form.daily_limit.isascii() and form.daily_limit.isdigit() and len(form.daily_limit) < 4):
        errors["daily_limit"] = f"Укажите целое число от 0 до {LARGEST_LIMIT}."
    digest_at = time_of(form.digest_at)
    if errors or digest_at is None:
        return None, errors
    days = frozenset(day for word in words if (day := _day(word)) is not None)
    rules = SendingRules(
        time_of(form.quiet_from), time_of(form.quiet_to), form.weekdays, days, int(form.daily_limit), digest_at
    )
    return rules, {}


def _day(word: str) -> date | None:
    match = _DAY.fullmatch(word)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(word)
    except ValueError:
        return None


def _lines(days: Iterable[date]) -> str:
    return "\n".join(f"{day:%d.%m.%Y}" for day in days)


def _written(moment: time | None) -> str:
    return "" if moment is None else moment.isoformat("minutes")
