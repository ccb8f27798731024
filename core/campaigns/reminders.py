"""When those who have not submitted are reminded: days after the opening, days before the end, one time of day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

LONGEST = 60
"""Days; a reminder further from its anchor is a slip of the finger."""

MOST = 10
"""Reminders of one kind in a campaign; more would only annoy."""


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """`at` is the time of day where the municipality is."""

    after_start: tuple[int, ...] = (3,)
    before_end: tuple[int, ...] = (1,)
    at: time = time(10)

    @property
    def is_sound(self) -> bool:
        """Within the limits, no day twice."""
        return all(
            len(days) <= MOST and len(set(days)) == len(days) and all(0 <= day <= LONGEST for day in days)
            for days in (self.after_start, self.before_end)
        )

    def due(self, opened_at: datetime, closes_at: datetime, timezone: str) -> list[datetime]:
        """The moments between opening and end, in order; two that fall together are one."""
        zone = ZoneInfo(timezone)
        days = {opened_at.astimezone(zone).date() + timedelta(days=one) for one in self.after_start}
        days |= {closes_at.astimezone(zone).date() - timedelta(days=one) for one in self.before_end}
        moments = (datetime.combine(day, self.at, zone) for day in sorted(days))
        return [one for one in moments if opened_at < one < closes_at]

    def to_json(self) -> dict[str, Any]:
        return {
            "after_start": list(self.after_start),
            "before_end": list(self.before_end),
            "at": self.at.isoformat("minutes"),
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any] | None) -> "ReminderPlan":
        """A campaign that says nothing reminds nobody. Raises KeyError, ValueError for what is no plan."""
        if not content:
            return cls((), ())
        return cls(tuple(content["after_start"]), tuple(content["before_end"]), time.fromisoformat(content["at"]))
