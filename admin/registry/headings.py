"""Russian words for columns, filters and shelves of the lists."""

from collections.abc import Mapping
from types import MappingProxyType

from admin.registry import words
from core.registry.columns import Column, Filter
from core.registry.model import Kind, Shelf, Type

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "ends_on": "Действует до",
        "joined": "Подключился к боту",
        "leader": "Руководитель",
        "members": "Участников",
        "organisation": "Организация",
        "people": "Работают",
        "position": "Должность",
        "teacher": "Педагог",
        "years": "Стаж, лет",
        "management_team": "Для управленческих команд",
        "federal_register": "В федеральном реестре",
        "ict": "ИКТ",
    }
)
"""What is no field, or is called shorter over a column."""

OF_PEOPLE: Mapping[str, str] = MappingProxyType({"name": "Фамилия, имя, отчество"})

FILTERS: Mapping[str, str] = MappingProxyType(
    {
        "area": "Направление",
        "association_id": "Объединение",
        "ends_within": "Категория заканчивается",
        "federal_register": "В федеральном реестре",
        "ict": "ИКТ",
        "is_management": "Руководители",
        "joined": "Подключились к боту",
        "management_team": "Для управленческих команд",
        "organisation_kind": "Вид организации",
        "planned": "Аттестация запланирована",
        "position_group": "Группа должностей",
        "group": "Группа должностей",
        "subject_id": "Предмет",
        "young": "Молодые педагоги",
    }
)
YES_NO = (("yes", "да"), ("no", "нет"))
MONTHS = (
    ("1", "в ближайший месяц"),
    ("3", "в ближайшие три месяца"),
    ("6", "в ближайшие полгода"),
    ("12", "в ближайший год"),
    ("24", "в ближайшие два года"),
)
SHELVES: Mapping[Shelf, str] = MappingProxyType(
    {Shelf.PRESENT: "без архива", Shelf.ARCHIVED: "только архив", Shelf.ALL: "вместе с архивом"}
)


def column(kind: Kind, column: Column) -> str:
    people = {"teachers", "attestation"}
    if kind.code in people and column.name in OF_PEOPLE:
        return OF_PEOPLE[column.name]
    return COLUMNS.get(column.name) or words.label(kind, column.name)


def filter_label(kind: Kind, name: str) -> str:
    return FILTERS.get(name) or words.label(kind, name)


def filter_options(one: Filter) -> list[tuple[str, str]]:
    """Value in the address and its words; empty for what is typed in or looked up."""
    if one.type is Type.FLAG:
        return list(YES_NO)
    if one.choices is not None:
        return list(words.of(one.choices).items())
    return list(MONTHS) if one.name == "ends_within" else []


HANGING: Mapping[str, tuple[str, str, str]] = MappingProxyType({"teachers": ("человек", "человека", "человек")})
"""What can hang on a record; for one, few, many."""
