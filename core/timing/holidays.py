"""Public holidays of Russia (Трудовой кодекс, ст. 112); days off that the government moves are not among them."""

from datetime import date, timedelta

NEW_YEAR = tuple((1, day) for day in range(1, 9))
"""New Year's holidays and Christmas."""
OTHERS = ((2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4))
_DAYS = frozenset({*NEW_YEAR, *OTHERS})
YEAR = 366


def coming_holidays(today: date, *, days: int = YEAR) -> list[date]:
    """From today on, as many days ahead."""
    ahead = (today + timedelta(days=one) for one in range(days))
    return [day for day in ahead if (day.month, day.day) in _DAYS]
