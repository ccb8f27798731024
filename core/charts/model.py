"""Data of pictures. All values run from 0 to `maximum` (100 unless said); None is "no data"."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the scale with its own name: a target, the municipality's average."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """`note` is a small second line, such as "48 из 476"."""

    label: str
    value: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    title: str
    bars: tuple[Bar, ...]
    description: str = ""
    unit: str = " %"
    """Follows every number, with its own space if it needs one."""
    maximum: float = 100
    target: Mark | None = None
    average: Mark | None = None


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One scale of a person; `level` names the band in words, `average` is a published average beside it."""

    label: str
    value: float | None
    level: str = ""
    average: float | None = None


@dataclass(frozen=True, slots=True)
class ProfileChart:
    title: str
    rows: tuple[ProfileRow, ...]
    description: str = ""
    unit: str = ""
    average_label: str = "среднее по муниципалитету"
    low: str = ""
    """What stands at the left end of the scale, and at the right one."""
    high: str = ""


@dataclass(frozen=True, slots=True)
class StackedRow:
    """Shares of the bands, 0–100 each, in the order of the legend; empty when there are no data."""

    label: str
    shares: tuple[float, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class StackedChart:
    title: str
    legend: tuple[str, ...]
    rows: tuple[StackedRow, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """`note` follows the value, such as "12 чел."; `before` is the value of the wave before."""

    label: str
    value: float | None
    note: str = ""
    before: float | None = None


@dataclass(frozen=True, slots=True)
class DistributionChart:
    title: str
    rows: tuple[DistributionRow, ...]
    description: str = ""
    unit: str = " %"
    maximum: float = 100
    before_label: str = "прошлая волна"
    absent: str = "нет данных"
    """What stands where there is no value."""


Chart = BarChart | DistributionChart | ProfileChart | StackedChart
