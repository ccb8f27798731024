"""Numbers, dates and counted words in Russian."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.shell import formatting
from core import russian

WORDS = ("человек", "человека", "человек")


@pytest.mark.parametrize(
    ("count", "form"),
    [
        (0, "дней"), (1, "день"), (2, "дня"), (4, "дня"), (5, "дней"), (11, "дней"), (12, "дней"), (14, "дней"),
        (21, "день"), (22, "дня"), (25, "дней"), (101, "день"), (111, "дней"), (112, "дней"), (122, "дня"),
    ],
)  # fmt: skip
def test_words_follow_their_numbers(count: int, form: str) -> None:
    assert russian.plural_form(count, "день", "дня", "дней") == form


@given(st.integers(min_value=0, max_value=10**9))
def test_the_word_depends_on_the_last_two_digits(count: int) -> None:
    assert russian.plural_form(count, "a", "b", "c") == formatting.plural_form(count % 100, "a", "b", "c")


@pytest.mark.parametrize(
    ("value", "text"),
    [(12.34, "12,3"), (12.0, "12"), (0.04, "0"), (-3.25, "−3,2"), (12345.6, "12\u00a0345,6"), (99.96, "100")],
)
def test_decimals_have_a_comma(value: float, text: str) -> None:
    assert formatting.decimal(value) == text


def test_whole_numbers_are_grouped_from_five_digits() -> None:
    assert [formatting.whole(one) for one in (0, 9999, 10000, -1234567)] == [
        "0",
        "9999",
        "10\u00a0000",
        "−1\u00a0234\u00a0567",
    ]


def test_dates_and_moments() -> None:
    assert formatting.day(date(2026, 12, 15)) == "15\u00a0декабря\u00a02026"
    late = datetime(2026, 12, 14, 17, 30, tzinfo=UTC)
    assert formatting.moment(late, "Asia/Irkutsk") == "15\u00a0декабря\u00a02026, 01:30"


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Asia/Irkutsk", "Иркутск (МСК+5)"),
        ("Europe/Kirov", "Киров (МСК)"),
        ("Asia/Yekaterinburg", "Екатеринбург (МСК+2)"),
        ("Europe/Kaliningrad", "Калининград (МСК−1)"),
    ],
)
def test_zones_are_named(zone: str, name: str) -> None:
    assert formatting.zone_name(zone, datetime(2026, 11, 23, tzinfo=UTC)) == name
