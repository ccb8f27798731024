"""How an announcement repeats, as a methodist types it."""

from datetime import date, time

from admin.shell.typed import day_of, time_of
from core.timing.repeating import Every, Repeat

LARGEST_STEP = 99
FIELDS = ("repeat_every", "repeat_step", "repeat_first", "repeat_at", "repeat_until")


def blank(tomorrow: date) -> dict[str, str]:
    """Contents of the fields as long as nothing repeats."""
    return texts(Repeat(Every.WEEK, tomorrow, time(10)))


def texts(repeat: Repeat) -> dict[str, str]:
    return {
        "repeat_every": repeat.every.value,
        "repeat_step": str(repeat.step),
        "repeat_first": repeat.first.isoformat(),
        "repeat_at": repeat.at.isoformat("minutes"),
        "repeat_until": repeat.until.isoformat() if repeat.until else "",
    }


def errors(typed: dict[str, str], today: date) -> dict[str, str]:
    """By name of field."""
    found = {}
    if not typed["repeat_step"].isdecimal() or not 1 <= int(typed["repeat_step"]) <= LARGEST_STEP:
        found["repeat_step"] = f"Нужно целое число от 1 до {LARGEST_STEP}."
    first, until = day_of(typed["repeat_first"]), day_of(typed["repeat_until"])
    if first is None:
        found["repeat_first"] = "Укажите день, с которого начать."
    elif first < today:
        found["repeat_first"] = "Этот день уже прошёл."
    if time_of(typed["repeat_at"]) is None:
        found["repeat_at"] = "Укажите время, например 10:00."
    if typed["repeat_until"] and (until is None or (first is not None and until < first)):
        found["repeat_until"] = "Последний день должен быть не раньше первого."
    return found


def read(typed: dict[str, str]) -> Repeat | None:
    """None for what `errors` finds fault with, whatever day it is."""
    every = {one.value: one for one in Every}.get(typed["repeat_every"])
    first, at = day_of(typed["repeat_first"]), time_of(typed["repeat_at"])
    if every is None or first is None or at is None or errors(typed, first):
        return None
    return Repeat(every, first, at, int(typed["repeat_step"]), day_of(typed["repeat_until"]))
