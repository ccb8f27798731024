"""Shorthand of the field becomes values; a known value in any shorthand comes back (SPEC §2)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing.categories import read_category
from core.importing.dates import read_birth_year, read_date
from core.importing.findings import Unreadable
from core.importing.values import read_both_years, read_education, read_first_year, read_workload
from core.people.model import Category, Education
from core.russian import MONTHS
from tests.importing.sheets import TODAY, refusal

CATEGORIES = {
    Category.NONE: ("б/к", "б/к.", "б.к.", "Б/К", "нет", "-", "—", "без категории", "не имеет", "б/кат"),
    Category.CONFORMITY: (
        "СЗД",
        "сзд.",
        "соответствие",
        "соотв.",
        "соответствие занимаемой должности",
        "соотв. зан. д.",
    ),
    Category.HIGHEST: (
        "высш.",
        "высшая",
        "ВЫСШАЯ",
        "ВКК",
        "в/к",
        "высшая кв. кат.",
        "высшая квалификационная категория",
    ),
    Category.FIRST: (
        "первая",
        "перв.",
        "1 КК",
        "1КК",
        "1",
        "I",
        "I кк",
        "1-я",
        "1 кв. кат.",
        "первая категория",
        "ПКК",
    ),
    Category.METHODIST: ("педагог-методист", "Педагог - методист"),
    Category.MENTOR: ("педагог-наставник", "педагог наставник"),
}
EDUCATION = {
    Education.HIGHER: ("высшее", "выс.", "в/о", "ВО", "высшее педагогическое", "Пединститут, 1999", "ИГПУ, 2004"),
    Education.SECONDARY_VOCATIONAL: ("СПО", "ср.спец", "ср.-спец.", "среднее профессиональное", "ср. проф.", "колледж"),
    Education.OTHER: ("среднее", "среднее общее", "н/в", "неоконченное высшее", "другое", "11 классов"),
}
DAYS = st.dates(date(1990, 1, 1), TODAY)
SPELLINGS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d.%m.%Y}г.",
    lambda day: f"от {day:%d.%m.%Y} г. № 5",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day:%d.%m.%y}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: day.isoformat(),
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year} г.",
    lambda day: str((day - date(1899, 12, 30)).days),
)


@pytest.mark.parametrize(("expected", "text"), [(use, each) for use, every in CATEGORIES.items() for each in every])
def test_categories(expected: Category, text: str) -> None:
    assert read_category(text, TODAY).value.category is expected


@given(DAYS, st.sampled_from(SPELLINGS[:3]), st.sampled_from([Category.CONFORMITY, Category.HIGHEST, Category.FIRST]))
def test_a_category_with_its_date_in_one_cell(day: date, spell: Callable[[date], str], category: Category) -> None:
    for word in CATEGORIES[category]:
        read = read_category(f"{word}, {spell(day)}", TODAY).value

        assert (read.category, read.given_on) == (category, day)


def test_an_order_is_no_category_and_an_end_no_beginning() -> None:
    read = read_category("высшая, 12.03.2021, приказ № 1", TODAY).value
    until = read_category("первая до 12.03.2026", TODAY)

    assert (read.category, read.given_on) == (Category.HIGHEST, date(2021, 3, 12))
    assert (until.value.category, until.value.given_on) == (Category.FIRST, None)
    assert "конец срока" in until.remark


def test_the_second_category_is_gone() -> None:
    for text in ("вторая", "II", "2 кк"):
        found = read_category(text, TODAY)

        assert found.value.category is Category.NONE
        assert "второй категории больше нет" in found.remark


@given(DAYS, st.sampled_from(SPELLINGS))
def test_a_date_in_any_spelling_comes_back(day: date, spell: Callable[[date], str]) -> None:
    found = read_date(spell(day), TODAY)

    assert (found.value, found.remark) == (day, "")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("март 2021", date(2021, 3, 1)),
        ("03.2021", date(2021, 3, 1)),
        ("2021 г.", date(2021, 1, 1)),
        ("2021", date(2021, 1, 1)),
    ],
)
def test_a_date_without_a_day_gets_the_first_with_a_remark(text: str, day: date) -> None:
    found = read_date(text, TODAY)

    assert found.value == day
    assert "день не указан" in found.remark


@pytest.mark.parametrize(
    "text", ["32.13.2021", "31.02.2020", "2030", "12.03.2031", "вчера", "1", "0000-00-00", "№ 2021"]
)
def test_impossible_dates(text: str) -> None:
    with pytest.raises(Unreadable):
        read_date(text, TODAY)


@pytest.mark.parametrize(
    ("text", "year"), [("1985", 1985), ("12.03.1985", 1985), ("12.03.85г.", 1985), ("31118", 1985)]
)
def test_birth_years(text: str, year: int) -> None:
    assert read_birth_year(text, TODAY).value == year


@pytest.mark.parametrize("text", ["2020", "1890", "12.03.2015", "да"])
def test_nobody_is_that_old_or_young(text: str) -> None:
    with pytest.raises(Unreadable):
        read_birth_year(text, TODAY)


@pytest.mark.parametrize(("expected", "text"), [(use, each) for use, every in EDUCATION.items() for each in every])
def test_education(expected: Education, text: str) -> None:
    assert read_education(text).value is expected


@given(st.integers(1, 400).map(lambda cents: Decimal(cents) / 100))
def test_rates_in_any_spelling_come_back(rates: Decimal) -> None:
    point = f"{rates:.2f}"
    comma = point.replace(".", ",")
    for text in (f"{point} ст.", f"{comma} ставки", f"{comma}ст", *([point, comma] if rates <= 3 else [])):
        found = read_workload(text)

        assert (found.value, found.remark) == (rates, "")


@pytest.mark.parametrize(
    ("text", "position", "rates"),
    [
        ("18", "учитель", "1.00"),
        ("27 ч.", "учитель", "1.50"),
        ("20 часов", "учитель-логопед", "1.00"),
        ("18 ч", "воспитатель", "0.50"),
    ],
)
def test_hours_become_rates_with_a_remark(text: str, position: str, rates: str) -> None:
    found = read_workload(text, position)

    assert found.value == Decimal(rates)
    assert "часы пересчитаны" in found.remark


@pytest.mark.parametrize("text", ["0", "100", "2023-05-01", "полная", "-1", "9 ст."])
def test_what_is_no_workload(text: str) -> None:
    with pytest.raises(Unreadable):
        read_workload(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *(
            ("5", 2021),
            ("5 лет", 2021),
            ("1 год", 2025),
            ("5 лет 3 мес.", 2021),
            ("с 2015 г.", 2015),
            ("2015", 2015),
            ("менее года", 2026),
            ("8 мес.", 2026),
            ("5,3", 2021),
            ("0", 2026),
            ("10 мес.", 2026),
            ("1 г. 11 мес.", 2024),
        ),
    ],
)
def test_experience_becomes_the_first_year(text: str, year: int) -> None:
    assert read_first_year(text, TODAY).value == year


@pytest.mark.parametrize("text", ["90", "давно", "2031", "2023-05-01", "-3"])
def test_what_is_no_experience(text: str) -> None:
    with pytest.raises(Unreadable):
        read_first_year(text, TODAY)


def test_both_years_in_one_cell() -> None:
    assert read_both_years("25/20", TODAY).value == (2001, 2006)
    with pytest.raises(Unreadable, match="25/20"):
        read_both_years("25", TODAY)


@given(st.text(max_size=200))
def test_any_text_is_a_value_or_unreadable(text: str) -> None:
    reasons = [refusal(reader, text) for reader in (read_workload, read_education)]
    dated = (read_date, read_birth_year, read_first_year, read_category, read_both_years)
    reasons += [refusal(reader, text, TODAY) for reader in dated]

    assert all(not why or why.startswith("«") for why in reasons)
