"""Repetitions: every so many days or weeks, or every month, at one time of day where the municipality is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any


class Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    """On the day of the month of the first one; in a shorter month on its last day."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """`step` 2 and WEEK: every second week. `until` is the last day on which it may happen; None: no end."""

    every: Every
    first: date
    at: time
    step: int = 1
    until: date | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "every": self.every.value,
            "first": self.first.isoformat(),
            "at": self.at.isoformat("minutes"),
            "step": self.step,
            "until": self.until.isoformat() if self.until else None,
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Repeat | None":
        """None for what repeats never. Raises KeyError, ValueError for anything that `to_json` does not write."""
        if not content:
            return None
        until = content.get("until")
        return cls(
            Every(content["every"]),
            date.fromisoformat(content["first"]),
            time.fromisoformat(content["at"]),
            int(content["step"]),
            date.fromisoformat(until) if until else None,
        )
