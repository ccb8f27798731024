"""What became of a record, in words: for its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from admin.accounts.words import ROLES
from admin.importing import said
from admin.importing.words import FIELDS as IMPORTED
from admin.registry import words
from core.audit.words import action_said
from core.registry.kinds import ALL
from core.registry.model import Entry, Kind

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        **IMPORTED,
        **words.FIELDS,
        "active": "Вход разрешён",
        "archived": "В архиве",
        "association": "Объединение",
        "before_days": "За сколько дней",
        "before_hours": "За сколько часов",
        "coordinator": "Ответственный от организации",
        "daily_limit": "Сообщений за день",
        "digest_at": "Когда подборка",
        "enabled": "Включено",
        "leader": "Руководитель объединения",
        "leader_id": "Руководитель",
        "login": "Логин",
        "paper_consent_on": "Бумажное согласие",
        "quiet_from": "Тихие часы с",
        "quiet_to": "Тихие часы до",
        "remind_at": "В какое время",
        "reminder_audience": "О ком, условия",
        "reminder_words": "Слова",
        "repeat_days": "Повторять каждые столько дней",
        "role": "Роль",
        "second_factor": "Вопрос в чате при входе",
        "silent_days": "Дни без рассылки",
        "silent_weekdays": "Дни недели без рассылки",
    }
)
"""What entries call a field, beside the fields of forms."""


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str


def deed(entry: Entry) -> str:
    return action_said(entry.action)


def changes(entry: Entry) -> list[Change]:
    noun = entry.action.partition(".")[0]
    kind = next((one for one in ALL if one.noun == noun and not one.view), None)
    return [
        Change(_label(kind, name), _told(kind, name, before), _told(kind, name, after))
        for name, before, after in entry.changes
    ]


def _label(kind: Kind | None, name: str) -> str:
    own = words.OWN.get(kind.code, {}) if kind else {}
    return own.get(name) or FIELDS.get(name, name)


def _told(kind: Kind | None, name: str, value: Any) -> str:
    """Out of JSON: days are texts there."""
    if isinstance(value, bool):
        return words.told(value)
    if name == "role":
        return ROLES.get(value, str(value or ""))
    field = next((one for one in kind.fields if one.name == name), None) if kind else None
    if field is not None and field.choices is not None:
        return words.told(value, field.choices)
    if name.endswith(("_on", "_date")) and isinstance(value, str):
        return _day(value)
    return said.value(name, value)


def _day(text: str) -> str:
    try:
        return words.told(date.fromisoformat(text))
    except ValueError:
        return text
