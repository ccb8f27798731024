"""How a made-up workbook is laid out: sheets, headings, what stands between the rows (SPEC §2)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from random import Random

from playground.workbooks import messy, tidy
from playground.workbooks.model import Cell, Grid, Member
from playground.workbooks.truth import Truth, truth_of

HEADINGS = (
    *("ФИО", "Дата рождения", "Должность", "Предмет", "Нагрузка (ставка)", "Образование", "Общий стаж"),
    *("Педагогический стаж", "Категория", "Дата присвоения", "ПК", "Переподготовка", "Награды"),
)
_MESSY_HEADINGS = (
    *("Ф.И.О. педагога", "дата рожд.", "Должность", "Предмет(ы)", "Кол-во ставок", "Образование", "Стаж\nобщий"),
    *("Стаж пед.", "Кв. категория", "Дата аттестации", "КПК (тема, часы, дата)", "Проф. переподготовка"),
    "Награды, звания",
)
_TOP = ("Ф.И.О. педагога", "Дата рождения", "Должность", "Предмет", "Нагрузка, ставок", "Образование")
_GROUPS = (("Стаж", ("общий", "пед.")), ("Квалификационная категория", ("категория", "дата присвоения")))
_LAST = ("Повышение квалификации", "Переподготовка", "Награды")


class Layout(StrEnum):
    PLAIN = "plain"
    """One sheet, headings in the first row."""
    BY_SCHOOL = "by_school"
    """A sheet per school: title lines, merged headings in two rows, a column of numbers, a total at the bottom."""
    OLD_PROGRAM = "old_program"
    """CSV of an old program: cp1251, semicolons."""
    LIBRE = "libre"
    """The plain one as .ods."""
    MESSY = "messy"
    """One sheet: schools as headings between the rows, shorthand, dates as text, empty rows."""


def plain(members: Sequence[Member], today: date) -> tuple[list[Grid], list[Truth]]:
    grid = Grid("Педагоги")
    grid.add(["№", "ОО", *HEADINGS])
    truths = [
        truth_of(member, (grid.title, grid.add([number, member.organisation, *tidy.cells(member, today)])))
        for number, member in enumerate(members, start=1)
    ]
    return [grid], truths


def by_school(members: Sequence[Member], today: date) -> tuple[list[Grid], list[Truth]]:
    grids, truths = [], []
    for name, group in groupby(members, key=lambda member: member.organisation):
        staff = list(group)
        grid = Grid(_sheet_title(staff[0].short_name))
        _two_rows_of_headings(grid, name, today)
        for number, member in enumerate(staff, start=1):
            row = grid.add([number, *tidy.cells(member, today)])
            truths.append(truth_of(member, (grid.title, row)))
        total = sum(float(member.teacher.workload) for member in staff)
        grid.add([None, f"Итого: {len(staff)} чел.", None, None, None, round(total, 2)])
        grids.append(grid)
    return grids, truths


def disorder(members: Sequence[Member], today: date, rng: Random) -> tuple[list[Grid], list[Truth]]:
    grid, truths = Grid("Лист1"), []
    grid.add(["Сведения о педагогических работниках"])
    grid.add()
    grid.add(["№ п/п", *_MESSY_HEADINGS])
    for name, group in groupby(members, key=lambda member: member.organisation):
        if rng.random() < 0.5:
            grid.add()
        grid.merge(grid.add([name]), 1, len(grid.rows), 1 + len(_MESSY_HEADINGS))
        for number, member in enumerate(group, start=1):
            written = messy.cells(member, today, rng)
            row = grid.add([number, *written.cells])
            truths.append(truth_of(member, (grid.title, row)) | written.known)
    return [grid], truths


def _two_rows_of_headings(grid: Grid, name: str, today: date) -> None:
    columns = 1 + len(HEADINGS)
    for line in ("Сведения о кадрах", name, f"по состоянию на {today:%d.%m.%Y} г."):
        grid.merge(grid.add([line]), 1, len(grid.rows), columns)
    grid.add()
    upper: list[Cell] = ["№ п/п", *_TOP]
    lower: list[Cell] = [None] * len(upper)
    row = len(grid.rows) + 1
    for group, parts in _GROUPS:
        grid.merge(row, len(upper) + 1, row, len(upper) + len(parts))
        upper += [group, *[None] * (len(parts) - 1)]
        lower += parts
    upper += _LAST
    lower += [None] * len(_LAST)
    grid.add(upper)
    grid.add(lower)
    for column, part in enumerate(lower, start=1):
        if part is None:
            grid.merge(row, column, row + 1, column)


def _sheet_title(name: str) -> str:
    """Excel allows 31 characters and not all of them."""
    return "".join(" " if letter in r"[]:*?/\'" else letter for letter in name).strip()[:31]
