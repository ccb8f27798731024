"""Pure: which day a move can have."""

from datetime import date

EARLIEST = date(1950, 1, 1)
"""A day before it is a slip of the pen."""


def problem_of_day(moved_on: date, today: date, last_move: date | None) -> str | None:
    """Key of what is wrong with the day; None when nothing is."""
    if moved_on > today:
        return "move.in_future"
    if moved_on < EARLIEST:
        return "move.too_early"
    if last_move is not None and moved_on < last_move:
        return "move.before_last"
    return None
