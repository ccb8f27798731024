"""SPEC §12: values for any period, in the municipality's own time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.indicators.model import PeriodKind
from core.indicators.rules import due_date, is_met, moments, period_of, period_title, previous, share

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "start", "end", "title"),
    [
        (PeriodKind.YEAR, date(2026, 1, 1), date(2026, 12, 31), "2026 год"),
        (PeriodKind.SCHOOL_YEAR, date(2026, 9, 1), date(2027, 8, 31), "2026/27 учебный год"),
        (PeriodKind.HALF_YEAR, date(2026, 7, 1), date(2026, 12, 31), "II полугодие 2026 года"),
        (PeriodKind.QUARTER, date(2026, 10, 1), date(2026, 12, 31), "IV квартал 2026 года"),
        (PeriodKind.MONTH, date(2026, 11, 1), date(2026, 11, 30), "ноябрь 2026 года"),
    ],
)
def test_the_period_a_day_lies_in(kind: PeriodKind, start: date, end: date, title: str) -> None:
    period = period_of(kind, DAY)
    assert (period.start, period.end, period_title(period)) == (start, end, title)


def test_a_school_year_begins_in_september() -> None:
    assert period_of(PeriodKind.SCHOOL_YEAR, date(2026, 8, 31)).start == date(2025, 9, 1)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(PeriodKind))
def test_periods_join_without_gap_or_overlap(day: date, kind: PeriodKind) -> None:
    period = period_of(kind, day)
    assert period.start <= day <= period.end
    assert previous(period).end == period.start - timedelta(days=1)
    assert period_of(kind, period.start) == period_of(kind, period.end) == period


def test_the_year_begins_at_midnight_of_the_municipality() -> None:
    start, end = moments(period_of(PeriodKind.YEAR, DAY), "Asia/Irkutsk")
    assert start == datetime(2025, 12, 31, 16, tzinfo=UTC)
    assert end == datetime(2026, 12, 31, 16, tzinfo=UTC)


def test_the_day_a_value_is_wanted() -> None:
    assert due_date("12-15", period_of(PeriodKind.YEAR, DAY)) == date(2026, 12, 15)
    assert due_date("06-30", period_of(PeriodKind.SCHOOL_YEAR, DAY)) == date(2027, 6, 30)
    assert due_date(None, period_of(PeriodKind.YEAR, DAY)) is None


def test_of_nobody_there_is_no_share() -> None:
    assert share(0, 0, DAY).value is None
    assert share(0, 5, DAY).value == 0
    assert share(1, 4, DAY).value == 25


def test_targets() -> None:
    assert is_met(None, 10, "at_least") is None
    assert is_met(10, 10, "at_least") is True
    assert is_met(9.9, 10, "exactly") is False
    assert is_met(9.9, 10, "at_most") is True
