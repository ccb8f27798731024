"""Many numbers as a few spans of equal width. Pure."""

import math
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from core.results.model import Option

SHOWN = 12
"""Most values that are shown one by one."""
SPANS = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """`width` None: each of `starts` is a value by itself; else a span begins at each of them, ascending."""

    starts: tuple[float, ...]
    width: float | None
    whole: bool

    def key(self, value: float) -> str:
        """Of the option that a value within the spread belongs to."""
        return plain(self.starts[bisect_right(self.starts, value) - 1])

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(Option(plain(start), self._label(start)) for start in self.starts)

    def _label(self, start: float) -> str:
        if self.width is None or (self.whole and self.width == 1):
            return _said(start)
        if self.whole:
            return f"{_said(start)}–{_said(start + self.width - 1)}"
        return f"от {_said(start)} до {_said(round(start + self.width, 10))}"


def spread(values: Collection[float]) -> Spread:
    """By value when these are few; else spans of 1, 2 or 5 times a power of ten."""
    distinct = sorted(set(values))
    whole = all(one == int(one) for one in distinct)
    if len(distinct) <= SHOWN:
        return Spread(tuple(distinct), None, whole)
    width = _width((distinct[-1] - distinct[0]) / SPANS, whole=whole)
    first, last = math.floor(distinct[0] / width), math.floor(distinct[-1] / width)
    return Spread(tuple(round(place * width, 10) for place in range(first, last + 1)), width, whole)


def plain(value: float) -> str:
    """As a key: 5, 2.5."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def _width(least: float, *, whole: bool) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    width = next(round(step * power, 10) for step in (1, 2, 5, 10) if step * power >= least)
    return max(1.0, math.ceil(width)) if whole else width


def _said(value: float) -> str:
    return plain(value).replace(".", ",").replace("-", "\u2212")
