"""A row's cells → a person, with a located problem for every cell that says nothing readable."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from core.importing.awards import read_awards
from core.importing.categories import CategoryRead, read_category
from core.importing.courses import read_courses
from core.importing.dates import read_birth_year, read_date
from core.importing.diagnoses import read_index
from core.importing.findings import Found, Unreadable
from core.importing.model import Column, ColumnUse, Person, Problem
from core.importing.names import Name, read_name, read_parts
from core.importing.posts import read_position, read_subjects
from core.importing.values import read_both_years, read_education, read_first_year, read_workload
from core.importing.words import is_nothing, line, tidy
from core.people.model import Category, TrainingKind
from core.spreadsheets.sheets import column_letter

T = TypeVar("T")
_PATH = " / "
_MOST_OF_NAME = 300
NO_NAME = "В строке нет фамилии и имени. Допишите их или уберите строку"
NO_ORGANISATION = (
    "Не понятно, в какой организации работает человек. Добавьте столбец с организацией или её название над строками"
)


@dataclass(slots=True)
class RowReader:
    """One row with what has been found wrong in it so far."""

    sheet: str
    row: int
    cells: Mapping[int, str]
    columns: tuple[ColumnUse, ...]
    today: date
    problems: list[Problem] = field(default_factory=list)

    def of(self, use: Column) -> Iterable[tuple[ColumnUse, str]]:
        """Filled cells of that meaning."""
        return [
            (each, self.cells[each.column]) for each in self.columns if each.use is use and each.column in self.cells
        ]

    def text(self, use: Column) -> str:
        return next((line(text) for _, text in self.of(use)), "")

    def column(self, use: Column) -> str:
        """The letter of the first column of that meaning, filled or not; '' without one."""
        return next((column_letter(each.column) for each in self.columns if each.use is use), "")

    def take(self, column: str, reader: Callable[..., Found[T]], *arguments: Any, **options: Any) -> T | None:
        """What the reader makes of its arguments; None with a problem when it cannot."""
        try:
            found = reader(*arguments, **options)
        except Unreadable as error:
            self.note(column, str(error))
            return None
        if found.remark:
            self.note(column, found.remark, fatal=False)
        return found.value

    def note(self, column: str, message: str, *, fatal: bool = True) -> None:
        self.problems.append(Problem(self.sheet, self.row, column, message, fatal))

    def first(self, use: Column, reader: Callable[..., Found[T]], *arguments: Any, **options: Any) -> T | None:
        """Of the first filled cell; None for «-» and the like."""
        for each, text in self.of(use):
            if not is_nothing(text):
                return self.take(column_letter(each.column), reader, text, *arguments, **options)
        return None


def read_staff(row: RowReader, organisation: str) -> Person:
    """Everything that a row of the staff tells."""
    person = _somebody(row, organisation)
    post = row.first(Column.POSITION, read_position) or ("", ())
    given = _category(row)
    total, first_year = _years(row)
    return replace(
        person,
        position=post[0],
        subjects=_subjects(row) or post[1],
        workload=_workload(row, post[0]),
        education=_education(row),
        total_first_year=total,
        first_work_year=first_year,
        category=given.category if given else None,
        category_date=given.given_on if given else row.first(Column.CATEGORY_DATE, read_date, row.today),
        courses=(*_courses(row, Column.TRAINING), *_courses(row, Column.RETRAINING)),
        awards=_gathered(row, Column.AWARDS, lambda text: read_awards(text, row.today)),
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


def _subjects(row: RowReader) -> tuple[str, ...]:
    return _gathered(row, Column.SUBJECTS, read_subjects)


def _workload(row: RowReader, position: str) -> Any:
    in_hours = any(each.detail == "hours" for each, _ in row.of(Column.WORKLOAD))
    return row.first(Column.WORKLOAD, read_workload, position, in_hours=in_hours)


def _education(row: RowReader) -> Any:
    """Several columns are one text: «Образование / уровень», «Образование / что окончил»."""
    cells = [(each, text) for each, text in row.of(Column.EDUCATION) if not is_nothing(text)]
    if not cells:
        return None
    return row.take(column_letter(cells[0][0].column), read_education, ", ".join(text for _, text in cells))


def _years(row: RowReader) -> tuple[int | None, int | None]:
    """First years of any and of pedagogical work."""
    both = next((each for each, _ in row.of(Column.EXPERIENCE) if each.detail == "both"), None)
    if both and "/" in row.cells[both.column]:
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


def _courses(row: RowReader, use: Column) -> tuple[Any, ...]:
    kind = TrainingKind.RETRAINING if use is Column.RETRAINING else TrainingKind.ADVANCED
    courses: list[Any] = []
    for letter, text in _merged(row, use):
        courses += row.take(letter, read_courses, text, kind, row.today) or ()
    return tuple(dict.fromkeys(courses))


def _merged(row: RowReader, use: Column) -> list[tuple[str, str]]:
    """Cells under one merged heading are one text: «Повышение квалификации / тема», «… / часы», «… / год»."""
    groups: dict[str, list[tuple[ColumnUse, str]]] = {}
    for each, text in row.of(use):
        head, divider, _ = each.heading.partition(_PATH)
        groups.setdefault(head if divider else str(each.column), []).append((each, text))
    return [(column_letter(group[0][0].column), _side_by_side(group)) for group in groups.values()]


def _side_by_side(group: list[tuple[ColumnUse, str]]) -> str:
    lines = [tidy(_with_unit(each, text)).split("\n") for each, text in group]
    if len({len(each) for each in lines}) == 1:
        return "\n".join(", ".join(parts) for parts in zip(*lines, strict=True))
    return ", ".join(line(text) for _, text in group)


def _with_unit(column: ColumnUse, text: str) -> str:
    """A bare number under «часы» is hours, not a year."""
    if "час" not in column.heading.rpartition(_PATH)[2].lower() or _PATH not in column.heading:
        return text
    return "\n".join(f"{each} ч." if each.strip().isdecimal() else each for each in text.split("\n"))


def _gathered(row: RowReader, use: Column, reader: Callable[[str], Found[tuple[T, ...]]]) -> tuple[T, ...]:
    found: list[T] = []
    for each, text in row.of(use):
        if not is_nothing(text):
            found += row.take(column_letter(each.column), reader, text) or ()
    return tuple(dict.fromkeys(found))
