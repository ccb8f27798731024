"""What is counted while a file is read, for the import's summary. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from core.importing.deciding import Line
from core.importing.encoding import sheet_json
from core.importing.known import Known, Names
from core.importing.model import Problem, SheetUse

MOST_UNKNOWN = 1_000
"""Names that are listed to be explained; who has more has taken a wrong column for names."""


@dataclass(slots=True)
class Tally:
    sheets: list[SheetUse] = field(default_factory=list)
    problems: int = 0
    """Fatal ones."""
    remarks: int = 0
    namesakes: int = 0
    people: int = 0
    organisations: set[int] = field(default_factory=set)
    """That the file has people of."""
    unknown: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    """Kind and name → the name as first written, and in how many rows."""

    def add(self, line: Line) -> None:
        self.people += 1
        self.note(line.problems)
        self.namesakes += bool(line.namesakes)
        if line.organisation_id is not None:
            self.organisations.add(line.organisation_id)
        for kind, name in set(line.unknown):
            self._add_unknown(kind, name)

    def note(self, problems: Iterable[Problem]) -> None:
        for one in problems:
            self.problems += one.fatal
            self.remarks += not one.fatal

    def _add_unknown(self, kind: str, name: str) -> None:
        key = (kind, name.casefold())
        if key in self.unknown or len(self.unknown) < MOST_UNKNOWN:
            self.unknown.setdefault(key, [name, 0])[1] += 1

    def summary(self, known: Known) -> dict[str, Any]:
        """As `ImportRun.summary` keeps it; counts by verdict and who is missing are the database's to count."""
        return {
            "sheets": [sheet_json(one) for one in self.sheets],
            "problems": self.problems,
            "remarks": self.remarks,
            "namesakes": self.namesakes,
            "organisations": sorted(self.organisations),
            "unknown": [
                {"kind": kind, "name": name, "rows": rows, "near": _names(known, kind).near(name)}
                for (kind, _), (name, rows) in self.unknown.items()
            ],
        }


def _names(known: Known, kind: str) -> Names:
    return {"organisation": known.organisations, "position": known.positions, "subject": known.subjects}[kind]
