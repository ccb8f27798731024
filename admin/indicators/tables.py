"""Parts and breakdowns of an indicator as tables of ready words."""

from dataclasses import dataclass

from admin.indicators import words
from admin.shell import formatting
from core.indicators.model import Breakdown, BreakdownRow, IndicatorView, Measure, Part, Passport


@dataclass(frozen=True, slots=True)
class PartLine:
    title: str
    value: str
    band: str
    shares: tuple[str, ...]
    people: str
    previous: str
    beside: str


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    note: str
    heading: str
    """Of the first column."""
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def bands(view: IndicatorView) -> tuple[str, ...]:
    """Titles of the levels, when the parts are divided into levels."""
    return max((tuple(band.title for band in part.bands) for part in view.parts), key=len, default=())


def parts(view: IndicatorView) -> list[PartLine]:
    beside = {part.code: part.measure for part in view.beside_parts}
    return [_part(view, part, beside.get(part.code)) for part in view.parts]


def breakdowns(view: IndicatorView) -> list[Table]:
    return [_table(view, one) for one in view.breakdowns]


def _part(view: IndicatorView, part: Part, beside: Measure | None) -> PartLine:
    passport = view.passport
    shares = {band.title: _share(band.count, band.share) for band in part.bands}
    return PartLine(
        title=part.title,
        value=_value(part.measure, passport),
        band=part.band or "",
        shares=tuple(shares.get(title, words.absent(passport)) for title in bands(view)),
        people=words.people(part.measure) or words.WITHHELD,
        previous=_value(part.previous, passport),
        beside=_value(beside, passport),
    )


def _share(count: int | None, share: float) -> str:
    said = formatting.percent(share)
    return said if count is None else f"{said} ({formatting.whole(count)})"


def _table(view: IndicatorView, one: Breakdown) -> Table:
    passport = view.passport
    if any(row.parts for row in one.rows):
        return _table_of_parts(view, one)
    rows = tuple(
        Row(row.title, (_value(row.measure, passport), words.people(row.measure) or words.WITHHELD)) for row in one.rows
    )
    return Table(one.title, one.note, words.HEADINGS[one.code], ("Значение", "Сколько человек"), rows)


def _table_of_parts(view: IndicatorView, one: Breakdown) -> Table:
    """A column for each part, and one for the people behind a row where that is one number for all parts."""
    titles = {part.code: part.title for part in view.parts}
    codes = list(dict.fromkeys(code for row in one.rows for code, _ in row.parts))
    behind = [_people_behind(row) for row in one.rows]
    counted = any(behind)
    rows = tuple(
        Row(
            row.title,
            (
                *(_value(dict(row.parts).get(code), view.passport) for code in codes),
                *([people or words.WITHHELD] if counted else []),
            ),
        )
        for row, people in zip(one.rows, behind, strict=True)
    )
    columns = (*(titles.get(code, code) for code in codes), *(["Сколько анкет"] if counted else []))
    return Table(one.title, one.note, words.HEADINGS[one.code], columns, rows)


def _people_behind(row: BreakdownRow) -> str:
    said = {words.people(measure) for _, measure in row.parts if measure.numerator is None}
    return said.pop() if len(said) == 1 else ""


def _value(measure: Measure | None, passport: Passport) -> str:
    return words.value(measure, passport.unit) or words.absent(passport)
