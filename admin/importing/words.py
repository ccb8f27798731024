"""Russian words for what the import names by codes."""

from collections.abc import Mapping
from types import MappingProxyType

from core.importing.model import Column, ImportKind, ImportState

STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ImportState.READING: ("going", "Читается"),
        ImportState.READY: ("act", "Ждёт вашего решения"),
        ImportState.APPLYING: ("going", "Загружается"),
        ImportState.APPLIED: ("good", "Загружено"),
        ImportState.FAILED: ("bad", "Не прочитано"),
        ImportState.UNDONE: ("calm", "Отменено"),
    }
)
"""State → tone of the mark and its word."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        ImportKind.STAFF: "Педагоги",
        ImportKind.DIAGNOSES: "Результаты внешней диагностики",
    }
)
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        Column.FULL_NAME: "Фамилия, имя, отчество",
        Column.SURNAME: "Фамилия",
        Column.GIVEN_NAME: "Имя",
        Column.PATRONYMIC: "Отчество",
        Column.ORGANISATION: "Организация",
        Column.BIRTH_DATE: "Дата или год рождения",
        Column.POSITION: "Должность",
        Column.SUBJECTS: "Предметы",
        Column.WORKLOAD: "Нагрузка или ставка",
        Column.EDUCATION: "Образование",
        Column.TOTAL_EXPERIENCE: "Общий стаж",
        Column.EXPERIENCE: "Педагогический стаж",
        Column.CATEGORY: "Категория",
        Column.CATEGORY_DATE: "Дата присвоения категории",
        Column.TRAINING: "Повышение квалификации",
        Column.RETRAINING: "Переподготовка",
        Column.AWARDS: "Награды",
        Column.NUMBER: "Номер по порядку",
        Column.AREA: "Направление диагностики",
        Column.IGNORED: "Не загружать",
    }
)
"""Areas of a diagnosis, by the names of the scales of our own survey of deficits."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "organisation": "Организация",
        "surname": "Фамилия",
        "given_name": "Имя",
        "patronymic": "Отчество",
        "birth_year": "Год рождения",
        "position": "Должность",
        "subjects": "Предметы",
        "workload": "Нагрузка",
        "education": "Образование",
        "total_first_year": "Общий стаж, с года",
        "first_work_year": "Педагогический стаж, с года",
        "category": "Категория",
        "category_date": "Дата присвоения",
        "courses": "Курсы",
        "awards": "Награды",
        "areas": "Результаты диагностики",
        "archived_at": "Карточка",
    }
)
