"""Repetitions said back, so that a slip is seen before it is sent every week."""

from datetime import date, time

import pytest

from core.timing.repeat_words import say_repeat
from core.timing.repeating import Every, Repeat

TODAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("repeat", "said"),
    [
        (Repeat(Every.DAY, FRIDAY, time(9)), "каждый день, в 9:00, первый раз 27 ноября, без окончания"),
        (
            Repeat(Every.WEEK, FRIDAY, time(9, 5), 2, date(2027, 5, 31)),
            "раз в 2 недели, по пятницам, в 9:05, первый раз 27 ноября, последний — не позже 31 мая 2027 года",
        ),
        (
            Repeat(Every.MONTH, FRIDAY, time(18), 5, date(2026, 12, 31)),
            "раз в 5 месяцев, 27-го числа, в 18:00, первый раз 27 ноября, последний — не позже 31 декабря",
        ),
    ],
)
def test_all_of_it_is_said(repeat: Repeat, said: str) -> None:
    assert say_repeat(repeat, FRIDAY, TODAY).replace("\u00a0", " ") == said


def test_a_day_that_short_months_lack_is_explained() -> None:
    said = say_repeat(Repeat(Every.MONTH, date(2027, 1, 31), time(10)), date(2027, 1, 31), TODAY)
    assert "31-го числа, в коротком месяце — в последний день" in said
    assert "первый раз 31 января 2027 года" in said
    assert "коротком" not in say_repeat(Repeat(Every.MONTH, date(2027, 1, 28), time(10)), date(2027, 1, 28), TODAY)
