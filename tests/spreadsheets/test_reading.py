"""Cells as plain text."""

import contextlib
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from core.errors import AppError
from core.spreadsheets import Extent, column_letter, read_book
from tests.xlsform.books import empty, saved, sheet_of, workbook


def test_values_are_what_a_person_would_have_typed() -> None:
    moment = datetime(2026, 5, 1, 14, 30)  # noqa: DTZ001 - a cell knows no zone
    row = [1, 1.0, 2.5, True, False, date(2026, 5, 1), moment, time(9, 5), " a\u00a0", "x\r\ny"]
    book = read_book(workbook({"S": [row]}))
    assert list(book.sheets[0].rows[1].values()) == [
        *("1", "1", "2.5", "TRUE", "FALSE", "2026-05-01", "2026-05-01T14:30", "09:05", "a", "x\ny"),
    ]


def test_sheets_are_found_however_they_are_capitalised() -> None:
    book = read_book(workbook({" Survey": [["a"]]}))
    assert book.sheet("survey") is not None
    assert book.sheet("choices") is None


def test_rows_keep_their_numbers() -> None:
    book = read_book(workbook({"S": [[], ["a"], [], [None, "b"]]}))
    assert book.sheets[0].rows == {2: {1: "a"}, 4: {2: "b"}}


def test_a_formula_nobody_worked_out_is_a_fault() -> None:
    book = read_book(workbook({"S": [["=1+1", "a"], ["b", "#REF!"]]}))
    assert {(fault.row, fault.column) for fault in book.sheets[0].faults} == {(1, 1), (2, 2)}


def test_more_than_the_extent_is_refused_and_blank_cells_are_not() -> None:
    made = empty()
    sheet = sheet_of(made, "S", [["a"]])
    sheet.cell(50, 1).font = Font(bold=True)
    assert read_book(saved(made), Extent(10, 10)).sheets[0].rows == {1: {1: "a"}}
    sheet["A50"] = "b"
    with pytest.raises(AppError) as caught:
        read_book(saved(made), Extent(10, 10))
    assert caught.value.key == "upload.too_complex"


def test_letters_of_columns() -> None:
    assert [column_letter(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


WHOLE = workbook({"survey": [["type", "name", "label"], ["text", "q", "Вопрос"]], "choices": [["list_name"]]})


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_in_words(data: st.DataObject) -> None:
    """Bytes are changed, cut out or put in; whatever openpyxl makes of it, nothing but AppError comes out."""
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    with contextlib.suppress(AppError):
        read_book(bytes(content))
