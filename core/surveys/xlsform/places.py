"""Rows of a sheet that know where they stand, and what was found wrong or strange in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.surveys.reading import Problem, Row


@dataclass(frozen=True, slots=True)
class Column:
    letter: str
    heading: str

    def __str__(self) -> str:
        return f"столбец {self.letter} ({self.heading})"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: what it holds and from which columns, by our name of the field."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    """Only fields with something in them."""
    columns: Mapping[str, Column]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    def place(self, name: str | None = None) -> str:
        """In words; of a field without a column its name has to do."""
        where = f"лист {self.sheet}, строка {self.number}"
        if name is None:
            return where
        return f"{where}, {self.columns.get(name) or f'столбец {name}'}"

    def words(self, name: str) -> frozenset[str]:
        """The field as a set of words: appearances, mostly."""
        return frozenset(self[name].split())

    def with_cells(self, **cells: str) -> "Line":
        """The same row with other content; what becomes '' is left out."""
        merged = {**self.cells, **cells}
        return replace(self, cells={name: text for name, text in merged.items() if text})


@dataclass(slots=True)
class Findings:
    """Everything that is wrong, and everything the methodist should know; each once."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def refuse(self, where: str, message: str) -> None:
        _add(self.problems, Problem(where, message))

    def notice(self, where: str, message: str) -> None:
        _add(self.notices, Problem(where, message))


def _add(found: list[Problem], problem: Problem) -> None:
    if problem not in found[-200:]:
        found.append(problem)


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as core.surveys.building wants it, with the line it came from."""

    line: Line
    data: Mapping[str, object]
    origins: Mapping[str, str] = field(default_factory=dict)
    """Field of the data → field of the line, where they differ."""
    container: str = ""
    """Name of the group around it."""

    @property
    def type(self) -> str:
        return str(self.data.get("type", ""))

    @property
    def name(self) -> str:
        return str(self.data.get("name", ""))

    def place(self, name: str | None = None) -> str:
        return self.line.place(None if name is None else self.origins.get(name, name))


class SheetRow(Row):
    """A draft as a row to build from; its problems name sheet, row and column."""

    def __init__(self, draft: Draft, problems: list[Problem]) -> None:
        super().__init__(draft.data, draft.line.place(), problems)
        self._draft = draft

    def problem(self, message: str, field: str | None = None) -> None:
        self._problems.append(Problem(self._draft.place(field), message))

    def _row(self, item: object, where: str) -> Row | None:
        return SheetRow(item, self._problems) if isinstance(item, Draft) else super()._row(item, where)


class FormRow(Row):
    """All sheets of a form together, as one row to build from."""

    def __init__(self, data: Mapping[str, object], places: Mapping[str, str], problems: list[Problem]) -> None:
        super().__init__(data, "лист survey, строка 1", problems)
        self._places = places

    def problem(self, message: str, field: str | None = None) -> None:
        self._problems.append(Problem(self._places.get(field or "", self.where), message))

    def _row(self, item: object, where: str) -> Row | None:
        return SheetRow(item, self._problems) if isinstance(item, Draft) else super()._row(item, where)
