"""Sending rules in words."""

from datetime import date, time

import pytest

from core.outgoing.describing import describe
from core.outgoing.model import AT_ANY_HOUR, SendingRules
from core.timing.holidays import coming_holidays

TODAY = date(2026, 11, 25)


def test_the_usual_rules() -> None:
    assert describe(SendingRules(), TODAY) == [
        "С 21:00 до 8:00 сообщения не приходят.",
        "За день приходит не больше 3 сообщений, остальные — одной подборкой в 18:00.",
    ]


@pytest.mark.parametrize(
    ("weekdays", "said"),
    [
        ({6}, "По воскресеньям сообщения не приходят."),
        ({5, 6}, "По субботам и воскресеньям сообщения не приходят."),
        ({0, 5, 6}, "По понедельникам, субботам и воскресеньям сообщения не приходят."),
    ],
)
def test_weekdays(weekdays: set[int], said: str) -> None:
    assert describe(SendingRules(silent_weekdays=frozenset(weekdays)), TODAY)[1] == said


def test_days_that_follow_one_another_are_one_span_and_past_ones_are_left_out() -> None:
    days = frozenset(
        {
            date(2026, 11, 24),
            date(2026, 12, 31),
            *(date(2027, 1, day) for day in range(1, 9)),
            date(2027, 2, 23),
            date(2027, 4, 30),
            date(2027, 5, 1),
            date(2027, 5, 9),
        }
    )
    assert describe(SendingRules(silent_days=days), TODAY)[1] == (
        "Не приходят они и в эти дни: 31 декабря 2026 — 8 января 2027, 23 февраля 2027, "
        "30 апреля — 1 мая 2027, 9 мая 2027."
    )


def test_neither_hours_nor_a_limit() -> None:
    assert describe(AT_ANY_HOUR, TODAY)[0] == "Тихих часов нет: сообщения приходят в любое время суток."
    assert describe(SendingRules(daily_limit=0), TODAY)[-1] == "Сколько сообщений приходит за день, не ограничено."


@pytest.mark.parametrize(("limit", "said"), [(1, "1 сообщения"), (2, "2 сообщений"), (21, "21 сообщения")])
def test_numbers_agree(limit: int, said: str) -> None:
    rules = SendingRules(daily_limit=limit, digest_at=time(9, 5))
    assert describe(rules, TODAY)[-1] == f"За день приходит не больше {said}, остальные — одной подборкой в 9:05."


def test_the_holidays_of_a_year() -> None:
    found = coming_holidays(TODAY)
    assert found[:9] == [*(date(2027, 1, day) for day in range(1, 9)), date(2027, 2, 23)]
    assert found[9:] == [date(2027, *one) for one in ((3, 8), (5, 1), (5, 9), (6, 12), (11, 4))]
    assert coming_holidays(date(2027, 11, 4))[0] == date(2027, 11, 4)
