"""How sending rules are stored, and on which day a digest goes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import local_date
from core.errors import AppError
from core.outgoing import rules as outgoing
from core.outgoing.model import SETTING, SendingRules
from core.timing.hours import allowed_from
from tests.timing.test_hours import DAYS, MINUTES, MOMENTS, ZONES

SOUND = st.builds(
    SendingRules,
    quiet_from=st.just(time(21)),
    quiet_to=st.just(time(8)),
    silent_weekdays=st.frozensets(st.integers(0, 6), max_size=6),
    silent_days=st.frozensets(DAYS, max_size=20),
    daily_limit=st.integers(0, outgoing.LARGEST_LIMIT),
    digest_at=MINUTES.filter(lambda at: time(8) <= at < time(21)),
)
ZONE = "Asia/Irkutsk"


@given(SOUND)
def test_what_is_stored_is_read_back(rules: SendingRules) -> None:
    outgoing.check(rules)
    assert outgoing.from_settings({SETTING: outgoing.to_json(rules)}) == rules


def test_no_quiet_hours_are_stored_too() -> None:
    rules = SendingRules(quiet_from=None, quiet_to=None)
    assert outgoing.from_settings({SETTING: outgoing.to_json(rules)}) == rules


def test_before_a_municipality_has_rules_its_profile_says_the_quiet_hours() -> None:
    rules = outgoing.from_settings({"quiet_hours": {"start": "22:00:00", "end": "07:30:00"}})
    assert rules == SendingRules(quiet_from=time(22), quiet_to=time(7, 30))
    assert outgoing.from_settings({}) == SendingRules()


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"silent_weekdays": frozenset(range(7))}, "sending.always_silent"),
        ({"quiet_from": None}, "sending.half_quiet"),
        ({"quiet_from": time(8)}, "sending.always_quiet"),
        ({"daily_limit": -1}, "sending.limit"),
        ({"daily_limit": 51}, "sending.limit"),
        ({"silent_days": frozenset(map(date.fromordinal, range(739000, 739201)))}, "sending.too_many_days"),
        ({"digest_at": time(7, 59)}, "sending.quiet_digest"),
        ({"digest_at": time(21)}, "sending.quiet_digest"),
    ],
)
def test_rules_that_cannot_be_followed_are_refused(changes: dict[str, object], key: str) -> None:
    with pytest.raises(AppError) as refused:
        outgoing.check(replace(SendingRules(), **changes))  # type: ignore[arg-type]
    assert refused.value.key == key


@given(MOMENTS, SOUND, st.sampled_from(ZONES))
def test_a_digest_comes_later_on_an_open_day_at_its_time(moment: datetime, rules: SendingRules, zone: str) -> None:
    found = outgoing.digest_after(moment, rules, zone)
    local = found.digest_at.astimezone(ZoneInfo(zone))
    assert found.digest_at > moment + outgoing.MARGIN
    assert (local.date(), local.time()) == (found.day, rules.digest_at)
    assert allowed_from(found.digest_at, rules, zone) == found.digest_at


def test_what_comes_after_the_digest_of_today_goes_into_that_of_the_next_open_day() -> None:
    rules = SendingRules(silent_weekdays=frozenset({5, 6}))
    friday = datetime(2026, 11, 27, 18, 1, tzinfo=ZoneInfo(ZONE))
    assert outgoing.digest_after(friday.replace(hour=17), rules, ZONE).day == date(2026, 11, 27)
    assert outgoing.digest_after(friday, rules, ZONE).day == date(2026, 11, 30)


@given(MOMENTS, st.sampled_from(ZONES))
def test_a_day_holds_its_moment_and_is_24_hours_long(moment: datetime, zone: str) -> None:
    start, end = outgoing.day_of(moment, zone)
    assert start <= moment < end
    assert (end - start).total_seconds() == 86_400
    assert local_date(start, zone) == local_date(moment, zone) != local_date(end.astimezone(UTC), zone)
