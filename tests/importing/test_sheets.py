"""Layouts of SPEC §2: merged headings, a sheet per school, names of schools between the rows, totals, notes."""

from typing import Any

from core.importing.model import ImportKind, Mapping
from core.spreadsheets.sheets import CellFault
from tests.importing.sheets import MadeSheet, result

HEAD = ["№", "ФИО", "Должность", "Категория"]
ANNA = ["1", "Примерова Анна Петровна", "учитель", "первая"]
IVAN = ["2", "Образцов Иван Ильич", "директор", "б/к"]


def uses(sheet: dict[str, Any]) -> list[str]:
    return [each["use"] for each in sheet["columns"]]


def surnames(people: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(each["surname"], each["organisation"]) for each in people]


def test_columns_in_any_order() -> None:
    found = result([["Категория", "ФИО", "ОО"], ["высш.", "Примерова Анна", "Лицей"]])

    (person,) = found.people
    assert (person["surname"], person["organisation"], person["category"]) == ("Примерова", "Лицей", "highest")
    assert found.problems == []


def test_headings_merged_over_two_rows_under_a_title() -> None:
    found = result(
        [
            ["Сведения о кадрах МБОУ «СОШ № 5» на 01.09.2026"],
            [],
            ["№ п/п", "Ф.И.О.", "Стаж", "", "Квалификационная категория", ""],
            ["", "", "общий", "пед.", "категория", "дата присвоения"],
            ["1", "2", "3", "4", "5", "6"],
            ["1", "Примерова Анна", "20", "15", "высшая", "12.03.2021"],
        ]
    )

    (sheet,), (person,) = found.sheets, found.people
    assert uses(sheet) == ["number", "full_name", "total_experience", "experience", "category", "category_date"]
    assert sheet["columns"][3]["heading"] == "Стаж / пед."
    assert (sheet["first_row"], sheet["organisation"]) == (5, "МБОУ «СОШ № 5»")
    assert (person["total_first_year"], person["first_work_year"], person["category_date"]) == (
        2006,
        2011,
        "2021-03-12",
    )
    assert found.fatal == []


def test_headings_merged_over_three_rows() -> None:
    found = result(
        [
            ["ФИО", "Сведения о работе", "", ""],
            ["", "Должность", "Стаж", ""],
            ["", "", "общий", "пед."],
            ["Примерова Анна", "учитель", "20", "15"],
        ]
    )

    assert uses(found.sheets[0]) == ["full_name", "position", "total_experience", "experience"]
    assert len(found.people) == 1


def test_surname_name_and_patronymic_apart() -> None:
    found = result([["Фамилия", "Имя", "Отчество", "Должность"], ["примерова", "анна", "петровна", "учитель"]])

    assert [found.people[0][part] for part in ("surname", "given_name", "patronymic")] == [
        "Примерова",
        "Анна",
        "Петровна",
    ]


def test_a_sheet_for_each_school() -> None:
    first, second = MadeSheet("СОШ № 1", [HEAD, ANNA]), MadeSheet("МБДОУ «Детский сад № 3»", [HEAD, IVAN])

    assert surnames(result(first, second).people) == [
        ("Примерова", "СОШ № 1"),
        ("Образцов", "МБДОУ «Детский сад № 3»"),
    ]


def test_names_of_schools_between_the_rows() -> None:
    found = result(MadeSheet("Лист1", [HEAD, ["1. МБОУ «СОШ № 5»"], ANNA, [], ["2.", "Зиминский лицей"], IVAN]))

    assert surnames(found.people) == [("Примерова", "МБОУ «СОШ № 5»"), ("Образцов", "Зиминский лицей")]


def test_a_merged_cell_names_the_school_for_all_rows_beside_it() -> None:
    found = result(MadeSheet("Лист1", [["ОО", "ФИО", "Должность"], ["Лицей", *ANNA[1:3]], ["", *IVAN[1:3]]]))

    assert surnames(found.people) == [("Примерова", "Лицей"), ("Образцов", "Лицей")]


def test_totals_numbers_and_repeated_headings_are_passed_over() -> None:
    found = result([HEAD, ["1", "2", "3", "4"], ANNA, HEAD, IVAN, ["3"], ["", "Итого: 2 чел."], ["Всего", "", "2"]])

    assert len(found.people) == 2
    assert found.problems == []


def test_a_note_under_the_table_is_passed_over_with_a_remark() -> None:
    found = result([HEAD, ANNA, ["Исполнитель", "", "телефон"]])

    (remark,) = found.problems
    assert (remark["row"], remark["column"], remark["fatal"]) == (3, "A", False)


def test_a_person_over_two_rows() -> None:
    found = result(
        [
            ["ФИО", "Должность", "Курсы"],
            ["Примерова Анна", "учитель", "Грамотность, 72 ч., 2023"],
            ["", "", "Сервисы, 36 ч., 2022"],
        ]
    )

    assert [course["programme"] for course in found.people[0]["courses"]] == ["Грамотность", "Сервисы"]


