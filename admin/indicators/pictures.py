"""An indicator as the data of a chart."""

from admin.indicators import words
from core.charts.model import Bar, BarChart, Chart, Mark, StackedChart, StackedRow
from core.indicators.model import Breakdown, IndicatorView, Measure, Part, Unit
from core.indicators.rules import period_title, previous

FEW = 12
"""Bars that can still be read at a glance; a longer breakdown stays a table."""

_PREFERRED = ("kind", "position", "cluster", "experience", "organisation", "subject")


def chart(view: IndicatorView) -> Chart | None:
    """Levels side by side, values by part, or the value by the shortest breakdown; None without a single value."""
    if any(part.bands for part in view.parts):
        return _levels(view)
    bars = _part_bars(view) if view.parts else _breakdown_bars(view)
    if all(bar.value is None for bar in bars):
        return None
    return BarChart(
        title=view.passport.title,
        bars=bars,
        description=_subtitle(view),
        unit=" %" if view.passport.unit is Unit.PERCENT else "",
        target=_goal(view),
    )


def _goal(view: IndicatorView) -> Mark | None:
    """The target of this very year; an older one says nothing about these values."""
    target = view.target
    if target is None or target.year != view.period.end.year or view.passport.unit is not Unit.PERCENT:
        return None
    return Mark(target.value, "цель")


def _levels(view: IndicatorView) -> StackedChart:
    legend = max((tuple(band.title for band in part.bands) for part in view.parts), key=len)
    rows = tuple(StackedRow(part.title, _shares(part, len(legend)), words.people(part.measure)) for part in view.parts)
    return StackedChart(view.passport.title, legend, rows, _subtitle(view))


def _shares(part: Part, levels: int) -> tuple[float, ...]:
    """All levels or none: some of them would leave a gap that looks like a level of its own."""
    return tuple(band.share for band in part.bands) if len(part.bands) == levels else ()


def _part_bars(view: IndicatorView) -> tuple[Bar, ...]:
    return tuple(_bar(part.title, part.measure) for part in view.parts)


def _breakdown_bars(view: IndicatorView) -> tuple[Bar, ...]:
    first = _own_bars(view)
    by_code = {one.code: one for one in view.breakdowns}
    shown = next((by_code[code] for code in _PREFERRED if code in by_code and _is_short(by_code[code])), None)
    return first if shown is None else first + tuple(_bar(row.title, row.measure) for row in shown.rows)


def _own_bars(view: IndicatorView) -> tuple[Bar, ...]:
    """The value, the municipality's beside it, and the previous period's."""
    bars = [_bar(period_title(view.period), view.measure)]
    if view.beside is not None:
        bars.append(_bar("По муниципалитету", view.beside))
    if view.previous is not None:
        bars.append(_bar(period_title(previous(view.period)), view.previous))
    return tuple(bars)


def _is_short(breakdown: Breakdown) -> bool:
    return 0 < len(breakdown.rows) <= FEW


def _bar(title: str, measure: Measure | None) -> Bar:
    return Bar(title, measure.value if measure else None, words.people(measure))


def _subtitle(view: IndicatorView) -> str:
    return f"{view.scope.title}, {period_title(view.period)}"
