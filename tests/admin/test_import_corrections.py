"""What is put right by hand: which headings are shown, what is remembered, what is refused. No pages, no database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from admin.importing import corrections, said
from admin.importing.paging import pages
from admin.importing.words import COLUMNS, KINDS, STATES
from admin.shell.words import AREAS
from core.errors import AppError
from core.importing.model import Column, ColumnUse, ImportKind, ImportState, Mapping, SheetUse

SHEETS = (
    SheetUse(
        "СОШ 1",
        3,
        (ColumnUse(1, "Ф.И.О.", Column.FULL_NAME), ColumnUse(2, "Дата", Column.CATEGORY_DATE, certain=False)),
    ),
    SheetUse("СОШ 2", 3, (ColumnUse(1, "ф.и.о.", Column.FULL_NAME), ColumnUse(2, "Телефон", Column.IGNORED))),
    SheetUse("Инструкция", 0, (), skipped=True),
)


def sent(**fields: str) -> FormData:
    """Fields as browsers name them: `use_1` stands for `use.1`."""
    return FormData({name.replace("_", "."): value for name, value in fields.items()})


def test_every_code_has_words() -> None:
    assert set(STATES) == set(ImportState)
    assert set(KINDS) == set(ImportKind)
    assert set(COLUMNS) == set(Column)


def test_a_heading_of_several_sheets_is_asked_once_and_doubt_comes_first() -> None:
    found = corrections.headings(SHEETS)
    assert [(one.text, one.sheets, one.certain) for one in found] == [
        ("Дата", 1, False),
        ("Телефон", 1, True),
        ("Ф.И.О.", 2, True),
    ]


def test_only_what_was_doubtful_or_changed_is_remembered() -> None:
    form = sent(
        heading_1="Дата",
        use_1="category_date",
        heading_2="Телефон",
        use_2="awards",
        heading_3="Ф.И.О.",
        use_3="full_name",
    )
    made = corrections.columns(form, Mapping(), ImportKind.STAFF, SHEETS)
    assert set(made.headings.values()) == {"category_date", "awards"}
    assert made.skipped_sheets == ()


def test_headings_that_the_file_does_not_have_are_not_remembered() -> None:
    made = corrections.columns(sent(heading_1="Чужой", use_1="awards"), Mapping(), ImportKind.STAFF, SHEETS)
    assert made == Mapping()


@pytest.mark.parametrize("use", ["", "nonsense", "area:subject_area"])
def test_a_column_that_is_not_offered_is_refused(use: str) -> None:
    with pytest.raises(AppError, match="wrong_column"):
        corrections.columns(sent(heading_1="Дата", use_1=use), Mapping(), ImportKind.STAFF, SHEETS)


def test_areas_are_offered_for_diagnoses_only() -> None:
    offered = corrections.uses(ImportKind.DIAGNOSES)
    assert {f"area:{code}" for code in AREAS} <= set(offered)
    assert Column.AWARDS not in offered
    assert not any(use.startswith("area") for use in corrections.uses(ImportKind.STAFF))


def test_sheets_can_be_left_out_and_taken_in_again() -> None:
    form = FormData([("skipped", "СОШ 2"), ("skipped", "чужой лист")])
    made = corrections.columns(form, Mapping(), ImportKind.STAFF, SHEETS)
    assert made.skipped_sheets == ("СОШ 2",)
    assert corrections.columns(FormData(), made, ImportKind.STAFF, SHEETS).skipped_sheets == ()


def test_names_are_explained_and_forgotten() -> None:
    known = {"organisation": {3}, "position": {5}, "subject": {7}}
    form = sent(
        kind_1="organisation", name_1="МБОУ «СОШ № 1»", choice_1="3", kind_2="subject", name_2="матем.", choice_2=""
    )
    made = corrections.names(form, Mapping(positions={"старое": 5}), known)
    (name,) = made.organisations
    assert made.organisations[name] == 3
    assert made.subjects == {}
    assert made.positions == {"старое": 5}
    again = corrections.names(sent(kind_1="organisation", name_1=name, choice_1="forget"), made, known)
    assert again.organisations == {}


@pytest.mark.parametrize("choice", ["4", "-1", "x", "٣", "1" * 30])
def test_a_meaning_out_of_reach_is_refused(choice: str) -> None:
    known = {"organisation": {3}, "position": (), "subject": ()}
    form = sent(kind_1="organisation", name_1="СОШ", choice_1=choice)
    with pytest.raises(AppError, match="wrong_choice"):
        corrections.names(form, Mapping(), known)


def test_namesakes_are_told_apart() -> None:
    known = {"СОШ 1!7": [11, 12], "СОШ 1!8": [13]}
    form = sent(place_1="СОШ 1!7", person_1="12", place_2="СОШ 1!8", person_2="0", place_3="чужая!1", person_3="99")
    assert corrections.people(form, Mapping(), known).people == {"СОШ 1!7": 12, "СОШ 1!8": 0}
    with pytest.raises(AppError, match="wrong_choice"):
        corrections.people(sent(place_1="СОШ 1!7", person_1="13"), Mapping(), known)


@given(st.integers(1, 500), st.integers(0, 5000), st.integers(1, 100))
def test_pages_cover_the_list(number: int, total: int, size: int) -> None:
    there = pages(number, total, size, "/x", sheet="Лист 1 & 2", kind="")
    assert there.last >= 1
    assert (there.last - 1) * size < max(total, 1) <= there.last * size
    assert there.address(2) == "/x?sheet=%D0%9B%D0%B8%D1%81%D1%82+1+%26+2&page=2"


def test_changes_are_said_in_words() -> None:
    found = said.changes(
        {"category": ["first", "highest"], "category_date": [None, "2024-03-01"], "workload": ["1.00", "1.5"]}
    )
    assert [(one.field, one.before, one.after) for one in found] == [
        ("Категория", "первая", "высшая"),
        ("Дата присвоения", "не было", "01.03.2024"),
        ("Нагрузка", "1", "1,5"),
    ]
