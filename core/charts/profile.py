"""Scales of one person from 0 to 100, each with its level in words and, where published, an average."""

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
from core.charts.model import ProfileChart, ProfileRow

_TICKS = (25, 50, 75)


def profile(chart: ProfileChart) -> str:
    """SVG. One colour for every value: the picture tells, it does not alarm."""
    sheet = Sheet(chart.title, chart.description)
    sheet.heading()
    if any(row.average is not None for row in chart.rows):
        _legend(sheet, chart.average_label)
    for row in chart.rows:
        _row(sheet, row, chart.unit)
    if not chart.rows:
        sheet.lines(NO_DATA, 21, colour=SOFT)
    sheet.y -= 4
    _ends(sheet, chart)
    return sheet.render()


def _row(sheet: Sheet, row: ProfileRow, unit: str) -> None:
    value = NO_DATA if row.value is None else number(row.value) + unit
    sheet.text(WIDTH - MARGIN, sheet.y + 27, value, 27, weight="700", anchor="end")
    room = INNER - text_width(value, 27) - 16
    for line in wrap(row.label, 23, room):
        sheet.text(MARGIN, sheet.y + 25, line, 23, weight="600")
        sheet.y += 30
    if row.level:
        sheet.lines(row.level, 20, room, colour=SOFT)
    sheet.y += 16
    _scale(sheet, row)
    average = "" if row.average is None else f", в среднем {number(row.average)}{unit}"
    sheet.facts.append(f"{row.label}: {value}{', ' + row.level if row.level else ''}{average}")
    sheet.y += 44


def _scale(sheet: Sheet, row: ProfileRow) -> None:
    y = sheet.y
    sheet.add(
        f'<rect x="{MARGIN}" y="{y:g}" width="{INNER}" height="14" rx="7" fill="{TRACK}" '
        f'stroke="#8391a0" stroke-width="1.5"/>'
    )
    for tick in _TICKS:
        x = _x(tick)
        sheet.add(f'<line x1="{x:g}" x2="{x:g}" y1="{y:g}" y2="{y + 14:g}" stroke="#8391a0" stroke-width="1.5"/>')
    if row.value is not None:
        x = _x(row.value)
        sheet.add(f'<rect x="{MARGIN}" y="{y:g}" width="{max(14.0, x - MARGIN):g}" height="14" rx="7" fill="{FILL}"/>')
        sheet.add(f'<circle cx="{x:g}" cy="{y + 7:g}" r="13" fill="{FILL}" stroke="#ffffff" stroke-width="4"/>')
    if row.average is not None:
        _diamond(sheet, _x(row.average), y + 7)


def _legend(sheet: Sheet, label: str) -> None:
    sheet.add(f'<circle cx="{MARGIN + 14}" cy="{sheet.y + 14:g}" r="11" fill="{FILL}"/>')
    sheet.text(MARGIN + 36, sheet.y + 21, "вы", 20, weight="600")
    _diamond(sheet, MARGIN + 104, sheet.y + 14)
    sheet.text(MARGIN + 126, sheet.y + 21, label, 20, weight="600")
    sheet.y += 46


def _diamond(sheet: Sheet, x: float, y: float) -> None:
    sheet.add(f'<path d="M{x:g} {y - 15:g}l12 15l-12 15l-12 -15z" fill="#ffffff" stroke="{AVERAGE}" stroke-width="4"/>')


def _ends(sheet: Sheet, chart: ProfileChart) -> None:
    if not (chart.low or chart.high):
        return
    half = INNER / 2 - 12
    low, high = wrap(chart.low, 18, half), wrap(chart.high, 18, half)
    for number_, line in enumerate(low):
        sheet.text(MARGIN, sheet.y + 18 + number_ * 24, line, 18, colour=SOFT)
    for number_, line in enumerate(high):
        sheet.text(WIDTH - MARGIN, sheet.y + 18 + number_ * 24, line, 18, colour=SOFT, anchor="end")
    sheet.y += 24 * max(len(low), len(high))


def _x(value: float) -> float:
    # The ends are moved in by the radius of the marker, so that 0 and 100 stay within the card.
    return MARGIN + 9 + max(0.0, min(100.0, value)) / 100 * (INNER - 18)
