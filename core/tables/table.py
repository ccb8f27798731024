"""What a file is made of, whatever its format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

Cell = str | int | float | date | datetime | time | None


class Kind(StrEnum):
    """What the cells of a column hold; None is "no answer" in all of them."""

    TEXT = "text"
    CODE = "code"
    """A number that stands for a label."""
    FLAG = "flag"
    """1 marked, 0 not marked."""
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    """Day and time by the municipality's clocks, without a zone: neither Excel nor SPSS knows zones."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A column. `name` is what SPSS calls it, `label` what people read."""

    name: str
    label: str
    kind: Kind
    labels: Mapping[int, str] = field(default_factory=dict)
    """Of a CODE: number → words."""
    ordered: bool = False
    """The codes go from little to much."""


@dataclass(frozen=True, slots=True)
class Table:
    """`title` names the sheet; at most 31 characters (Excel)."""

    title: str
    variables: Sequence[Variable]
    rows: Sequence[Sequence[Cell]]

    @property
    def headings(self) -> list[str]:
        return [variable.label for variable in self.variables]


def in_words(variable: Variable, cell: Cell) -> Cell:
    """Codes and marks as people read them."""
    if variable.kind is Kind.CODE and isinstance(cell, int):
        return variable.labels.get(cell, str(cell))
    if variable.kind is Kind.FLAG and cell is not None:
        return "да" if cell else "нет"
    return cell


def day_in_words(cell: date | datetime) -> str:
    """Four digits of the year, which strftime leaves out before 1000."""
    day = f"{cell:%d.%m}.{cell.year:04d}"
    return f"{day} {cell:%H:%M}" if isinstance(cell, datetime) else day
