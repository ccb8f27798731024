"""A sheet of plain text → lines whose cells are known by the field they belong to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.spreadsheets import Sheet, column_letter
from core.surveys.xlsform.headings import LIST, SURVEY, VERBATIM, WORDED, Heading, read_heading
from core.surveys.xlsform.languages import Languages
from core.surveys.xlsform.places import Column, Findings, Line
from core.surveys.xlsform.wording import straight

_SEARCHED = 20
"""Rows in which headings are looked for, below a title that somebody has put on top."""
_OURS_TO_PASS = ("$", "_", "kobo--", "hxl", "#")
"""Beginnings of headings that programs write for themselves."""
_GAP = 60
"""Blank rows after which pyxform takes the sheet to be over; people keep drafts and remarks far below."""
_NEEDED = {SURVEY: "type", LIST: "name"}


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its headings understood."""

    kind: str
    title: str
    top: int
    """Row of the headings."""
    columns: Mapping[int, Column]
    headings: Mapping[int, Heading]
    rows: Mapping[int, Mapping[int, str]]

    @property
    def languages(self) -> tuple[str, ...]:
        """As the headings name them, '' for the form's own, in order."""
        found = [one.language for one in self.headings.values() if one.field in WORDED]
        return tuple(dict.fromkeys(found))

    def lines(self, languages: Languages, findings: Findings) -> list[Line]:
        """All rows under the headings, worded in the chosen language."""
        return [self._line(number, cells, languages, findings) for number, cells in self.rows.items()]

    def _line(self, number: int, cells: Mapping[int, str], languages: Languages, findings: Findings) -> Line:
        texts: dict[str, str] = {}
        columns: dict[str, Column] = {}
        for field, options in self._by_field(cells).items():
            column = languages.pick(options)
            texts[field] = cells[column] if field in VERBATIM else straight(cells[column])
            columns[field] = self.columns[column]
            if field in WORDED:
                languages.note(findings, self.title, number, columns[field], self.headings[column].language)
        return Line(self.title, number, texts, {**self._first, **columns})

    def _by_field(self, cells: Mapping[int, str]) -> dict[str, dict[str, int]]:
        """Field → language → column, for the cells of one row."""
        found: dict[str, dict[str, int]] = {}
        for column in cells:
            heading = self.headings.get(column)
            if heading is None:
                continue
            name = heading.field or f"={self.columns[column].heading}"
            found.setdefault(name, {}).setdefault(heading.language, column)
        return found

    @property
    def _first(self) -> dict[str, Column]:
        """The column of every field, for problems about cells that are empty."""
        found: dict[str, Column] = {}
        for column, heading in self.headings.items():
            if heading.field is not None:
                found.setdefault(heading.field, self.columns[column])
        return found


def read_table(kind: str, sheet: Sheet, findings: Findings) -> Table:
    """The table of a sheet; what is wrong with its headings is noted."""
    top = _top(kind, sheet)
    titles = sheet.rows.get(top, {})
    columns = {number: Column(column_letter(number), " ".join(text.split())) for number, text in titles.items()}
    double = any("::" in text for text in titles.values())
    headings = {number: read_heading(kind, text, double_colon=double) for number, text in titles.items()}
    table = Table(kind, sheet.title, top, columns, headings, _rows(sheet, top, findings))
    _check(table, sheet, findings)
    return table


def _rows(sheet: Sheet, top: int, findings: Findings) -> dict[int, Mapping[int, str]]:
    """The rows under the headings, as far as they belong to the form."""
    rows: dict[int, Mapping[int, str]] = {}
    last = top
    for number, cells in sheet.rows.items():
        if number - last > _GAP + 1:
            message = f"эта строка и всё, что ниже, не прочитаны: выше пусто больше {_GAP} строк"
            findings.notice(f"лист {sheet.title}, строка {number}", message)
            break
        if number > top:
            rows[number], last = cells, number
    return rows


def _top(kind: str, sheet: Sheet) -> int:
    """The first row with the heading that must be there; the first one at all when none has it."""
    numbers = list(sheet.rows)[:_SEARCHED]
    for number in numbers if kind in _NEEDED else ():
        titles = sheet.rows[number].values()
        double = any("::" in text for text in titles)
        fields = {read_heading(kind, text, double_colon=double).field for text in titles if len(text) < 200}
        if _NEEDED[kind] in fields:
            return number
    return numbers[0] if numbers else 1


def _check(table: Table, sheet: Sheet, findings: Findings) -> None:
    where = f"лист {table.title}, строка {table.top}"
    seen: dict[Heading, Column] = {}
    for number, heading in table.headings.items():
        column = table.columns[number]
        if heading.field in {None, "media"}:
            continue
        if heading in seen:
            findings.refuse(f"{where}, {column}", f"это поле уже есть, {seen[heading]}: оставьте один из столбцов")
        seen.setdefault(heading, column)
    for fault in sheet.faults:
        named = table.headings.get(fault.column)
        if fault.row > table.top and named is not None and named.field is not None:
            findings.refuse(f"лист {table.title}, строка {fault.row}, {table.columns[fault.column]}", fault.message)
    for message in _strangers(table):
        findings.notice(where, message)


def _strangers(table: Table) -> Iterator[str]:
    used = {column for cells in table.rows.values() for column in cells}
    for column in sorted(used):
        title = table.columns.get(column)
        if title is None:
            yield f"столбец {column_letter(column)} без заголовка не прочитан"
        elif table.headings[column].field is None and table.kind != LIST and not _is_of_programs(title.heading):
            yield f"{title} анкете не нужен и не прочитан"


def _is_of_programs(heading: str) -> bool:
    return heading.lower().startswith(_OURS_TO_PASS)
