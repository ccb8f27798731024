"""Sending rules as Russian sentences, for whoever sets them and for whoever they protect."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from core.outgoing.model import SendingRules
from core.outgoing.rules import coming
from core.russian import MONTHS, plural_form

WEEKDAYS = (
    "понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам", "воскресеньям",
)  # fmt: skip
"""After «по»."""
SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


def describe(rules: SendingRules, today: date) -> list[str]:
    """Each is true of every person; days that are over are left out."""
    said = [_hours(rules)]
    if rules.silent_weekdays:
        named = _together(WEEKDAYS[day] for day in sorted(rules.silent_weekdays))
        said.append(f"По {named} сообщения не приходят.")
    if days := coming(rules, today):
        said.append(f"Не приходят они и в эти дни: {', '.join(_spans(days))}.")
    said.append(_limit(rules))
    return said


def told(rules: SendingRules) -> dict[str, str]:
    """By field, for the audit."""
    return {
        "quiet_from": "" if rules.quiet_from is None else clock_time(rules.quiet_from),
        "quiet_to": "" if rules.quiet_to is None else clock_time(rules.quiet_to),
        "silent_weekdays": ", ".join(SHORT[day] for day in sorted(rules.silent_weekdays)),
        "silent_days": ", ".join(f"{day:%d.%m.%Y}" for day in sorted(rules.silent_days)),
        "daily_limit": str(rules.daily_limit),
        "digest_at": clock_time(rules.digest_at),
    }


def clock_time(moment: time) -> str:
    """«8:00»."""
    return f"{moment.hour}:{moment.minute:02}"


def _hours(rules: SendingRules) -> str:
    if rules.quiet_from is None or rules.quiet_to is None:
        return "Тихих часов нет: сообщения приходят в любое время суток."
    return f"С {clock_time(rules.quiet_from)} до {clock_time(rules.quiet_to)} сообщения не приходят."


def _limit(rules: SendingRules) -> str:
    if not rules.daily_limit:
        return "Сколько сообщений приходит за день, не ограничено."
    messages = plural_form(rules.daily_limit, "сообщения", "сообщений", "сообщений")
    return (
        f"За день приходит не больше {rules.daily_limit} {messages}, "
        f"остальные — одной подборкой в {clock_time(rules.digest_at)}."
    )


def _together(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} и {last}" if first else last


def _spans(days: list[date]) -> list[str]:
    """Days that follow one another are said as one span: «1–8 января 2027»."""
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and spans[-1][1] + timedelta(days=1) == day:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return [_span(first, last) for first, last in spans]


def _span(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    start = _day(first) if first.year != last.year else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{start} — {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
