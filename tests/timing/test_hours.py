"""Quiet hours and no-send days: SPEC §5 in the municipality's time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import AppError
from core.outgoing.model import SendingRules
from core.timing.hours import allowed_from

ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
RULES = st.builds(
    SendingRules,
    quiet_from=st.none() | MINUTES,
    quiet_to=st.none() | MINUTES,
    silent_weekdays=st.frozensets(st.integers(0, 6), max_size=6),
    silent_days=st.frozensets(DAYS, max_size=20),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def may_go(moment: datetime, rules: SendingRules, zone: str) -> bool:
    """The rule as a person would put it, minute by minute."""
    local = moment.astimezone(ZoneInfo(zone))
    if local.weekday() in rules.silent_weekdays or local.date() in rules.silent_days:
        return False
    start, end, at = rules.quiet_from, rules.quiet_to, local.time()
    if start is None or end is None or start == end:
        return True
    quiet = start <= at < end if start < end else at >= start or at < end
    return not quiet


@given(MOMENTS, RULES, st.sampled_from(ZONES))
def test_the_result_is_allowed_not_before_the_moment_and_its_own_result(
    moment: datetime, rules: SendingRules, zone: str
) -> None:
    found = allowed_from(moment, rules, zone)
    assert found >= moment
    assert may_go(found, rules, zone)
    assert allowed_from(found, rules, zone) == found
    assert (found == moment) == may_go(moment, rules, zone)


@given(MOMENTS, RULES, st.sampled_from(ZONES), st.floats(0, 1, exclude_max=True))
def test_nothing_between_the_moment_and_the_result_is_allowed(
    moment: datetime, rules: SendingRules, zone: str, part: float
) -> None:
    found = allowed_from(moment, rules, zone)
    last = found - timedelta(microseconds=1)
    between = min(moment + (found - moment) * part, last)
    assert found == moment or not (may_go(between, rules, zone) or may_go(last, rules, zone))


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2026-11-27 20:59", "2026-11-27 20:59"),
        ("2026-11-27 21:00", "2026-11-30 08:00"),
        ("2026-11-28 03:00", "2026-11-30 08:00"),
        ("2026-11-30 07:59", "2026-11-30 08:00"),
        ("2026-12-30 23:30", "2027-01-04 08:00"),
    ],
)
def test_over_the_weekend_and_new_year(local: str, expected: str) -> None:
    rules = SendingRules(
        silent_weekdays=frozenset({5, 6}),
        silent_days=frozenset({date(2026, 12, 31), date(2027, 1, 1)}),
    )
    zone = ZoneInfo("Asia/Kamchatka")
    moment = datetime.fromisoformat(local).replace(tzinfo=zone)
    found = allowed_from(moment, rules, "Asia/Kamchatka")
    assert found.astimezone(zone).strftime("%Y-%m-%d %H:%M") == expected


def test_quiet_hours_in_the_middle_of_the_day_leave_both_ends() -> None:
    rules = SendingRules(quiet_from=time(8), quiet_to=time(14))
    day = datetime(2026, 11, 25, tzinfo=ZoneInfo("Asia/Omsk"))
    assert allowed_from(day, rules, "Asia/Omsk") == day
    assert allowed_from(day.replace(hour=9), rules, "Asia/Omsk") == day.replace(hour=14)


def test_a_week_without_any_day_is_refused() -> None:
    rules = SendingRules(silent_weekdays=frozenset(range(7)))
    with pytest.raises(AppError, match=r"sending\.always_silent"):
        allowed_from(datetime(2026, 11, 25, tzinfo=UTC), rules, "Europe/Moscow")
