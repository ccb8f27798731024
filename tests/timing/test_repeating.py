"""Repetitions: at one time of day where the municipality is, on the days they belong to, none of them twice."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.timing.repeating import LAST_YEAR, Every, Repeat, latest_until, next_after, occurrences

ZONES = st.sampled_from(["Europe/Kaliningrad", "Europe/Kirov", "Asia/Yekaterinburg", "Asia/Irkutsk", "Asia/Kamchatka"])
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
MINUTES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
REPEATS = st.builds(Repeat, st.sampled_from(Every), DAYS, MINUTES, st.integers(1, 12))
MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2041, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - it is given one


def days(repeat: Repeat, number: int, after: datetime = datetime(2000, 1, 1, tzinfo=UTC)) -> list[date]:
    zone = ZoneInfo("Asia/Irkutsk")
    return [one.astimezone(zone).date() for one in islice(occurrences(repeat, "Asia/Irkutsk", after), number)]


def test_the_31st_is_the_last_day_of_a_shorter_month_and_comes_back() -> None:
    repeat = Repeat(Every.MONTH, date(2027, 12, 31), time(10))
    assert days(repeat, 5) == [
        date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30),
    ]  # fmt: skip


def test_a_leap_day_is_the_28th_in_other_years() -> None:
    repeat = Repeat(Every.MONTH, date(2028, 2, 29), time(10), step=12)
    assert days(repeat, 5) == [date(year, 2, 29 if year % 4 == 0 else 28) for year in range(2028, 2033)]


def test_every_second_week_counts_from_the_first() -> None:
    repeat = Repeat(Every.WEEK, date(2026, 11, 24), time(10), step=2)
    after = datetime(2026, 12, 1, tzinfo=UTC)
    assert days(repeat, 2, after) == [date(2026, 12, 8), date(2026, 12, 22)]


def test_the_last_day_may_still_happen() -> None:
    repeat = Repeat(Every.DAY, date(2026, 11, 24), time(23, 30), until=date(2026, 11, 25))
    assert days(repeat, 9) == [date(2026, 11, 24), date(2026, 11, 25)]


def test_it_comes_to_an_end_with_the_calendar() -> None:
    repeat = Repeat(Every.MONTH, date(LAST_YEAR, 11, 30), time(10))
    assert len(days(repeat, 9)) == 2
    assert len(days(Repeat(Every.DAY, date(LAST_YEAR, 12, 30), time(10)), 9)) == 2


@given(REPEATS, ZONES, MOMENTS)
def test_they_are_later_in_order_and_at_their_time_of_day(repeat: Repeat, zone: str, after: datetime) -> None:
    found = list(islice(occurrences(repeat, zone, after), 20))
    assert all(one > after for one in found)
    assert all(earlier < later for earlier, later in pairwise(found))
    local = [one.astimezone(ZoneInfo(zone)) for one in found]
    assert {one.time() for one in local} <= {repeat.at}
    assert all(one.date() >= repeat.first for one in local)


@given(REPEATS, ZONES, MOMENTS)
def test_wherever_one_begins_to_look_they_are_the_same(repeat: Repeat, zone: str, after: datetime) -> None:
    found = list(islice(occurrences(repeat, zone, after), 5))
    for earlier, later in pairwise(found):
        assert next_after(repeat, zone, earlier) == later
        assert next_after(repeat, zone, later - timedelta(microseconds=1)) == later


@given(REPEATS, ZONES, MOMENTS)
def test_none_is_left_out(repeat: Repeat, zone: str, after: datetime) -> None:
    """Between two of them lies one step, or a month of any length."""
    longest = {Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 31}[repeat.every] * repeat.step + 1
    for earlier, later in pairwise(islice(occurrences(repeat, zone, after), 10)):
        assert later - earlier <= timedelta(days=longest)


@given(REPEATS, ZONES, MOMENTS, st.lists(st.integers(-40, 60), min_size=1, max_size=12))
def test_a_clock_that_jumps_makes_none_happen_twice(
    repeat: Repeat, zone: str, start: datetime, jumps: list[int]
) -> None:
    """A series as core.announcements keeps it: the next time is a row, and moves forward only."""
    due, now, happened = next_after(repeat, zone, start), start, []
    for jump in jumps:
        now += timedelta(days=jump)
        if due is not None and due <= now:
            happened.append(latest_until(repeat, zone, due, now) or due)
            due = next_after(repeat, zone, now)
    assert len(set(happened)) == len(happened)
    assert happened == sorted(happened)


@pytest.mark.parametrize("every", Every)
@pytest.mark.parametrize("until", [None, date(2027, 1, 1)])
def test_it_is_read_as_it_was_written(every: Every, until: date | None) -> None:
    repeat = Repeat(every, date(2026, 11, 24), time(9, 5), 3, until)
    assert Repeat.from_json(repeat.to_json()) == repeat
    assert Repeat.from_json({}) is None
