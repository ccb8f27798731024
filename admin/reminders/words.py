"""What is reminded of, whom, when, and how it ended, in words."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from admin.shell.formatting import plural
from admin.unreachable.words import REASONS, in_passing
from core.reminders.model import ReminderKind, ReminderRow, ReminderState, RuleView, Superseded, Whom

KINDS: Mapping[str, str] = MappingProxyType(
    {
        ReminderKind.SURVEY: "Анкета не заполнена",
        ReminderKind.SELF_REVIEW: "Самообследование не заполнено",
        ReminderKind.ATTESTATION: "Заканчивается срок аттестации",
        ReminderKind.INDICATORS: "Срок значений показателей",
        ReminderKind.PLAN: "Срок по плану мероприятий",
        ReminderKind.EVENT: "Мероприятие",
        ReminderKind.MEETING: "Встреча наставнической пары",
        ReminderKind.ROUTE_STEP: "Шаг маршрута",
    }
)
PLANNED = tuple(kind for kind in KINDS if kind not in {ReminderKind.MEETING, ReminderKind.ROUTE_STEP})
"""Kinds that there can be reminders of; the others wait for meetings and routes."""

WHOM: Mapping[tuple[ReminderKind, Whom], str] = MappingProxyType(
    {
        (ReminderKind.ATTESTATION, Whom.PERSON): "самому педагогу",
        (ReminderKind.ATTESTATION, Whom.COORDINATOR): "ответственному: сколько таких в организации",
        (ReminderKind.ATTESTATION, Whom.METHODIST): "методистам: сколько таких в муниципалитете",
        (ReminderKind.INDICATORS, Whom.METHODIST): "методистам, одно на все показатели дня",
        (ReminderKind.PLAN, Whom.METHODIST): "методистам, одно на все меры дня",
        (ReminderKind.EVENT, Whom.PERSON): "всем, кто записан",
    }
)
STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ReminderState.PLANNED: ("going", "Запланировано"),
        ReminderState.QUEUED: ("going", "Отправляется"),
        ReminderState.DELIVERED: ("good", "Дошло"),
        ReminderState.REFUSED: ("bad", "Не дошло"),
        ReminderState.SUPERSEDED: ("calm", "Не понадобилось"),
        ReminderState.LATE: ("act", "Опоздало"),
    }
)
"""State → tone of the mark and its word."""

_SUPERSEDED: Mapping[str, str] = MappingProxyType(
    {
        Superseded.DONE: "к этому времени всё уже сделано",
        Superseded.MOVED: "срок перенесли или отменили",
        Superseded.NEWER: "программа не работала, а потом хватило более позднего напоминания",
        Superseded.RULE: "правило изменили или выключили",
        Superseded.LEFT: "человека это больше не касается, или он отключился от бота",
    }
)
_REFUSED: Mapping[str, str] = MappingProxyType(
    {
        "unreachable:no_chat": "у человека нет чата с ботом",
        "unreachable": "написать человеку не получается",
        "failed": "мессенджер не принял сообщение",
        "unknown": "мессенджер не ответил; сообщение могло и дойти",
        "cancelled": "отправку отменили",
        "digest": "не дошла подборка за день, в которую оно попало",
    }
)
LATE = "программа в это время не работала, а потом напоминать было поздно"


def reason(row: ReminderRow) -> str:
    """Why it ended so; empty when there is nothing to explain."""
    match row.state:
        case ReminderState.LATE:
            return LATE
        case ReminderState.SUPERSEDED:
            return _SUPERSEDED.get(row.reason or "", "")
        case ReminderState.REFUSED:
            return _refused(row.reason or "")
        case _:
            return ""


def _refused(said: str) -> str:
    state, _, reason = said.partition(":")
    if state == "unreachable" and reason in REASONS:
        return in_passing(reason)
    return _REFUSED.get(said) or _REFUSED.get(state, "")


def when(rule: RuleView) -> str:
    """«за 14 и 3 дня, в 09:30»."""
    parts = []
    if rule.before_days:
        days = f"{_before(rule)}, в {rule.at:%H:%M}"
        again = f", потом каждые {plural(rule.repeat_days, 'день', 'дня', 'дней')}" if rule.repeat_days else ""
        parts.append(days + again)
    if rule.before_hours:
        parts.append(f"за {_listed(rule.before_hours)} {_unit(rule.before_hours[-1], 'час', 'часа', 'часов')}")
    return "; ".join(parts)


def _before(rule: RuleView) -> str:
    last = rule.before_days[-1]
    if rule.before_days == (0,):
        return "в этот день"
    days = f"за {_listed(rule.before_days)} {_unit(last, 'день', 'дня', 'дней')}"
    monthly = rule.kind is ReminderKind.ATTESTATION and rule.whom is not Whom.PERSON
    return f"{days} до начала месяца" if monthly else days


def _listed(numbers: Iterable[int]) -> str:
    *first, last = map(str, numbers)
    return f"{', '.join(first)} и {last}" if first else last


def _unit(number: int, one: str, few: str, many: str) -> str:
    return plural(number, one, few, many).partition("\u00a0")[2]
