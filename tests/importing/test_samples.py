"""Made-up workbooks in the layouts of SPEC §2 are understood exactly as they were meant."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.importing.encoding import person_of
from core.importing.model import ImportKind, Mapping
from core.importing.reading import read_sheets
from core.spreadsheets.reading import read_book
from playground.workbooks.layouts import Layout
from playground.workbooks.samples import DAY, Sample, sample
from playground.workbooks.truth import Truth
from tests.importing.sheets import MadeSheet, Result, result

EXACT = (
    *("sheet", "row", "organisation", "surname", "given_name", "patronymic", "birth_year", "position", "subjects"),
    *("education", "total_first_year", "first_work_year", "category"),
)


def read(made: Sample) -> Result:
    sheets = [MadeSheet(sheet.title, _grid(sheet.rows)) for sheet in read_book(made.content).sheets]
    found = list(read_sheets(sheets, ImportKind.STAFF, Mapping(), DAY))
    return Result(*([each[name] for each in found if name in each] for name in ("sheet", "person", "problem")))


def _grid(rows: Any) -> list[list[str]]:
    width = max(max(cells) for cells in rows.values())
    return [[rows.get(row, {}).get(column, "") for column in range(1, width + 1)] for row in range(1, max(rows) + 1)]


@pytest.mark.parametrize("layout", [Layout.PLAIN, Layout.BY_SCHOOL, Layout.MESSY])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_layout_is_read_as_it_was_meant(layout: Layout, seed: int) -> None:
    made = sample(layout, schools=5, people=120, seed=seed)
    found = read(made)

    assert found.fatal == []
    assert found.problems == []
    assert all(column["certain"] for sheet in found.sheets for column in sheet["columns"])
    for person, truth in zip(found.people, made.truth, strict=True):
        assert {name: person[name] for name in EXACT} == {name: truth[name] for name in EXACT}
        assert float(person["workload"]) == float(truth["workload"])
        assert _agrees(person["category_date"], truth["category_date"])
        assert _same(person["courses"], truth["courses"], "finished_on")
        assert _same(person["awards"], truth["awards"], "given_on")


def _agrees(day: str | None, meant: str | None) -> bool:
    """A date is meant as exactly as the cell told it: "2021-03" is any day that month."""
    return day == meant if day is None or meant is None else day.startswith(meant)


def _same(found: list[Truth], meant: list[Truth], when: str) -> bool:
    def order(each: Truth) -> tuple[tuple[str, ...], str]:
        return tuple(str(each[name])[:7] for name in sorted(each) if name != when), str(each[when])[:4]

    pairs = zip(sorted(found, key=order), sorted(meant, key=order), strict=True)
    return all(_agrees(one[when], other[when]) and {**one, when: ""} == {**other, when: ""} for one, other in pairs)


CELL = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["ФИО", "Должность", "Курсы", "СОШ № 1", "Итого", "Примерова Анна", "б/к", "12.03.2021", "=1", "1 КК"]
    ),
)


@settings(deadline=None)
@given(st.lists(st.lists(CELL, max_size=8), max_size=12), st.sampled_from(ImportKind))
def test_any_text_in_any_cell_gives_values_or_located_problems(grid: list[list[str]], kind: ImportKind) -> None:
    head = ["ФИО", "Должность", "Нагрузка", "Категория", "КПК", "Награды", "ИКТ", "Дата рождения"]
    found = result([*grid, head, *grid], kind=kind)

    for person in map(person_of, found.people):
        assert person.row > 0
        assert person.surname or any(problem.fatal for problem in person.problems)
    for problem in found.problems:
        assert problem["message"]
        assert problem["column"].isupper() or not problem["column"]


@settings(deadline=None)
@given(st.lists(st.text(max_size=400), min_size=15, max_size=15))
def test_any_text_in_every_column_of_a_person(cells: list[str]) -> None:
    head = [
        *("ФИО", "ОО", "Дата рождения", "Должность", "Предмет", "Нагрузка", "Образование", "Общий стаж"),
        *("Педстаж", "Категория", "Дата присвоения", "КПК", "Переподготовка", "Награды", "Телефон"),
    ]
    found = result([head, ["Примерова Анна", "Лицей", *cells[2:]]])

    assert all(each["row"] == 2 for person in found.people for each in person["problems"])


def test_a_person_of_another_day_has_other_years() -> None:
    grid = [["ФИО", "Стаж педагогический"], ["Примерова Анна", "5"]]
    (made,) = list(read_sheets([MadeSheet("Лицей", grid)], ImportKind.STAFF, Mapping(), date(2030, 1, 1)))[1:]

    assert made["person"]["first_work_year"] == 2025
