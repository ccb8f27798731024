"""The three kinds of tables as sheets of plain text."""

from datetime import date, datetime, time

import pytest

from core.spreadsheets.tables import Bounds, open_tables
from playground.workbooks import Layout, sample
from tests.spreadsheets.made import calc, ods, sheets
from tests.xlsform.books import empty, saved, sheet_of, workbook


def test_values_of_excel_are_what_a_person_would_have_typed() -> None:
    moment = datetime(2026, 5, 1, 14, 30)  # noqa: DTZ001 - a cell knows no zone
    row = [1, 1.0, 2.5, 1.1, True, date(2026, 5, 1), moment, time(9, 5), " a\u00a0", "x\r\ny", "001", date(1900, 1, 5)]
    (read,) = sheets(workbook({"S": [row]}))
    assert list(read.rows[1].values()) == [
        *("1", "1", "2.5", "1.1", "TRUE", "2026-05-01", "2026-05-01T14:30", "09:05", "a", "x\ny", "001", "1900-01-05"),
    ]


def test_rows_and_columns_keep_their_numbers_and_sheets_their_order() -> None:
    book = empty()
    sheet_of(book, "Первый", [[], ["a"], [], [None, "b"]])
    sheet_of(book, "Второй", [["c"]]).sheet_state = "hidden"
    assert [(one.title, one.hidden, one.rows) for one in sheets(saved(book))] == [
        ("Первый", False, {2: {1: "a"}, 4: {2: "b"}}),
        ("Второй", True, {1: {1: "c"}}),
    ]


def test_a_sheet_that_nobody_reads_is_passed_over() -> None:
    cells = calc("<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>")
    for content in (workbook({"S": [["a"]], "T": [["b"]]}), ods(cells + cells)):
        assert len(list(open_tables(content, "x", Bounds()))) == 2


def test_faults_of_cells_are_located() -> None:
    (read,) = sheets(workbook({"S": [["=1+1", "a"], ["b", "#REF!"]]}))
    assert {(fault.row, fault.column) for fault in read.faults} == {(1, 1), (2, 2)}
    formula = '<table:table-cell table:formula="of:=1+1"/>'
    worked_out = '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
    wrong = "<table:table-cell><text:p>#REF!</text:p></table:table-cell>"
    (read,) = sheets(ods(calc(f"<table:table-row>{formula}{worked_out}{wrong}</table:table-row>")))
    assert {(fault.row, fault.column) for fault in read.faults} == {(1, 1), (1, 3)}
    assert read.rows == {1: {2: "2", 3: "#REF!"}}


def test_values_of_calc() -> None:
    cells = (
        '<table:table-cell office:value-type="float" office:value="2.50"><text:p>2,5 ст.</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2026-05-01T00:00:00"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT09H05M00S"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        "<table:table-cell><office:annotation><text:p>примечание</text:p></office:annotation>"
        '<text:p>a<text:s text:c="2"/><text:span>b</text:span></text:p><text:p>c</text:p></table:table-cell>'
    )
    (read,) = sheets(ods(calc(f"<table:table-row>{cells}</table:table-row>")))
    assert read.rows == {1: {1: "2.5", 2: "2026-05-01", 3: "09:05", 4: "TRUE", 5: "a  b\nc"}}


def test_repeats_of_calc() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2">'
        "<text:p>a</text:p></table:table-cell></table:table-row>"
    )
    blank = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    (read,) = sheets(ods(calc(f"{row}{row}{blank}")))
    assert read.rows == {number: {1: "a", 2: "a"} for number in (1, 2, 3, 4)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_csv_of_any_program(encoding: str, delimiter: str) -> None:
    rows = [
        ["№", "ФИО", "Курсы"],
        ["1", "Примерова Анна", f'"Первый{delimiter}\r\nвторой"'],
        ["", "", ""],
        ["2", "Ё", ""],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (read,) = sheets(text.encode(encoding), "Кадры.csv")
    assert read.title == "Кадры"
    assert read.rows == {
        1: {1: "№", 2: "ФИО", 3: "Курсы"},
        2: {1: "1", 2: "Примерова Анна", 3: f"Первый{delimiter}\nвторой"},
        4: {1: "2", 2: "Ё"},
    }


def test_commas_within_cells_do_not_hide_the_semicolon() -> None:
    text = "Сведения о кадрах, 2026\nФИО;Награды\nПримерова Анна;Грамота, 2019\nПримеров Пётр;Грамота, 2018, 2019\n"
    (read,) = sheets(text.encode())
    assert read.rows[3] == {1: "Примерова Анна", 2: "Грамота, 2019"}


def test_excels_own_first_line_names_the_delimiter() -> None:
    (read,) = sheets(b"sep=|\r\na|b;c\r\n")
    assert read.rows == {2: {1: "a", 2: "b;c"}}


def test_control_characters_are_left_out() -> None:
    (read,) = sheets("ФИО;Пол\nАн\x0bна\x1a;ж\x7f\n".encode())
    assert read.rows[2] == {1: "Анна", 2: "ж"}
    (read,) = sheets(workbook({"S": [["a_x0000_b_xD800_c_x000A_d"]]}))
    assert read.rows == {1: {1: "abc\nd"}}


def test_the_name_does_not_say_what_a_file_is() -> None:
    content = workbook({"S": [["a"]]})
    assert sheets(content, "x.csv")[0].rows == sheets(content, "x.pdf")[0].rows == {1: {1: "a"}}


@pytest.mark.parametrize("layout", Layout)
def test_every_sample_reads_in_full(layout: Layout) -> None:
    made = sample(layout, 4, 60, 3)
    read = sheets(made.content, made.file_name)
    rows = [row for one in read for row in one.rows.values()]
    assert sum(any(len(text.split()) >= 2 for text in row.values()) and len(row) > 8 for row in rows) >= 60
    assert not any(one.faults for one in read)