def test_a_course_over_several_columns() -> None:
    found = result(
        [
            ["ФИО", "Должность", "Повышение квалификации", "", ""],
            ["", "", "тема", "часы", "год"],
            ["Примерова Анна", "учитель", "Грамотность\nСервисы", "72\n36", "2023\n2022"],
        ]
    )

    courses = found.people[0]["courses"]
    assert [(course["programme"], course["hours"]) for course in courses] == [("Грамотность", 72), ("Сервисы", 36)]
    assert found.fatal == []


def test_a_sheet_that_is_no_table_is_skipped_with_a_remark() -> None:
    found = result(MadeSheet("Инструкция", [["Заполните все столбцы"]]), [HEAD, ANNA])

    assert [(sheet["skipped"], sheet["first_row"]) for sheet in found.sheets] == [(True, 0), (False, 2)]
    assert [(each["sheet"], each["fatal"]) for each in found.problems] == [("Инструкция", False)]


def test_hidden_and_unwanted_sheets_are_skipped() -> None:
    hidden, unwanted = MadeSheet("Архив", [HEAD, ANNA], hidden=True), MadeSheet("Ёлка", [HEAD, ANNA])
    found = result(hidden, unwanted, [HEAD, IVAN], mapping=Mapping(skipped_sheets=("елка",)))

    assert [sheet["skipped"] for sheet in found.sheets] == [True, True, False]
    assert len(found.people) == 1


def test_a_file_without_any_table_cannot_go_in() -> None:
    assert result([["Привет"]]).fatal[0].startswith("0: Ни на одном листе")


def test_two_columns_for_one_thing() -> None:
    found = result([["ФИО", "Категория", "Кв. категория"], ["Примерова Анна", "первая", "высшая"]])

    assert "C1: Столбцы B («Категория») и C («Кв. категория»)" in found.fatal[0]


def test_what_was_put_right_by_hand_holds_for_merged_headings_too() -> None:
    grid = [["ФИО", "Стаж", ""], ["", "общий", "пед."], ["Примерова Анна", "?", "15"]]
    found = result(grid, mapping=Mapping(headings={"стаж / общий": "ignored"}))

    assert uses(found.sheets[0]) == ["full_name", "ignored", "experience"]
    assert found.fatal == []


def test_every_unreadable_cell_is_located() -> None:
    found = result([[*HEAD, "Дата рождения"], ["1", "Примерова Анна", "учитель", "самая", "31.02.1985"]])

    assert [message.partition(":")[0] for message in found.fatal] == ["E2", "D2"]


def test_a_row_without_a_name_or_a_school_cannot_go_in() -> None:
    found = result(MadeSheet("Лист1", [HEAD, ["1", "", "учитель", "первая"], ANNA]))

    assert [message.partition(".")[0] for message in found.fatal] == [
        "B2: В строке нет фамилии и имени",
        "2: Не понятно, в какой организации работает человек",
        "3: Не понятно, в какой организации работает человек",
    ]


def test_a_formula_without_a_value_is_a_problem_of_its_cell_where_the_column_matters() -> None:
    faults = [CellFault(2, 3, "формула"), CellFault(2, 4, "формула")]
    head = ["ФИО", "ОО", "Должность", "Телефон"]
    found = result(MadeSheet("Лист1", [head, ["Примерова Анна", "Лицей", "#REF!", "#REF!"]], faults=faults))

    assert found.fatal == ["C2: формула"]


def test_formulas_of_a_total_do_not_matter_and_lost_people_do() -> None:
    faults = [CellFault(3, 3, "формула"), CellFault(4, 2, "формула")]
    found = result(MadeSheet("СОШ № 1", [HEAD, ANNA, ["Итого", "", "x"]], faults=faults))

    assert found.fatal == ["B4: формула"]


def test_a_vacancy_is_nobody() -> None:
    found = result([HEAD, ANNA, ["2", "Вакансия", "учитель", ""]])

    assert len(found.people) == 1
    assert [(each["row"], each["fatal"]) for each in found.problems] == [(3, False)]


def test_two_kinds_of_experience_in_one_cell() -> None:
    found = result([["ФИО", "Стаж (общий/пед.)"], ["Примерова Анна", "25/20"], ["Образцов Иван", "30"]])

    assert (found.people[0]["total_first_year"], found.people[0]["first_work_year"]) == (2001, 2006)
    assert found.fatal == ["B3: «30»: ожидались два числа, общий и педагогический стаж, например 25/20"]


def test_an_endless_cell_is_a_problem_only_where_the_column_matters() -> None:
    found = result([["ФИО", "Должность", "Телефон"], ["Примерова Анна", "у" * 7000, "8" * 7000]])

    assert [message.partition(".")[0] for message in found.fatal] == ["B2: В ячейке больше 6000 знаков"]


def test_a_diagnosis() -> None:
    found = result(
        [
            ["ФИО", "Предметная", "Методическая (балл из 20)", "ИКТ", "Категория"],
            ["Примерова Анна", "45%", "5", "средний", "?"],
        ],
        kind=ImportKind.DIAGNOSES,
    )

    assert found.people[0]["areas"] == {"subject_area": 45.0, "methodical_area": 25.0, "ict_area": 62.0}
    assert found.fatal == []
