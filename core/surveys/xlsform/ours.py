"""Our own sheets in a workbook: options, scales with their bands, feedback."""

import re
from collections.abc import Callable, Mapping, Sequence

from core.spreadsheets import Book, column_letter
from core.surveys.xlsform.places import Column, Draft, Findings, Line

OPTIONS, SCALES, BANDS, FEEDBACK = "options", "scales", "bands", "feedback"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "metodkabinet": ("parameter", "value"),
    OPTIONS: ("name", "label", "default"),
    SCALES: ("name", "title", "items", "reversed", "points", "at_least"),
    BANDS: ("scale", "code", "title", "from"),
    FEEDBACK: ("scale", "band", "text"),
}
_NUMBER = re.compile(r"-?[0-9]{1,7}(?:[.,][0-9]{1,6})?")
_YES_NO = {"yes": True, "true": True, "да": True, "no": False, "false": False, "нет": False}


def lines_of(book: Book, title: str, findings: Findings) -> list[Line]:
    """Rows of one of our sheets; none when it is not there."""
    sheet = book.sheet(title)
    if sheet is None or not sheet.rows:
        return []
    top, heads = next(iter(sheet.rows.items()))
    columns = {text.strip().lower(): Column(column_letter(number), text) for number, text in heads.items()}
    names = {number: text.strip().lower() for number, text in heads.items()}
    for number, name in names.items():
        if name not in COLUMNS[title]:
            place = f"лист {sheet.title}, строка {top}, столбец {column_letter(number)} ({heads[number][:60]})"
            findings.refuse(place, f"такого столбца здесь нет; бывают: {', '.join(COLUMNS[title])}")
    for fault in sheet.faults:
        if fault.column in names:
            findings.refuse(
                f"лист {sheet.title}, строка {fault.row}, столбец {column_letter(fault.column)}", fault.message
            )
    return [
        Line(sheet.title, row, {names[number]: text for number, text in cells.items() if number in names}, columns)
        for row, cells in sheet.rows.items()
        if row > top
    ]


def options(lines: Sequence[Line]) -> list[Draft]:
    return [Draft(line, {**line.cells, **_changed(line, {"default": _flag})}) for line in lines]


def scales(lines: Sequence[Line], bands: Sequence[Line], findings: Findings) -> list[Draft]:
    """Scales with the bands that name them."""
    change: dict[str, Callable[[str], object]] = {
        "items": str.split,
        "reversed": str.split,
        "points": _points,
        "at_least": _number,
    }
    drafts = []
    for line in lines:
        own = [
            Draft(band, {name: value for name, value in _band(band).items() if name != "scale"})
            for band in bands
            if band["scale"] == line["name"]
        ]
        drafts.append(Draft(line, {**line.cells, **_changed(line, change), "bands": own}))
    names = {line["name"] for line in lines}
    for band in bands:
        if band["scale"] not in names:
            findings.refuse(band.place("scale"), f"шкалы «{band['scale'][:60]}» нет на листе {SCALES}")
    return drafts


def feedback(lines: Sequence[Line]) -> list[Draft]:
    return [Draft(line, dict(line.cells)) for line in lines]


def _band(line: Line) -> dict[str, object]:
    return {**line.cells, **_changed(line, {"from": _number})}


def _changed(line: Line, change: Mapping[str, Callable[[str], object]]) -> dict[str, object]:
    return {name: make(line[name]) for name, make in change.items() if line[name]}


def _flag(text: str) -> object:
    return _YES_NO.get(text.strip().lower(), text)


def _number(text: str) -> object:
    """What is no number stays a text, which the reader of rows notes."""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text.strip()) else text


def _points(text: str) -> dict[str, object]:
    """`always=100; never=0`: points by name of choice."""
    pairs = [pair.rpartition("=") for pair in re.split(r"[;\n]", text) if pair.strip()]
    return {name.strip(): _number(points.strip()) for name, _, points in pairs}
