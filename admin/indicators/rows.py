"""Indicators as lines of a table."""

from dataclasses import dataclass, replace

from admin.indicators import words
from admin.shell import formatting
from core.indicators.model import IndicatorView, Measure, Passport, TargetView


@dataclass(frozen=True, slots=True)
class Line:
    """One line, ready to print. A line without a code is a part of the indicator above it."""

    code: str
    title: str
    value: str
    absent: str
    people: str
    change: str
    target: str
    met: bool | None
    as_of: str
    parts: str = ""
    """«5 значений», when the indicator has no value of its own."""


def lines(view: IndicatorView) -> list[Line]:
    """The indicator's own line and one for each of its parts."""
    passport = view.passport
    own = _line(passport, passport.code, passport.title, view.measure, view.previous, view.target)
    if view.parts and view.measure is None:
        own = replace(own, parts=formatting.plural(len(view.parts), "значение", "значения", "значений"))
    parts = [_line(passport, "", part.title, part.measure, part.previous, None) for part in view.parts]
    return [own, *parts]


def _line(
    passport: Passport,
    code: str,
    title: str,
    measure: Measure | None,
    previous: Measure | None,
    target: TargetView | None,
) -> Line:
    return Line(
        code=code,
        title=title,
        value=words.value(measure, passport.unit),
        absent=words.absent(passport),
        people=words.people(measure),
        change=words.change(measure, previous, passport.unit),
        target=words.target(target) if target else "",
        met=target.met if target else None,
        as_of=formatting.day(measure.as_of) if measure else "",
    )
