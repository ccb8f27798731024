"""From what is typed to values and back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.model import Category
from core.registry import kinds, rules
from core.registry.fields import Unreadable, mark, read, read_field, typed
from core.registry.model import Field, Kind, Type

TEXT = Field("x", Type.TEXT, required=True, longest=5)
WHOLE = Field("x", Type.WHOLE, low=0, high=100)
DAY = Field("x", Type.DATE, low=1950, high=2100)
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (TEXT, "  а\x00 \n б ", "а б"),
        (TEXT, "а" * 5, "а" * 5),
        (WHOLE, " 7 ", 7),
        (WHOLE, "", None),
        (Field("x", Type.DECIMAL, low=0, high=4), "1,255", Decimal("1.26")),
        (DAY, "01.02.2026", date(2026, 2, 1)),
        (DAY, "2026-02-01", date(2026, 2, 1)),
        (Field("x", Type.FLAG), "yes", True),
        (Field("x", Type.FLAG), "", False),
        (Field("x", Type.CHOICE, choices=Category), "first", "first"),
        (Field("x", Type.RECORD, target="teachers"), "12", 12),
    ],
)
def test_what_can_be_read(field: Field, text: str, value: object) -> None:
    assert read_field(field, [text]) == value


@pytest.mark.parametrize(
    ("field", "text", "key"),
    [
        (TEXT, "\x00 \t", "required"),
        (TEXT, "а" * 6, "too_long"),
        (WHOLE, "1.5", "not_whole"),
        (WHOLE, "٣", "not_whole"),
        (WHOLE, "101", "out_of_range"),
        (WHOLE, "9" * 40, "not_whole"),
        (Field("x", Type.DECIMAL, high=4), "NaN", "out_of_range"),
        (Field("x", Type.DECIMAL, high=4), "1e999", "not_decimal"),
        (Field("x", Type.DECIMAL, high=4), "4,01", "out_of_range"),
        (DAY, "30.02.2026", "not_a_day"),
        (DAY, "0001-01-01", "day_out_of_range"),
        (Field("x", Type.CHOICE, choices=Category), "First", "no_such_choice"),
        (Field("x", Type.RECORD, target="teachers"), "-1", "no_such_choice"),
        (Field("x", Type.RECORD, target="teachers"), str(2**31), "no_such_choice"),
    ],
)
def test_what_cannot(field: Field, text: str, key: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_field(field, [text])
    assert caught.value.problem.key == f"registry.{key}"


@given(st.sampled_from(kinds.ALL), st.data())
def test_anything_may_be_sent_and_what_is_read_comes_back(kind: Kind, data: st.DataObject) -> None:
    pieces = st.text(max_size=6) | st.sampled_from(["1", "yes", "first", "2026-01-01", "0,5", "advanced", "NaN", "∞"])
    sent = {one.name: data.draw(st.lists(pieces, max_size=3)) for one in kind.fields}
    values, wrong = read(kind, sent)
    assert set(values) | set(wrong) == {one.name for one in kind.fields}
    if not wrong:
        assert read(kind, typed(kind, values)) == (values, {})
        assert mark(kind, values) == mark(kind, dict(reversed(values.items())))


@given(st.sampled_from(list(Category)), DAYS, DAYS)
def test_the_term_in_days_of_giving_is_the_term_in_days_of_ending(
    category: Category, given_on: date, limit: date
) -> None:
    ends_on = rules.category_end(category, given_on)
    if ends_on is not None:
        assert (ends_on <= limit) == (given_on <= rules.last_given(limit))


@pytest.mark.parametrize(
    ("category", "given_on", "ends_on"),
    [
        (Category.FIRST, date(2023, 8, 31), date(2028, 8, 31)),
        (Category.HIGHEST, date(2023, 9, 1), None),
        (Category.CONFORMITY, date(2024, 2, 29), date(2029, 2, 28)),
        (Category.METHODIST, date(2020, 1, 1), None),
        (Category.NONE, None, None),
    ],
)
def test_terms_of_categories(category: Category, given_on: date | None, ends_on: date | None) -> None:
    assert rules.category_end(category, given_on) == ends_on


@given(DAYS, st.integers(0, 240))
def test_months_go_on_and_never_skip_one(day: date, months: int) -> None:
    later = rules.months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
    assert later.day == day.day or (later.replace(day=28) < later or later.day == 28)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"birth_year": 1990, "first_work_year": 2003}, {"first_work_year": "too_young"}),
        ({"birth_year": 1990, "first_work_year": 2010, "total_first_year": 2004}, {}),
        ({"first_work_year": 2010, "total_first_year": 2011}, {"total_first_year": "total_after_first"}),
        ({"birth_year": 2027}, {"birth_year": "in_future"}),
        ({"category": "none", "category_date": date(2026, 1, 1)}, {"category_date": "date_without_category"}),
        ({"category": "first", "category_date": date(2026, 11, 24)}, {"category_date": "in_future"}),
        ({"attestation_planned_on": date(2027, 1, 1)}, {}),
    ],
)
def test_what_cannot_be_true_of_a_person(values: dict[str, object], wrong: dict[str, str]) -> None:
    found = rules.problems(kinds.TEACHERS, values, date(2026, 11, 23))
    assert {name: problem.key for name, problem in found.items()} == {
        name: f"registry.{key}" for name, key in wrong.items()
    }


def test_a_course_ends_after_it_began() -> None:
    values = {"started_on": date(2026, 3, 2), "finished_on": date(2026, 3, 1)}
    found = rules.problems(kinds.TRAINING, values, date(2026, 11, 23))
    assert set(found) == {"started_on"}
