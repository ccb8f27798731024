"""When to remind, as a methodist types it: days in a row, one time of day."""

import re
from typing import Any

from admin.shell.typed import time_of
from core.campaigns.reminders import LONGEST, MOST, ReminderPlan

_DAYS = re.compile(r"\d{1,3}(?:[\s,;]+\d{1,3})*", re.ASCII)


def texts(plan: ReminderPlan) -> dict[str, Any]:
    """Contents of the fields by name."""
    return {
        "remind_after": ", ".join(map(str, plan.after_start)),
        "remind_before": ", ".join(map(str, plan.before_end)),
        "remind_at": plan.at.isoformat("minutes"),
    }


def plan(after: str, before: str, at: str) -> ReminderPlan:
    """Only after `errors` found none."""
    return ReminderPlan(_days(after) or (), _days(before) or (), time_of(at) or ReminderPlan().at)


def errors(after: str, before: str, at: str) -> dict[str, str]:
    """By name of field."""
    found = {}
    for name, text in (("remind_after", after), ("remind_before", before)):
        days = _days(text)
        if days is None:
            found[name] = "Перечислите дни числами через запятую, например: 3, 7."
        elif not ReminderPlan(days, ()).is_sound:
            found[name] = f"Не больше {MOST} разных чисел, каждое от 0 до {LONGEST}."
    if (after or before) and time_of(at) is None:
        found["remind_at"] = "Укажите время, например 10:00."
    return found


def _days(text: str) -> tuple[int, ...] | None:
    """Ascending; None for what is no list of numbers."""
    if text and not _DAYS.fullmatch(text):
        return None
    return tuple(sorted(int(one) for one in re.findall(r"\d+", text)))
