"""Where "now" comes from. Passed in, so that tests and rehearsals can move it."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def local_date(moment: datetime, timezone: str) -> date:
    """The calendar day of a moment where the municipality is; `timezone` is an IANA name."""
    return moment.astimezone(ZoneInfo(timezone)).date()
