"""A file of a school → its sheets, people and problems in the file's order; runs in a child process."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Protocol

from core.importing.encoding import Json, mapping_of, person_json, problem_json, sheet_json
from core.importing.faults import Faults
from core.importing.model import Column, ImportKind, Problem, SheetUse
from core.importing.model import Mapping as Corrected
from core.importing.organisations import named_in, of_title
from core.importing.people import read_diagnosed, read_staff
from core.importing.row import RowReader
from core.importing.rows import RowKind, kind_of
from core.importing.sheets import LOOKED_AT, Heading, Row, doubled, find_heading, organisation_above
from core.importing.words import LONGEST, line, shown, tidy
from core.spreadsheets.bounds import Bounds
from core.spreadsheets.sheets import CellFault, column_letter
from storage.searching import searchable

_NO_HEADING = "На листе не нашлось строки с заголовками: нужен столбец «ФИО» и хотя бы ещё один. Лист не загружен"
_TOO_LONG = f"В ячейке больше {LONGEST} знаков. Сократите текст или назначьте столбцу «Не загружать»"
_NOTHING = (
    "Ни на одном листе не нашлось заголовков таблицы. Нужна строка с заголовками, среди которых «ФИО» "
    "и, например, «Должность»; она должна быть в первых 40 строках"
)
_HIDDEN = "Скрытый лист не загружен. Чтобы загрузить его, покажите лист в Excel и сохраните файл"


class RawSheet(Protocol):
    """What core.spreadsheets.tables gives: rows as they are read, faults filled in on the way."""

    @property
    def title(self) -> str: ...
    @property
    def hidden(self) -> bool: ...
    @property
    def rows(self) -> Iterator[tuple[int, dict[int, str]]]: ...
    @property
    def faults(self) -> Sequence[CellFault]: ...


@dataclass(slots=True)
class _Sheet:
    """A sheet whose heading is understood, while its rows go by."""

    title: str
    heading: Heading
    kind: ImportKind
    today: date
    organisation: str
    faults: Faults


@dataclass(slots=True)
class _Held:
    """A person's row and the rows that go on about them."""

    rows: list[int]
    cells: dict[int, str]

    def add(self, row: int, more: Mapping[int, str]) -> None:
        self.rows.append(row)
        for column, text in more.items():
            self.cells[column] = f"{self.cells[column]}\n{text}" if column in self.cells else text


def read(content: bytes, *, file_name: str, kind: str, mapping: dict[str, Any], today: str) -> Iterator[Json]:
    """{"sheet"}, {"person"} and {"problem"} as core.importing.encoding writes them.

    Raises AppError: those of core.spreadsheets.tables.open_tables.
    """
    from core.spreadsheets.tables import open_tables  # noqa: PLC0415 - brings the readers of all formats

    tables = open_tables(content, file_name, Bounds())
    yield from read_sheets(tables, ImportKind(kind), mapping_of(mapping), date.fromisoformat(today))


def read_sheets(sheets: Iterable[RawSheet], kind: ImportKind, mapping: Corrected, today: date) -> Iterator[Json]:
    """The same out of sheets that are open already."""
    understood = False
    for sheet in sheets:
        for found in _of_sheet(sheet, kind, mapping, today):
            understood = understood or ("sheet" in found and not found["sheet"]["skipped"])
            yield found
    if not understood:
        yield _problem(Problem("", 0, "", _NOTHING))


def _of_sheet(sheet: RawSheet, kind: ImportKind, mapping: Corrected, today: date) -> Iterator[Json]:
    rows = iter(sheet.rows)
    left_out = searchable(sheet.title) in set(map(searchable, mapping.skipped_sheets))
    unwanted = sheet.hidden or left_out
    top = [] if unwanted else _top(rows)
    heading = find_heading(top, kind, mapping.headings)
    if heading is None:
        yield {"sheet": sheet_json(SheetUse(sheet.title, 0, (), skipped=True))}
        if any(True for _ in chain(top, rows)) and not left_out:
            yield _problem(Problem(sheet.title, 0, "", _HIDDEN if sheet.hidden else _NO_HEADING, fatal=False))
        return
    organisation = organisation_above(top, heading) or of_title(sheet.title)
    yield {"sheet": sheet_json(SheetUse(sheet.title, heading.first_row, heading.columns, organisation))}
    for problem in doubled(sheet.title, heading):
        yield _problem(problem)
    state = _Sheet(sheet.title, heading, kind, today, organisation, Faults(sheet.faults, heading.columns))
    below = (row for row in chain(top, rows) if row[0] >= heading.first_row)
    yield from _of_rows(state, below)
    yield from map(_problem, state.faults.left(sheet.title, heading.first_row))


def _top(rows: Iterator[Row]) -> list[Row]:
    top: list[Row] = []
    for number, cells in rows:
        top.append((number, cells))
        if number >= LOOKED_AT:
            break
    return top


def _of_rows(state: _Sheet, rows: Iterable[Row]) -> Iterator[Json]:
    """People one by one; a row is held until it is known whether the next one goes on about the same person."""
    held: _Held | None = None
    for number, cells in rows:
        kind = kind_of(cells, state.heading)
        if kind is RowKind.CONTINUED and held:
            held.add(number, cells)
            continue
        if held:
            yield _person(state, held)
        held = _Held([number], dict(cells)) if kind is RowKind.PERSON else None
        if held is None:
            yield from _between(state, kind, number, cells)
    if held:
        yield _person(state, held)


def _between(state: _Sheet, kind: RowKind, number: int, cells: Mapping[int, str]) -> Iterator[Json]:
    """A row that is no person's."""
    state.faults.pass_over(number)
    if kind is RowKind.ORGANISATION:
        state.organisation = next(name for text in cells.values() if (name := named_in(text)))
    elif kind is not RowKind.SKIPPED:
        yield _problem(_not_understood(state.title, number, cells))


def _not_understood(sheet: str, number: int, cells: Mapping[int, str]) -> Problem:
    column = min(cells)
    message = f"{shown(cells[column])}: это не строка о человеке, она пропущена"
    return Problem(sheet, number, column_letter(column), message, fatal=False)


def _person(state: _Sheet, held: _Held) -> Json:
    _keep_organisation(state, held.cells)
    wrong = {column: message for row in held.rows for column, message in state.faults.of_row(row).items()}
    wrong |= {column: _TOO_LONG for column, cell in held.cells.items() if len(cell) > LONGEST}
    texts = {column: text for column, cell in held.cells.items() if column not in wrong and (text := tidy(cell))}
    reader = RowReader(state.title, held.rows[0], texts, state.heading.columns, state.today)
    used = {each.column for each in state.heading.columns if each.use is not Column.IGNORED}
    for column, message in sorted(wrong.items()):
        if column in used:
            reader.note(column_letter(column), message)
    read = read_diagnosed if state.kind is ImportKind.DIAGNOSES else read_staff
    return {"person": person_json(read(reader, state.organisation))}


def _keep_organisation(state: _Sheet, cells: Mapping[int, str]) -> None:
    """A merged cell names the organisation once, for all rows beside it."""
    column = next((each.column for each in state.heading.columns if each.use is Column.ORGANISATION), None)
    if column is not None and column in cells:
        state.organisation = line(cells[column])


def _problem(problem: Problem) -> Json:
    return {"problem": problem_json(problem)}
