"""A value for each label: the label above its bar, so that long names fit a phone."""

from core.charts.frame import (
    AVERAGE,
    FILL,
    INNER,
    MARGIN,
    NO_DATA,
    SOFT,
    TARGET,
    TRACK,
    WIDTH,
    Sheet,
    number,
    text_width,
    wrap,
)
from core.charts.model import Bar, BarChart, Mark

_LABEL, _THICK, _GAP = 21, 20, 26


def bars(chart: BarChart) -> str:
    """SVG. A target is a dashed line, an average a line with a diamond; both are named above the bars."""
    sheet = Sheet(chart.title, chart.description)
    sheet.heading()
    marks = [(mark, average) for mark, average in ((chart.target, False), (chart.average, True)) if mark]
    for mark, average in marks:
        _legend(sheet, mark, chart, average=average)
    sheet.y += 10 if marks else 0
    for bar in chart.bars:
        _bar(sheet, bar, chart)
        for mark, average in marks:
            bottom = sheet.y - _GAP
            _line(sheet, _x(mark.value, chart.maximum), bottom - _THICK - 7, bottom + 7, average=average)
    if not chart.bars:
        sheet.lines(NO_DATA, _LABEL, colour=SOFT)
    sheet.y -= _GAP if chart.bars else 0
    return sheet.render()


def _bar(sheet: Sheet, bar: Bar, chart: BarChart) -> None:
    value = NO_DATA if bar.value is None else number(bar.value) + chart.unit
    room = INNER - text_width(value, 23) - 16
    last = sheet.y + 23
    sheet.text(
        WIDTH - MARGIN, last, value, 23, weight="700", anchor="end", colour=SOFT if bar.value is None else "#16212e"
    )
    for line in wrap(bar.label, _LABEL, room):
        sheet.text(MARGIN, sheet.y + 23, line, _LABEL, weight="500")
        sheet.y += 28
    if bar.note:
        sheet.lines(bar.note, 17, room, colour=SOFT)
    sheet.y += 9
    dashed = ' stroke-dasharray="5 5"' if bar.value is None else ""
    sheet.add(
        f'<rect x="{MARGIN}" y="{sheet.y:g}" width="{INNER}" height="{_THICK}" rx="{_THICK / 2:g}" '
        f'fill="{"#ffffff" if dashed else TRACK}" stroke="#8391a0" stroke-width="1.5"{dashed}/>'
    )
    if bar.value is not None:
        width = max(0.0, min(1.0, bar.value / chart.maximum)) * INNER
        if width > 0:
            sheet.add(
                f'<rect x="{MARGIN}" y="{sheet.y:g}" width="{width:g}" height="{_THICK}" '
                f'rx="{min(_THICK, width) / 2:g}" fill="{FILL}"/>'
            )
    sheet.facts.append(": ".join([bar.label, ", ".join(filter(None, [value, bar.note]))]))
    sheet.y += _THICK + _GAP


def _legend(sheet: Sheet, mark: Mark, chart: BarChart, *, average: bool) -> None:
    text = f"{mark.label}: {number(mark.value)}{chart.unit}"
    middle = sheet.y + 14
    _line(sheet, MARGIN + 12, middle - 14, middle + 14, average=average)
    sheet.text(MARGIN + 36, middle + 7, text, 20, weight="600", colour=AVERAGE if average else TARGET)
    sheet.facts.append(text)
    sheet.y += 40


def _line(sheet: Sheet, x: float, top: float, bottom: float, *, average: bool) -> None:
    colour, dash = (AVERAGE, "") if average else (TARGET, ' stroke-dasharray="8 5"')
    # The white line below keeps the mark visible on the bar as well as beside it.
    for stroke, width, pattern in (("#ffffff", 7, ""), (colour, 3, dash)):
        sheet.add(
            f'<line x1="{x:g}" x2="{x:g}" y1="{top:g}" y2="{bottom:g}" stroke="{stroke}" '
            f'stroke-width="{width}"{pattern}/>'
        )
    if average:
        upper = (top + bottom) / 2 - 9
        sheet.add(f'<path d="M{x:g} {upper:g}l9 9l-9 9l-9 -9z" fill="{colour}" stroke="#ffffff" stroke-width="2"/>')


def _x(value: float, maximum: float) -> float:
    return MARGIN + max(0.0, min(1.0, value / maximum)) * INNER
