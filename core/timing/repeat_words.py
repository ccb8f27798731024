"""Repetitions in Russian words, for page and chat alike."""

from datetime import date

from core.russian import plural_form
from core.timing.repeating import Every, Repeat
from core.timing.typed import say_day

NBSP = "\u00a0"
SHORTEST_MONTH = 28
_ONE = {Every.DAY: "каждый день", Every.WEEK: "каждую неделю", Every.MONTH: "каждый месяц"}
_FORMS = {
    Every.DAY: ("день", "дня", "дней"),
    Every.WEEK: ("неделю", "недели", "недель"),
    Every.MONTH: ("месяц", "месяца", "месяцев"),
}
_WEEKDAYS = ("понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам", "воскресеньям")


def how_often(repeat: Repeat) -> str:
    """«раз в 2 недели, по пятницам, в 10:00»."""
    often = f"раз в{NBSP}{repeat.step}{NBSP}{plural_form(repeat.step, *_FORMS[repeat.every])}"
    parts = [_ONE[repeat.every] if repeat.step == 1 else often]
    if repeat.every is Every.WEEK:
        parts.append(f"по {_WEEKDAYS[repeat.first.weekday()]}")
    if repeat.every is Every.MONTH:
        last = ", в коротком месяце — в последний день" if repeat.first.day > SHORTEST_MONTH else ""
        parts.append(f"{repeat.first.day}-го числа{last}")
    return ", ".join((*parts, f"в{NBSP}{repeat.at.hour}:{repeat.at:%M}"))


def say_repeat(repeat: Repeat, next_day: date, today: date) -> str:
    """«каждый день, в 9:00, первый раз 27 ноября, последний — не позже 31 мая 2027 года».

    `next_day` is when it happens first from now on. A day of another year than `today` is said with it.
    """
    return f"{how_often(repeat)}, первый раз {_dated(next_day, today)}, {up_to(repeat, today)}"


def up_to(repeat: Repeat, today: date) -> str:
    """«последний — не позже 31 мая 2027 года»."""
    return "без окончания" if repeat.until is None else f"последний — не позже {_dated(repeat.until, today)}"


def _dated(day: date, today: date) -> str:
    return say_day(day) + ("" if day.year == today.year else f" {day.year} года")
