"""Options of a question one below another, close together; the wave before as a line with a diamond."""

from core.charts.frame import (
    AVERAGE,
    FILL,
    INNER,
    MARGIN,
    NO_DATA,
    SOFT,
    TRACK,
    WIDTH,
    Sheet,
    number,
    text_width,
    wrap,
)
from core.charts.model import DistributionChart, DistributionRow

_LABEL, _THICK, _GAP = 25, 16, 20


def distribution(chart: DistributionChart) -> str:
    """SVG. Values beyond the maximum fill the bar; the number beside it is right all the same."""
    sheet = Sheet(chart.title, chart.description)
    sheet.heading()
    if any(row.before is not None for row in chart.rows):
        _legend(sheet, chart.before_label)
    for row in chart.rows:
        _row(sheet, row, chart)
    if not chart.rows:
        sheet.lines(NO_DATA, _LABEL, colour=SOFT)
    sheet.y -= _GAP if chart.rows else 0
    return sheet.render()


def _row(sheet: Sheet, row: DistributionRow, chart: DistributionChart) -> None:
    value = chart.absent if row.value is None else number(row.value) + chart.unit
    said = ", ".join(filter(None, (value, row.note)))
    room = INNER - text_width(said, _LABEL) - 16
    sheet.text(WIDTH - MARGIN, sheet.y + _LABEL, said, _LABEL, weight="600", anchor="end")
    for line in wrap(row.label, _LABEL, room):
        sheet.text(MARGIN, sheet.y + _LABEL, line, _LABEL)
        sheet.y += 32
    sheet.y += 5
    _bar(sheet, row, chart.maximum)
    sheet.y += _THICK + _GAP
    before = "" if row.before is None else f", {chart.before_label}: {number(row.before)}{chart.unit}"
    sheet.facts.append(f"{row.label}: {said}{before}")


def _bar(sheet: Sheet, row: DistributionRow, maximum: float) -> None:
    dashed = ' stroke-dasharray="5 5"' if row.value is None else ""
    sheet.add(
        f'<rect x="{MARGIN}" y="{sheet.y:g}" width="{INNER}" height="{_THICK}" rx="{_THICK / 2:g}" '
        f'fill="{"#ffffff" if dashed else TRACK}" stroke="#8391a0" stroke-width="1.5"{dashed}/>'
    )
    width = 0.0 if row.value is None else _x(row.value, maximum) - MARGIN
    if width > 0:
        sheet.add(
            f'<rect x="{MARGIN}" y="{sheet.y:g}" width="{width:g}" height="{_THICK}" '
            f'rx="{min(_THICK, width) / 2:g}" fill="{FILL}"/>'
        )
    if row.before is not None:
        _mark(sheet, _x(row.before, maximum), sheet.y + _THICK / 2)


def _legend(sheet: Sheet, label: str) -> None:
    _mark(sheet, MARGIN + 12, sheet.y + 13)
    sheet.text(MARGIN + 34, sheet.y + 21, label, 22, weight="600")
    sheet.y += 38


def _mark(sheet: Sheet, x: float, middle: float) -> None:
    """A shape of its own, with a white edge, so that it is seen on the bar as well as beside it."""
    for stroke, width in (("#ffffff", 7), (AVERAGE, 3)):
        sheet.add(
            f'<line x1="{x:g}" x2="{x:g}" y1="{middle - 12:g}" y2="{middle + 12:g}" stroke="{stroke}" '
            f'stroke-width="{width}"/>'
        )
    sheet.add(f'<path d="M{x:g} {middle - 7:g}l7 7l-7 7l-7 -7z" fill="{AVERAGE}" stroke="#ffffff" stroke-width="2"/>')


def _x(value: float, maximum: float) -> float:
    return MARGIN + max(0.0, min(1.0, value / maximum)) * INNER
