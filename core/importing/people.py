"""A row's cells → a person, with a located problem for every cell that says nothing readable."""

from dataclasses import replace
from decimal import Decimal

from core.importing.awards import read_awards
from core.importing.categories import CategoryRead, read_category
from core.importing.courses import read_courses
from core.importing.dates import read_birth_year, read_date
from core.importing.diagnoses import read_index
from core.importing.model import Column, Course, Person
from core.importing.names import Name, read_name, read_parts
from core.importing.posts import read_position, read_subjects
from core.importing.row import RowReader, merged
from core.importing.values import read_both_years, read_education, read_first_year, read_workload
from core.importing.words import is_nothing, line
from core.people.model import Category, Education, TrainingKind
from core.spreadsheets.sheets import column_letter

_MOST_OF_NAME = 300
NO_NAME = "В строке нет фамилии и имени. Допишите их или уберите строку"
NO_ORGANISATION = (
    "Не понятно, в какой организации работает человек. Добавьте столбец с организацией или её название над строками"
)


def read_staff(row: RowReader, organisation: str) -> Person:
    """Everything that a row of the staff tells."""
    person = _somebody(row, organisation)
    post = row.first(Column.POSITION, read_position) or ("", ())
    given = _category(row)
    total, first_year = _years(row)
    return replace(
        person,
        position=post[0],
        subjects=row.every(Column.SUBJECTS, read_subjects) or post[1],
        workload=_workload(row, post[0]),
        education=_education(row),
        total_first_year=total,
        first_work_year=first_year,
        category=given.category if given else None,
        category_date=given.given_on if given else row.first(Column.CATEGORY_DATE, read_date, row.today),
        courses=(*_courses(row, Column.TRAINING), *_courses(row, Column.RETRAINING)),
        awards=row.every(Column.AWARDS, read_awards, row.today),
        problems=tuple(row.problems),
    )


def read_diagnosed(row: RowReader, organisation: str) -> Person:
    """The name and the index of each area of an outside diagnosis."""
    person = _somebody(row, organisation)
    areas: dict[str, float] = {}
    for column, text in row.of(Column.AREA):
        if text.strip(" -–—."):
            index = row.take(column_letter(column.column), read_index, text, column.heading)
            areas |= {} if index is None else {column.detail: index}
    return replace(person, areas=areas, problems=tuple(row.problems))


def _somebody(row: RowReader, organisation: str) -> Person:
    name = _name(row) or Name("", "", None)
    where = line(row.text(Column.ORGANISATION) or organisation)
    if not where or len(where) > _MOST_OF_NAME:
        row.note(row.column(Column.ORGANISATION), NO_ORGANISATION)
        where = ""
    born = row.first(Column.BIRTH_DATE, read_birth_year, row.today)
    return Person(row.sheet, row.row, where, name.surname, name.given_name, name.patronymic, birth_year=born)


def _name(row: RowReader) -> Name | None:
    whole, surname = row.text(Column.FULL_NAME), row.text(Column.SURNAME)
    if whole:
        return row.take(row.column(Column.FULL_NAME), read_name, whole)
    given = row.text(Column.GIVEN_NAME)
    if surname and not given and not row.column(Column.GIVEN_NAME):
        return row.take(row.column(Column.SURNAME), read_name, surname)
    if surname or given:
        return row.take(row.column(Column.SURNAME), read_parts, surname, given, row.text(Column.PATRONYMIC))
    row.note(row.column(Column.FULL_NAME) or row.column(Column.SURNAME), NO_NAME)
    return None


def _workload(row: RowReader, position: str) -> Decimal | None:
    in_hours = any(each.detail == "hours" for each, _ in row.of(Column.WORKLOAD))
    return row.first(Column.WORKLOAD, read_workload, position, in_hours=in_hours)


def _education(row: RowReader) -> Education | None:
    """Several columns are one text: «Образование / уровень», «Образование / что окончил»."""
    cells = [(each, text) for each, text in row.of(Column.EDUCATION) if not is_nothing(text)]
    if not cells:
        return None
    return row.take(column_letter(cells[0][0].column), read_education, ", ".join(text for _, text in cells))


def _years(row: RowReader) -> tuple[int | None, int | None]:
    """First years of any and of pedagogical work."""
    both = next((each for each, _ in row.of(Column.EXPERIENCE) if each.detail == "both"), None)
    if both and not is_nothing(row.cells[both.column]):
        pair = row.take(column_letter(both.column), read_both_years, row.cells[both.column], row.today)
        return pair or (None, None)
    total = row.first(Column.TOTAL_EXPERIENCE, read_first_year, row.today)
    return total, row.first(Column.EXPERIENCE, read_first_year, row.today)


def _category(row: RowReader) -> CategoryRead | None:
    """With the date of its own column, which is surer than one in the same cell."""
    text = row.text(Column.CATEGORY)
    letter = row.column(Column.CATEGORY)
    read = row.take(letter, read_category, text, row.today) if text else None
    if read is None:
        return None
    given_on = row.first(Column.CATEGORY_DATE, read_date, row.today)
    if read.category is Category.NONE:
        if given_on:
            row.note(row.column(Column.CATEGORY_DATE), "Дата есть, а категории нет; дата не загружена", fatal=False)
        return read
    if given_on and read.given_on and given_on != read.given_on:
        row.note(letter, f"В двух столбцах разные даты, записана {given_on:%d.%m.%Y}", fatal=False)
    return CategoryRead(read.category, given_on or read.given_on)


def _courses(row: RowReader, use: Column) -> tuple[Course, ...]:
    kind = TrainingKind.RETRAINING if use is Column.RETRAINING else TrainingKind.ADVANCED
    courses: list[Course] = []
    for letter, text in merged(row, use):
        courses += row.take(letter, read_courses, text, kind, row.today) or ()
    return tuple(dict.fromkeys(courses))
