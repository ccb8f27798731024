"""What entries are about, in words, and where the record is."""

from collections.abc import Mapping
from types import MappingProxyType

from core.audit.model import Subject

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "account": "Учётная запись",
        "association": "Объединение",
        "audience": "Сохранённые адресаты",
        "campaign": "Анкетирование",
        "import": "Импорт",
        "municipality": "Муниципалитет",
        "organisation": "Организация",
        "position": "Должность",
        "profile": "Профиль",
        "programme": "Программа",
        "reminder_rule": "Правило напоминаний",
        "response": "Именная анкета",
        "subject": "Предмет",
        "survey": "Анкета",
        "teacher": "Педагог",
    }
)
_PLACES: Mapping[str, str] = MappingProxyType(
    {
        "account": "/accounts/{id}",
        "association": "/associations/{id}",
        "audience": "/audiences/{id}",
        "campaign": "/campaigns/{id}",
        "organisation": "/organisations/{id}",
        "position": "/positions/{id}",
        "programme": "/programmes/{id}",
        "subject": "/subjects/{id}",
        "teacher": "/people/{id}",
    }
)
"""Kinds whose records have a page, for as long as they are there."""


def subject(one: Subject) -> str:
    """A record that is gone, or a person who was erased, keeps its number."""
    if one.kind not in KINDS:
        return one.kind
    return f"{KINDS[one.kind]}: {one.name or f'№ {one.id}'}" if one.id.isdigit() else f"{KINDS[one.kind]}: {one.id}"


def place(one: Subject) -> str | None:
    """The address of the record's page."""
    pattern = _PLACES.get(one.kind)
    return pattern.format(id=one.id) if pattern and one.name else None
