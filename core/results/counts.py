"""What the database counts of submitted answers, before it becomes figures. Pure."""

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(slots=True)
class ScaleCount:
    """`total` is the sum of the values; `bands` counts people by code of level."""

    n: int = 0
    total: float = 0
    bands: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Counts:
    """Of one group; by number of question, scales by name."""

    submitted: int = 0
    numbers: defaultdict[int, dict[tuple[int, float], int]] = field(default_factory=lambda: defaultdict(dict))
    """(item, number) as an answer stores them → how often."""
    words: defaultdict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """Stored texts, of days and times only the part that is counted → how often."""
    answered: dict[int, int] = field(default_factory=dict)
    """People, for questions with several rows an answer and for texts."""
    scales: defaultdict[str, ScaleCount] = field(default_factory=lambda: defaultdict(ScaleCount))
