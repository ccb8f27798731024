"""The plan of measures (SPEC §11): sections, measures, their parts, expected numbers."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from core.profiles.fields import Code, Count, IndicatorCode, Number, Part, Text

MeasureNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$")]


class Unit(StrEnum):
    PERCENT = "percent"
    PEOPLE = "people"
    EVENTS = "events"
    MEETINGS = "meetings"
    ORGANISATIONS = "organisations"
    ASSOCIATIONS = "associations"
    PROJECTS = "projects"
    SITES = "sites"
    PROGRAMMES = "programmes"
    DOCUMENTS = "documents"


class Quantity(Part):
    """An expected number: `value` in `unit`; `what` goes on in words after the number."""

    value: Number
    unit: Unit
    at_least: bool = False
    what: Text


class Span(Part):
    """From `start` to `end`, both included."""

    start: date
    end: date


class MeasureItem(Part):
    """A part of a measure that has its own title: one meeting of a series, one council, one group."""

    number: Count
    title: Text
    dates: tuple[date, ...] = ()
    hosts: tuple[Code, ...] = ()
    expected: Text | None = None
    quantities: tuple[Quantity, ...] = ()


class Measure(Part):
    number: MeasureNumber
    period: Text
    dates: tuple[date, ...] = ()
    """Days of the measure itself; a series has them in its items."""
    span: Span | None = None
    title: Text
    responsible: tuple[Text, ...] = Field(min_length=1)
    """Posts, never persons."""
    hosts: tuple[Code, ...] = ()
    """Organisations named with the measure."""
    participants: Text | None = None
    expected: Text | None = None
    quantities: tuple[Quantity, ...] = ()
    indicators: tuple[IndicatorCode, ...] = ()
    """Which indicators the measure moves."""
    items: tuple[MeasureItem, ...] = ()
    source: Text

    @property
    def all_dates(self) -> tuple[date, ...]:
        """Days of the measure and of its items, in order, each once."""
        return tuple(sorted({*self.dates, *(day for item in self.items for day in item.dates)}))

    def due_on(self, year: int) -> date:
        """The last day of the measure; a measure without dates runs until the end of the plan's year."""
        if self.all_dates:
            return self.all_dates[-1]
        return self.span.end if self.span else date(year, 12, 31)


class PlanSection(Part):
    number: Count
    title: Text
    measures: tuple[Measure, ...]


class Plan(Part):
    document: Code
    source: Text
    sections: tuple[PlanSection, ...] = Field(min_length=1)

    def measures(self) -> Iterator[Measure]:
        """All measures in the order of the document."""
        for section in self.sections:
            yield from section.measures
