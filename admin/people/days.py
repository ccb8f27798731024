"""Days as a form sends them."""

from datetime import date, datetime

FORMATS = ("%Y-%m-%d", "%d.%m.%Y")
"""What <input type="date"> sends, and what people type where there is none."""


def parse_day(text: str) -> date | None:
    """None for what is no day."""
    for form in FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None
