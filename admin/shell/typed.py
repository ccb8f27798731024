"""What browsers send for fields of a form."""

from datetime import date, time


def day_of(text: str) -> date | None:
    """Of `<input type="date">`; None for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def time_of(text: str) -> time | None:
    """Of `<input type="time">`, to the minute: some browsers send seconds as well. None for what is no time."""
    try:
        return time.fromisoformat(text[:5])
    except ValueError:
        return None
