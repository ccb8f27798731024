"""Data → SVG. The same picture serves page, chat and document."""

from core.charts.bars import bars
from core.charts.distribution import distribution
from core.charts.model import BarChart, Chart, DistributionChart, ProfileChart
from core.charts.profile import profile
from core.charts.stacked import stacked

__all__ = ["bars", "distribution", "draw", "profile", "stacked"]


def draw(chart: Chart) -> str:
    if isinstance(chart, BarChart):
        return bars(chart)
    if isinstance(chart, DistributionChart):
        return distribution(chart)
    if isinstance(chart, ProfileChart):
        return profile(chart)
    return stacked(chart)
