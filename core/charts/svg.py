"""Data → SVG. The same picture serves page, chat and document."""

from core.charts.bars import bars
from core.charts.model import BarChart, Chart, ProfileChart
from core.charts.profile import profile
from core.charts.stacked import stacked

__all__ = ["bars", "draw", "profile", "stacked"]


def draw(chart: Chart) -> str:
    if isinstance(chart, BarChart):
        return bars(chart)
    if isinstance(chart, ProfileChart):
        return profile(chart)
    return stacked(chart)
