"""SPEC §2: columns are recognised by their usual headings, in any order and in the words of each school."""

import pytest

from core.importing.headings import meaning_of
from core.importing.model import Column, ImportKind

KNOWN = {
    Column.NUMBER: ("№", "№ п/п", "№п/п", "п/п"),
    Column.ORGANISATION: ("ОО", "Наименование ОО", "Школа", "Образовательная организация", "Место работы", "ОУ"),
    Column.FULL_NAME: ("ФИО", "Ф.И.О.", "Ф. И. О. педагога", "Фамилия, имя, отчество", "ФИО (полностью)"),
    Column.SURNAME: ("Фамилия",),
    Column.GIVEN_NAME: ("Имя",),
    Column.PATRONYMIC: ("Отчество",),
    Column.BIRTH_DATE: ("дата рождения", "Год рождения", "Дата рожд."),
    Column.POSITION: ("Должность", "Занимаемая должность"),
    Column.SUBJECTS: (
        "Предмет",
        "предмет(ы)",
        "Преподаваемые предметы",
        "Преподаваемые дисциплины",
        "Преподаваемый предмет",
    ),
    Column.WORKLOAD: ("Нагрузка", "Ставка", "кол-во ставок", "Нагрузка (ставка)", "Педагогическая нагрузка"),
    Column.EDUCATION: (
        "Образование",
        "ВУЗ",
        "Уровень образования",
        "Образование (что и когда окончил)",
        "Образование (ВУЗ, год окончания)",
    ),
    Column.TOTAL_EXPERIENCE: ("Общий стаж", "Стаж / общий", "Общий трудовой стаж", "Стаж\nобщий"),
    Column.EXPERIENCE: (
        "Педагогический стаж",
        "Стаж / пед.",
        "Педстаж",
        "Стаж педагогической работы",
        "Педагогический стаж на 01.09.2023",
    ),
    Column.CATEGORY: ("Категория", "Кв. категория", "Квалификационная категория / категория", "Кв. кат."),
    Column.CATEGORY_DATE: ("Дата присвоения", "Дата аттестации", "Квалификационная категория / дата присвоения"),
    Column.TRAINING: ("КПК", "ПК", "Курсы", "Повышение квалификации", "КПК (тема, часы, дата)"),
    Column.RETRAINING: ("Переподготовка", "Проф. переподготовка", "Профессиональная переподготовка"),
    Column.AWARDS: ("Награды", "Звания", "Награды, звания", "Почётные звания", "Государственные и отраслевые награды"),
    Column.IGNORED: (
        "Телефон",
        "Примечание",
        "Пол",
        "Стаж работы в должности",
        "Тема самообразования",
        "Год окончания",
        "Учёное звание",
        "",
    ),
}


def use(heading: str) -> Column:
    return meaning_of(heading, ImportKind.STAFF, {}).use


@pytest.mark.parametrize(("expected", "heading"), [(use, each) for use, every in KNOWN.items() for each in every])
def test_usual_headings_are_known_and_certain(expected: Column, heading: str) -> None:
    meaning = meaning_of(heading, ImportKind.STAFF, {})

    assert (meaning.use, meaning.certain) == (expected, True)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Катгория", Column.CATEGORY),
        ("Педогогический стаж", Column.EXPERIENCE),
        ("Должнсоть", Column.POSITION),
        ("Преподготовка", Column.RETRAINING),
        ("ОБРАЗОВНИЕ", Column.EDUCATION),
        ("Квалифика-\nционная кате-\nгория", Column.CATEGORY),
        ("Oбщий cтaж", Column.TOTAL_EXPERIENCE),
    ],
)
def test_slips_of_the_pen_are_forgiven(heading: str, expected: Column) -> None:
    assert use(heading) is expected


@pytest.mark.parametrize("heading", ["Должность, предмет", "Стаж", "Аттестация", "Учитель"])
def test_what_can_mean_two_things_is_worth_a_look(heading: str) -> None:
    meaning = meaning_of(heading, ImportKind.STAFF, {})

    assert meaning.use is not Column.IGNORED
    assert not meaning.certain


def test_what_was_put_right_by_hand_wins() -> None:
    chosen = {"категория": "ignored", "вид": "position", "сфера": "area:ict_area"}

    assert meaning_of("Категория", ImportKind.STAFF, chosen).use is Column.IGNORED
    assert meaning_of(" ВИД ", ImportKind.STAFF, chosen).use is Column.POSITION
    assert meaning_of("Сфера", ImportKind.DIAGNOSES, chosen).detail == "ict_area"


def test_two_kinds_of_experience_in_one_column_are_told_from_one() -> None:
    assert meaning_of("Стаж (общий/пед.)", ImportKind.STAFF, {}).detail == "both"
    assert meaning_of("Общий педагогический стаж", ImportKind.STAFF, {}).detail == ""


def test_hours_are_told_from_rates() -> None:
    assert meaning_of("Нагрузка, часов", ImportKind.STAFF, {}).detail == "hours"
    assert meaning_of("Нагрузка (ставка)", ImportKind.STAFF, {}).detail == ""


@pytest.mark.parametrize(
    ("heading", "area"),
    [
        ("Предметная компетенция", "subject_area"),
        ("Методическая, %", "methodical_area"),
        ("Психолого-педагогическая", "psychology_area"),
        ("ИКТ", "ict_area"),
        ("Цифровая грамотность", "ict_area"),
        ("Управленческая", "management_area"),
    ],
)
def test_areas_of_a_diagnosis(heading: str, area: str) -> None:
    meaning = meaning_of(heading, ImportKind.DIAGNOSES, {})

    assert (meaning.use, meaning.detail) == (Column.AREA, area)


def test_a_diagnosis_tells_nothing_about_work() -> None:
    assert meaning_of("Категория", ImportKind.DIAGNOSES, {}).use is Column.IGNORED
