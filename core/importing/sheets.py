"""Where the heading of a sheet is, and what its columns mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.importing.headings import Meaning, meaning_of
from core.importing.model import Column, ColumnUse, ImportKind, Problem
from core.importing.organisations import named_in
from core.importing.words import line, plain, shown
from core.spreadsheets.sheets import column_letter
from storage.searching import searchable

LOOKED_AT = 40
"""Rows from the top in which the heading is looked for."""
_DEEPEST = 3
"""Rows that a merged heading can have."""
_NAMES = frozenset({Column.FULL_NAME, Column.SURNAME})
_MANY = frozenset(
    {
        *(Column.TRAINING, Column.RETRAINING, Column.AWARDS, Column.SUBJECTS, Column.EDUCATION),
        *(Column.NUMBER, Column.IGNORED),
    }
)
"""Meanings that several columns may have together."""
_PATH = " / "

Row = tuple[int, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Heading:
    """`first_row` is the first row under it. `own` are its texts by column, to know it when it comes again."""

    first_row: int
    columns: tuple[ColumnUse, ...]
    own: Mapping[int, frozenset[str]]


def find_heading(rows: Sequence[Row], kind: ImportKind, remembered: Mapping[str, str]) -> Heading | None:
    """The heading among the first rows of a sheet; None when no row names people and one thing more."""
    best: tuple[tuple[int, int], Heading] | None = None
    for place, (_, cells) in enumerate(rows):
        if not _names(cells, kind, remembered):
            continue
        for block in _blocks(rows, place):
            heading = _heading(block, kind, remembered)
            score = _score(heading.columns)
            if _is_sound(block, heading, kind, remembered) and (best is None or score > best[0]):
                best = (score, heading)
    return best[1] if best and best[0][0] > 2 else None


def organisation_above(rows: Sequence[Row], heading: Heading) -> str:
    """The organisation that a line above the heading names; '' without one."""
    depth = heading.first_row
    found = (named_in(text) for number, cells in rows if number < depth for text in cells.values())
    own = frozenset().union(*heading.own.values())
    return next((name for name in found if name and plain(name) not in own), "")


def doubled(sheet: str, heading: Heading) -> list[Problem]:
    """A problem for each column that means the same as one before it."""
    seen: dict[tuple[Column, str], ColumnUse] = {}
    problems: list[Problem] = []
    for column in heading.columns:
        meaning = (column.use, column.detail if column.use is Column.AREA else "")
        first = seen.setdefault(meaning, column)
        if first is not column and column.use not in _MANY:
            problems.append(_double(sheet, heading.first_row - 1, first, column))
    return problems


def _double(sheet: str, row: int, first: ColumnUse, second: ColumnUse) -> Problem:
    message = (
        f"Столбцы {column_letter(first.column)} ({shown(first.heading)}) и {column_letter(second.column)} "
        f"({shown(second.heading)}) означают одно и то же. Оставьте один, а другому назначьте «Не загружать»"
    )
    return Problem(sheet, row, column_letter(second.column), message)


def _names(cells: Mapping[int, str], kind: ImportKind, remembered: Mapping[str, str]) -> bool:
    return any(meaning_of(text, kind, remembered).use in _NAMES for text in cells.values())


def _blocks(rows: Sequence[Row], place: int) -> list[Sequence[Row]]:
    """Runs of one to three rows around the one that names people, the shortest first."""
    runs = [
        rows[start : start + height]
        for height in range(1, _DEEPEST + 1)
        for start in range(max(0, place - height + 1), place + 1)
        if start + height <= len(rows)
    ]
    return [run for run in runs if run[-1][0] - run[0][0] < _DEEPEST]


def _heading(block: Sequence[Row], kind: ImportKind, remembered: Mapping[str, str]) -> Heading:
    columns = []
    for column in sorted({column for _, cells in block for column in cells}):
        path = _path(block, column)
        meaning = _meaning(path, kind, remembered)
        columns.append(ColumnUse(column, _PATH.join(path), meaning.use, meaning.detail, meaning.certain))
    own = {column.column: frozenset(plain(cells.get(column.column, "")) for _, cells in block) for column in columns}
    return Heading(block[-1][0] + 1, _settled(columns), own)


def _path(block: Sequence[Row], column: int) -> list[str]:
    """Texts over the column from top to bottom; a merged one is carried to the right while there is text below it."""
    path = []
    for place, (_, cells) in enumerate(block):
        text = cells.get(column) or _carried(block, place, column)
        if text:
            path.append(line(text))
    return path


def _carried(block: Sequence[Row], place: int, column: int) -> str:
    below = block[place + 1 :]
    while any(cells.get(column) for _, cells in below) and column > 1:
        column -= 1
        if text := block[place][1].get(column):
            under = any(cells.get(column) for _, cells in below)
            return text if under else ""
    return ""


def _meaning(path: list[str], kind: ImportKind, remembered: Mapping[str, str]) -> Meaning:
    """Of the whole path, of its lowest part when the whole says nothing."""
    whole = meaning_of(_PATH.join(path), kind, remembered)
    is_chosen = searchable(_PATH.join(path)) in remembered
    if whole.use is Column.IGNORED and len(path) > 1 and not is_chosen:
        return meaning_of(path[-1], kind, remembered)
    return whole


def _settled(columns: list[ColumnUse]) -> tuple[ColumnUse, ...]:
    """«Категория, дата присвоения» in one column is the category, when no other column is."""
    if any(column.use is Column.CATEGORY for column in columns):
        return tuple(columns)
    return tuple(_with_category(column) for column in columns)


def _with_category(column: ColumnUse) -> ColumnUse:
    seen = plain(column.heading)
    ahead = 0 <= seen.find("категор") < seen.find("дат")
    if column.use is Column.CATEGORY_DATE and ahead:
        return replace(column, use=Column.CATEGORY, certain=False)
    return column


def _score(columns: Sequence[ColumnUse]) -> tuple[int, int]:
    """Different things first, then columns that mean something."""
    known = [column for column in columns if column.use is not Column.IGNORED]
    certain = {(column.use, column.detail) for column in known if column.certain}
    guessed = {(column.use, column.detail) for column in known if not column.certain}
    return 2 * len(certain) + len(guessed - certain), len(known)


def _is_sound(block: Sequence[Row], heading: Heading, kind: ImportKind, remembered: Mapping[str, str]) -> bool:
    """No title is taken in from above, no person from below."""
    uses = {column.column: column.use for column in heading.columns}
    name = next((column for column, use in uses.items() if use in _NAMES), None)
    if name is None or any(len(cells) < 2 for _, cells in block[:-1]):
        return False
    lowest = next(cells[name] for _, cells in reversed(block) if cells.get(name))
    deeper = block[-1][1].values() if len(block) > 1 else ()
    return meaning_of(lowest, kind, remembered).use in _NAMES and not any(_is_value(text) for text in deeper)


def _is_value(text: str) -> bool:
    """A number or a date: a heading is none."""
    return text.replace(".", "").replace("-", "").replace(",", "").strip().isdigit()
