"""Moments of reminders and what is still of use: pure rules under clocks and calendars of every kind."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import AppError
from core.reminders.model import ReminderKind, RuleView, Whom
from core.reminders.rules import (
    LONGEST_DAYS,
    LONGEST_HOURS,
    MOST,
    USEFUL_FOR,
    Arrived,
    Due,
    Fate,
    Window,
    anchor_days,
    anchor_told,
    check,
    dues,
    ending,
    offsets,
    settle,
    slot,
    told,
)

ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Krasnoyarsk",
    "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka", "Europe/Volgograd",
)  # fmt: skip
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


def rule(
    days: tuple[int, ...] = (), hours: tuple[int, ...] = (), at: time = time(10), repeat: int | None = None
) -> RuleView:
    return RuleView(1, 1, ReminderKind.EVENT, Whom.PERSON, True, days, hours, at, repeat, "", 1)


RULES = st.builds(
    rule,
    st.lists(st.integers(0, LONGEST_DAYS), max_size=MOST, unique=True).map(tuple),
    st.lists(st.integers(1, LONGEST_HOURS), max_size=MOST, unique=True).map(tuple),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    st.none() | st.integers(1, 60),
)
DAYS = st.dates(date(2024, 1, 1), date(2033, 12, 31))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2033, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda one: one.replace(second=0, microsecond=0)
)
ANCHORS = DAYS | MOMENTS


@given(ANCHORS, RULES, st.sampled_from(ZONES))
def test_reminders_come_in_order_once_and_before_the_end(anchor: date | datetime, asked: RuleView, zone: str) -> None:
    found = dues(anchor, asked, zone)
    moments = [one.due_at for one in found]
    assert moments == sorted(set(moments))
    assert len({one.slot for one in found}) == len(found)
    for one in found:
        assert one.due_at < one.useful_until <= min(one.due_at + USEFUL_FOR, ending(anchor, zone))
        assert len(one.slot) <= 60
        assert anchor_told(one.slot) == told(anchor)


@given(DAYS, RULES, st.sampled_from(ZONES))
def test_a_day_is_reminded_of_at_the_local_time(day: date, asked: RuleView, zone: str) -> None:
    local = [one.due_at.astimezone(ZoneInfo(zone)) for one in dues(day, asked, zone)]
    assert {one.time() for one in local} <= {asked.at}
    assert [(day - one.date()).days for one in local] == list(offsets(asked))


@given(DAYS, RULES, st.sampled_from(ZONES), st.integers(-400, 10), st.integers(0, 5))
def test_no_day_is_forgotten_when_things_are_looked_for(
    day: date, asked: RuleView, zone: str, shift: int, length: int
) -> None:
    """The database is asked for the days of `anchor_days`: every thing with a due reminder is among them."""
    start = datetime.combine(day + timedelta(days=shift), time(7), UTC)
    window = Window(start, start + timedelta(days=length))
    if any(window.holds(one.due_at) for one in dues(day, asked, zone)):
        assert day in anchor_days(asked, window, zone)


def test_the_31st_and_the_29th_of_february() -> None:
    asked = rule((31, 1, 0))
    assert [str(one.due_at)[:10] for one in dues(date(2027, 3, 31), asked, "UTC")] == [
        "2027-02-28", "2027-03-30", "2027-03-31",
    ]  # fmt: skip
    assert [str(one.due_at)[:10] for one in dues(date(2028, 2, 29), asked, "UTC")] == [
        "2028-01-29", "2028-02-28", "2028-02-29",
    ]  # fmt: skip


def test_hours_are_counted_to_the_minute_and_days_at_the_rules_time() -> None:
    starts = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)  # 9:30 in Irkutsk
    found = dues(starts, rule((1, 0), (1,), time(12)), "Asia/Irkutsk")
    assert [one.due_at for one in found] == [
        datetime(2026, 11, 24, 4, tzinfo=UTC),
        datetime(2026, 11, 25, 0, 30, tzinfo=UTC),
    ]
    assert [one.useful_until for one in found] == [starts, starts]


def test_after_the_last_one_it_repeats_until_the_day_itself() -> None:
    assert offsets(rule((30, 60), repeat=7)) == (60, 30, 23, 16, 9, 2)
    assert offsets(rule((2,), repeat=2)) == (2, 0)
    assert offsets(rule((), repeat=2)) == ()


ARRIVED = st.lists(
    st.builds(
        lambda thing, before, lasts: (thing, NOW - timedelta(minutes=before), timedelta(minutes=lasts)),
        st.integers(1, 4),
        st.integers(0, 8000),
        st.integers(1, 9000),
    ),
    max_size=30,
).map(lambda rows: [Arrived(n, thing, due, due + lasts) for n, (thing, due, lasts) in enumerate(rows)])


@given(ARRIVED)
def test_of_each_thing_the_latest_useful_one_is_sent_and_every_one_has_an_end(arrived: list[Arrived]) -> None:
    fates = settle(arrived, NOW)
    assert set(fates) == {one.id for one in arrived}
    for one in arrived:
        assert (fates[one.id] is Fate.LATE) == (one.useful_until <= NOW)
    for thing in {one.thing for one in arrived}:
        useful = [one for one in arrived if one.thing == thing and one.useful_until > NOW]
        sent = [one for one in useful if fates[one.id] is Fate.SEND]
        assert len(sent) == min(1, len(useful))
        assert all(one.due_at <= sent[0].due_at for one in useful)


@given(ARRIVED)
def test_the_order_in_which_they_are_found_means_nothing(arrived: list[Arrived]) -> None:
    assert settle(arrived, NOW) == settle(list(reversed(arrived)), NOW)


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        (rule((1, 1)), "reminder.days_unsound"),
        (rule((LONGEST_DAYS + 1,)), "reminder.days_unsound"),
        (rule(tuple(range(MOST + 1))), "reminder.days_unsound"),
        (rule((), (0,)), "reminder.hours_unsound"),
        (rule((1,), repeat=0), "reminder.repeat_unsound"),
        (rule(), "reminder.never"),
    ],
)
def test_unsound_rules_are_refused(asked: RuleView, key: str) -> None:
    with pytest.raises(AppError, match=key):
        check(asked)


def test_a_slot_says_whom_what_and_when() -> None:
    said = slot(Whom.COORDINATOR, date(2027, 5, 1), NOW)
    assert said == "coordinator 2027-05-01 2026-11-23T03:00Z"
    assert isinstance(dues(NOW, rule((1,)), "UTC")[0], Due)
