"""Russian words for what the card, the move and the comparison of doubles show."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from admin.shell.formatting import day, decimal
from admin.shell.words import CATEGORIES, EDUCATION
from core.doubles.model import CHOICES, Cell, Likeness

LIKENESS: Mapping[str, str] = MappingProxyType(
    {
        Likeness.SAME_NAME: "Одинаковые фамилия, имя и отчество",
        Likeness.ONE_LETTER: "Разница в одну букву, год рождения тот же",
        Likeness.SAME_INITIAL: "Одна фамилия, первая буква имени и год рождения",
    }
)
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "surname": "Фамилия",
        "given_name": "Имя",
        "patronymic": "Отчество",
        "birth_year": "Год рождения",
        "organisation": "Организация",
        "position": "Должность",
        "is_management": "Руководитель",
        "workload": "Нагрузка в ставках",
        "education": "Образование",
        "first_work_year": "Педагогический стаж, с года",
        "total_first_year": "Общий стаж, с года",
        "category": "Категория и дата присвоения",
        "attestation_planned_on": "Аттестация запланирована на",
        "paper_consent_on": "Бумажное согласие получено",
    }
)
assert FIELDS.keys() == CHOICES.keys()

MOVING: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "training_records": ("запись об обучении", "записи об обучении", "записей об обучении"),
        "awards": ("награда", "награды", "наград"),
        "expert_work": ("экспертная работа", "экспертные работы", "экспертных работ"),
        "diagnoses": ("результат диагностики", "результата диагностики", "результатов диагностики"),
        "mentor_bank": ("запись в банке наставников", "записи в банке наставников", "записей в банке наставников"),
        "association_members": (
            "членство в объединении",
            "членства в объединениях",
            "членств в объединениях",
        ),
        "event_participants": ("запись на мероприятие", "записи на мероприятия", "записей на мероприятия"),
        "teacher_subjects": ("предмет", "предмета", "предметов"),
        "teacher_moves": (
            "переход между организациями",
            "перехода между организациями",
            "переходов между организациями",
        ),
        "participations": ("анкета", "анкеты", "анкет"),
        "mentoring_pairs": ("наставническая пара", "наставнические пары", "наставнических пар"),
    }
)
"""Table → forms for one, few, many."""

UNKNOWN = "не указано"


def cells(name: str, values: tuple[Cell, ...]) -> str:
    """A choice of a comparison in words."""
    if name == "category":
        given = values[1]
        word = CATEGORIES[str(values[0])]
        return f"{word}, {day(given)}" if isinstance(given, date) else word
    if name == "education":
        return EDUCATION[str(values[0])] if values[0] else UNKNOWN
    return _plain(values[0])


def _plain(value: Cell) -> str:
    match value:
        case None | "":
            return UNKNOWN
        case bool():
            return "да" if value else "нет"
        case date():
            return day(value)
        case Decimal():
            return decimal(float(value), 2)
        case _:
            return str(value)
