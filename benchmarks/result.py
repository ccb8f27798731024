"""What a benchmark tells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    speed: str
    """With its unit; means something on this machine only."""
    ratio: float
    """Against what the row names; 1 is as good as that."""
