"""What became of a record, in words: for its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from admin.importing import said
from admin.importing.words import FIELDS as IMPORTED
from admin.registry import words
from core.registry.kinds import ALL
from core.registry.model import Entry, Kind

_ADDED = {
    "association": "Объединение добавлено",
    "award": "Награда добавлена",
    "expert_work": "Экспертная работа добавлена",
    "mentor": "Запись в банке наставников добавлена",
    "organisation": "Организация добавлена",
    "position": "Должность добавлена",
    "programme": "Программа добавлена",
    "subject": "Предмет добавлен",
    "teacher": "Карточка добавлена",
    "training": "Запись об обучении добавлена",
}
_OTHERWISE = {"teacher": "Карточка", "training": "Обучение", "award": "Награда", "expert_work": "Экспертная работа"}
_OTHERWISE |= {"mentor": "Банк наставников"}
"""What was changed or put away, where the history holds several kinds."""
_DEEDS = {"changed": "изменено", "archived": "убрано в архив", "restored": "возвращено из архива"}


def _of_kinds() -> dict[str, str]:
    """Deeds that every kind knows."""
    found: dict[str, str] = {}
    for noun, added in _ADDED.items():
        subject = f"{_OTHERWISE[noun]}: " if noun in _OTHERWISE else ""
        found[f"{noun}.added"] = added
        for deed, word in (
            ("changed", "изменено"),
            ("archived", "убрано в архив"),
            ("restored", "возвращено из архива"),
        ):
            found[f"{noun}.{deed}"] = f"{subject}{word}" if subject else word.capitalize()
    return found


DEEDS: Mapping[str, str] = MappingProxyType(
    {
        **_of_kinds(),
        "association.leader": "Руководитель объединения сменился",
        "consent.given": "Согласие на обработку данных дано",
        "consent.withdrawn": "Согласие на обработку данных отозвано",
        "diagnosis.changed": "Результаты диагностики загружены",
        "grant.ended": "Право закончилось",
        "grant.given": "Право выдано",
        "invite.exported": "Список не подключившихся скачан",
        "invite.made": "Приглашение сделано",
        "invite.refused": "Приглашение не подошло",
        "invite.revoked": "Приглашение отозвано",
        "membership.began": "Вступление в объединение",
        "membership.ended": "Выход из объединения",
        "teacher.merged": "Похожие записи объединены",
        "teacher.moved": "Переход в другую организацию",
        "teacher.paper_consent": "Отметка о бумажном согласии",
        "teacher.told_apart": "Отмечено, что похожие записи о разных людях",
    }
)
"""By code of the action."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        **IMPORTED,
        **words.FIELDS,
        "association": "Объединение",
        "coordinator": "Ответственный от организации",
        "leader": "Руководитель объединения",
        "leader_id": "Руководитель",
        "paper_consent_on": "Бумажное согласие",
        "role": "Роль",
    }
)
"""What entries call a field, beside the fields of forms."""


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str


def deed(entry: Entry) -> str:
    """An action that is not foreseen here is named by its code: better than nothing said."""
    return DEEDS.get(entry.action, entry.action)


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
