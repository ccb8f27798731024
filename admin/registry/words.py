"""Russian words for fields of the registry and for the codes in them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from admin.shell.formatting import day, decimal, whole
from admin.shell.words import AREAS, CATEGORIES, EDUCATION, LEVELS, MENTORS, POSITION_GROUPS, TRAINING
from core.people.model import (
    Category,
    Education,
    Level,
    MentorState,
    OrganisationKind,
    PositionGroup,
    StudyForm,
    TrainingKind,
)
from core.registry.model import Area, Kind

ORGANISATION: Mapping[str, str] = MappingProxyType(
    {
        OrganisationKind.SCHOOL: "школа",
        OrganisationKind.PRESCHOOL: "детский сад",
        OrganisationKind.SUPPLEMENTARY: "дополнительное образование",
        OrganisationKind.METHODICAL: "методический центр",
    }
)
STUDY: Mapping[str, str] = MappingProxyType(
    {StudyForm.IN_PERSON: "очно", StudyForm.REMOTE: "дистанционно", StudyForm.MIXED: "очно и дистанционно"}
)
CHOICES: Mapping[type[StrEnum], Mapping[str, str]] = MappingProxyType(
    {
        Area: AREAS,
        Category: CATEGORIES,
        Education: EDUCATION,
        Level: LEVELS,
        MentorState: MENTORS,
        OrganisationKind: ORGANISATION,
        PositionGroup: POSITION_GROUPS,
        StudyForm: STUDY,
        TrainingKind: TRAINING,
    }
)
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "areas": "Направления",
        "attestation_planned_on": "Аттестация запланирована на",
        "birth_year": "Год рождения",
        "category": "Категория",
        "category_date": "Дата присвоения",
        "done_on": "Когда",
        "education": "Образование",
        "federal_register": "Программа из федерального реестра",
        "finished_on": "Окончание",
        "first_work_year": "Педагогический стаж, с года",
        "form": "Форма",
        "given_name": "Имя",
        "given_on": "Когда получена",
        "group": "Какие анкеты получает",
        "hours": "Часов",
        "ict": "Цифровые технологии (ИКТ)",
        "is_management": "Относится к руководителям",
        "kind": "Вид",
        "level": "Уровень",
        "management_team": "Для управленческой команды",
        "name": "Название",
        "organisation_id": "Организация",
        "patronymic": "Отчество",
        "position_id": "Должность",
        "programme": "Программа",
        "provider": "Кто проводит",
        "rural": "Сельская местность",
        "short_name": "Короткое название",
        "started_on": "Начало",
        "state": "Состояние",
        "subjects": "Предметы",
        "surname": "Фамилия",
        "teacher_id": "Педагог",
        "title": "Название",
        "total_first_year": "Общий стаж, с года",
        "workload": "Нагрузка, ставок",
        "year": "Год",
    }
)
OWN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "expert_work": {"title": "Что за работа"},
        "training": {"kind": "Вид обучения"},
        "programmes": {"kind": "Вид обучения", "form": "Форма обучения"},
    }
)
"""Where a kind calls a field otherwise than the others."""

HINTS: Mapping[str, str] = MappingProxyType(
    {
        "group": "От этого зависит, какой вариант анкеты увидит педагог.",
        "short_name": "Так организация называется в списках и в боте.",
        "workload": "Например, 1,5.",
        "category_date": "Категория, присвоенная с 1 сентября 2023 года, бессрочна.",
        "first_work_year": "Год, с которого человек работает педагогом.",
        "total_first_year": "Год, с которого человек вообще работает.",
    }
)
SECTIONS: Mapping[str, Sequence[tuple[str, Sequence[str]]]] = MappingProxyType(
    {
        "teachers": (
            ("Человек", ("surname", "given_name", "patronymic", "birth_year")),
            ("Работа", ("organisation_id", "position_id", "is_management", "workload", "subjects")),
            ("Стаж и образование", ("first_work_year", "total_first_year", "education")),
            ("Аттестация", ("category", "category_date", "attestation_planned_on")),
        ),
    }
)
"""How the fields of a form are put together: kind → heading and names."""


def sections(kind: Kind) -> Sequence[tuple[str, Sequence[str]]]:
    return SECTIONS.get(kind.code, (("", tuple(field.name for field in kind.fields)),))


def label(kind: Kind, name: str) -> str:
    return OWN.get(kind.code, {}).get(name) or FIELDS[name]


def of(choices: type[StrEnum]) -> dict[str, str]:
    """Code → words, in the order of the codes."""
    return {str(code): CHOICES[choices][code] for code in choices}


def told(value: Any, choices: type[StrEnum] | None = None) -> str:
    """A value as people read it; names of other records come as they are. Empty for nothing."""
    match value:
        case None | "":
            return ""
        case bool():
            return "да" if value else "нет"
        case date():
            return day(value)
        case int():
            return whole(value)
        case Decimal():
            return decimal(float(value), 2)
        case _:
            several = value if isinstance(value, list | tuple) else [value]
            return ", ".join(_word(str(one), choices) for one in several)


def _word(text: str, choices: type[StrEnum] | None) -> str:
    return text if choices is None else CHOICES[choices].get(text, text)
