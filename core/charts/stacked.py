"""Shares of levels in a bar of 100 per cent. Every piece carries the number of its line in the legend."""

from core.charts.frame import BANDS, INNER, MARGIN, NO_DATA, SOFT, Sheet, number, wrap
from core.charts.model import StackedChart, StackedRow

_THICK = 40
_GAP = 3


def stacked(chart: StackedChart) -> str:
    """SVG. Raises ValueError for more levels than there are shades, or rows that do not fit the legend."""
    if len(chart.legend) > len(BANDS):
        raise ValueError(f"at most {len(BANDS)} levels")
    sheet = Sheet(chart.title, chart.description)
    sheet.heading()
    for place, label in enumerate(chart.legend):
        _legend(sheet, place, label)
    sheet.y += 14
    for row in chart.rows:
        if row.shares and len(row.shares) != len(chart.legend):
            raise ValueError("a share for every level, or none")
        _row(sheet, row, chart)
    if not chart.rows:
        sheet.lines(NO_DATA, 21, colour=SOFT)
    sheet.y -= 18
    return sheet.render()


def _legend(sheet: Sheet, place: int, label: str) -> None:
    sheet.add(f'<rect x="{MARGIN}" y="{sheet.y:g}" width="30" height="30" rx="7" fill="{BANDS[place]}"/>')
    sheet.text(MARGIN + 15, sheet.y + 22, str(place + 1), 19, weight="700", anchor="middle", colour=_on(place))
    sheet.y += 1
    sheet.lines(label, 20, INNER - 46, MARGIN + 46)
    sheet.y += 11


def _row(sheet: Sheet, row: StackedRow, chart: StackedChart) -> None:
    for line in wrap(row.label, 21, INNER):
        sheet.text(MARGIN, sheet.y + 23, line, 21, weight="600")
        sheet.y += 28
    if row.note:
        sheet.lines(row.note, 17, colour=SOFT)
    sheet.y += 6
    if sum(row.shares) > 0:
        _pieces(sheet, row)
        words = [f"{name} {number(share)} %" for name, share in zip(chart.legend, row.shares, strict=True)]
    else:
        sheet.add(
            f'<rect x="{MARGIN}" y="{sheet.y:g}" width="{INNER}" height="{_THICK}" rx="10" fill="#ffffff" '
            f'stroke="#8391a0" stroke-width="1.5" stroke-dasharray="5 5"/>'
        )
        sheet.text(MARGIN + 16, sheet.y + 27, NO_DATA, 19, colour=SOFT)
        words = [NO_DATA]
    sheet.facts.append(f"{row.label}: {', '.join(words)}")
    sheet.y += _THICK + 32


def _pieces(sheet: Sheet, row: StackedRow) -> None:
    x = float(MARGIN)
    total = sum(row.shares)
    for place, share in enumerate(row.shares):
        width = share / total * INNER
        if width <= 0:
            continue
        drawn = max(2.0, width - _GAP)
        sheet.add(
            f'<rect x="{x:g}" y="{sheet.y:g}" width="{drawn:g}" height="{_THICK}" rx="{min(8.0, drawn / 2):g}" '
            f'fill="{BANDS[place]}"/>'
        )
        text = f"{place + 1}: {number(share)} %" if width >= 106 else str(place + 1)
        if width >= 24:
            sheet.text(x + drawn / 2, sheet.y + 27, text, 18, weight="600", anchor="middle", colour=_on(place))
        x += width


def _on(place: int) -> str:
    """Colour of text on that shade."""
    return "#0b1420" if place == 0 else "#ffffff"
