"""A teacher of the registry as the cells of a municipality's own table: what the import reads out of them is the same.
Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.importing.awards import award_text
from core.importing.courses import course_text
from core.importing.model import AwardRead, Column, Course, Layout
from core.people.model import Category, Education
from core.tables.table import Cell, Kind, Variable
from storage.models import Teacher

DEFAULT = Layout(
    (
        ("№", Column.NUMBER),
        ("Организация", Column.ORGANISATION),
        ("ФИО", Column.FULL_NAME),
        ("Год рождения", Column.BIRTH_DATE),
        ("Должность", Column.POSITION),
        ("Предмет", Column.SUBJECTS),
        ("Нагрузка (ставка)", Column.WORKLOAD),
        ("Образование", Column.EDUCATION),
        ("Общий стаж", Column.TOTAL_EXPERIENCE),
        ("Педагогический стаж", Column.EXPERIENCE),
        ("Категория", Column.CATEGORY),
        ("Дата присвоения", Column.CATEGORY_DATE),
        ("Повышение квалификации", Column.TRAINING),
        ("Переподготовка", Column.RETRAINING),
        ("Награды", Column.AWARDS),
    )
)
"""Of a municipality that has not imported anything yet."""

_NUMBERS = frozenset({Column.NUMBER, Column.BIRTH_DATE, Column.WORKLOAD, Column.TOTAL_EXPERIENCE, Column.EXPERIENCE})
_NAMES = frozenset({Column.FULL_NAME, Column.SURNAME})
_PATH = " / "
"""Between the parts of merged headings, as they are remembered."""
_EDUCATION: Mapping[str, str] = {
    Education.HIGHER: "высшее",
    Education.SECONDARY_VOCATIONAL: "среднее профессиональное",
    Education.OTHER: "другое",
}
_CATEGORIES: Mapping[str, str] = {
    Category.NONE: "без категории",
    Category.CONFORMITY: "соответствие занимаемой должности",
    Category.FIRST: "первая",
    Category.HIGHEST: "высшая",
    Category.METHODIST: "педагог-методист",
    Category.MENTOR: "педагог-наставник",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the export. `use` is None where the registry has nothing for it."""

    heading: str
    use: Column | None


@dataclass(frozen=True, slots=True)
class Written:
    """A teacher with everything that the table tells of them."""

    number: int
    row: Teacher
    organisation: str
    position: str
    subjects: Sequence[str]
    trained: Sequence[Course]
    retrained: Sequence[Course]
    awards: Sequence[AwardRead]


def places(layout: Layout) -> tuple[Place, ...]:
    """The layout's columns, each meaning once; with a name and an organisation, whatever the layout says.

    Columns that the registry knows nothing about keep their places, empty.
    """
    seen: set[str] = set()
    found: list[Place] = []
    for heading, use in (layout if layout.columns else DEFAULT).columns:
        known = use in set(Column) - {Column.IGNORED, Column.AREA} and use not in seen
        seen.add(use)
        found.append(Place(heading, Column(use) if known else None))
    if not seen & _NAMES:
        found.insert(0, Place("ФИО", Column.FULL_NAME))
    if Column.ORGANISATION not in seen:
        found.insert(0, Place("Организация", Column.ORGANISATION))
    return tuple(found)


def variables(found: Sequence[Place]) -> list[Variable]:
    return [Variable(f"c{number}", one.heading.replace(_PATH, " "), _kind(one)) for number, one in enumerate(found)]


def _kind(place: Place) -> Kind:
    if place.use is Column.CATEGORY_DATE:
        return Kind.DATE
    in_words = place.use is Column.WORKLOAD and _in_hours(place)
    return Kind.NUMBER if place.use in _NUMBERS and not in_words else Kind.TEXT


def cells(found: Sequence[Place], written: Written, today: date) -> list[Cell]:
    """One row. Experience is in whole years as of `today`."""
    dated = any(one.use is Column.CATEGORY_DATE for one in found)
    return [_cell(one, written, today, dated=dated) for one in found]


def _cell(place: Place, written: Written, today: date, *, dated: bool) -> Cell:  # noqa: C901, PLR0911, PLR0912 - a table
    row = written.row
    match place.use:
        case None:
            return None
        case Column.NUMBER:
            return written.number
        case Column.ORGANISATION:
            return written.organisation
        case Column.FULL_NAME:
            return row.full_name
        case Column.SURNAME | Column.GIVEN_NAME | Column.PATRONYMIC:
            name: str | None = getattr(row, place.use)
            return name
        case Column.BIRTH_DATE:
            return row.birth_year
        case Column.POSITION:
            return written.position
        case Column.SUBJECTS:
            return ", ".join(written.subjects) or None
        case Column.WORKLOAD:
            return _workload(place, row)
        case Column.EDUCATION:
            return _EDUCATION.get(row.education or "")
        case Column.TOTAL_EXPERIENCE:
            return _years(row.total_first_year, today)
        case Column.EXPERIENCE:
            return _years(row.first_work_year, today)
        case Column.CATEGORY:
            return _category(row, dated=dated)
        case Column.CATEGORY_DATE:
            return row.category_date if row.category != Category.NONE else None
        case Column.TRAINING:
            return "\n".join(map(course_text, written.trained)) or None
        case Column.RETRAINING:
            return "\n".join(map(course_text, written.retrained)) or None
        case Column.AWARDS:
            return "\n".join(map(award_text, written.awards)) or None
        case _:
            return None


def _years(first: int | None, today: date) -> int | None:
    return None if first is None else max(0, today.year - first)


def _in_hours(place: Place) -> bool:
    return "час" in place.heading.lower()


def _workload(place: Place, row: Teacher) -> Cell:
    """In rates, and said so where the heading speaks of hours."""
    if not row.workload:
        return None
    rates = f"{row.workload.normalize():f}".replace(".", ",")
    return f"{rates} ст." if _in_hours(place) else float(row.workload)


def _category(row: Teacher, *, dated: bool) -> str:
    word = _CATEGORIES[row.category]
    if dated or row.category_date is None or row.category == Category.NONE:
        return word
    return f"{word}, {row.category_date:%d.%m.%Y}"
