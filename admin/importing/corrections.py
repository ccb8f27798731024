"""What was put right by hand on a page → the mapping with which the file is read again."""

from collections.abc import Collection
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace

from starlette.datastructures import FormData

from admin.importing.words import COLUMNS
from admin.shell.words import AREAS
from core.errors import AppError
from core.importing.model import Column, ColumnUse, ImportKind, Mapping, SheetUse
from storage.searching import searchable

FORGET = "forget"
"""Chosen for a name whose earlier meaning is to be forgotten."""

_OF_DIAGNOSES = (
    Column.FULL_NAME,
    Column.SURNAME,
    Column.GIVEN_NAME,
    Column.PATRONYMIC,
    Column.ORGANISATION,
    Column.BIRTH_DATE,
    Column.NUMBER,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the file, wherever it stands. `use` is a Column or "area:<code>"."""

    text: str
    use: str
    certain: bool
    sheets: int

    @property
    def key(self) -> str:
        return searchable(self.text)


def headings(sheets: Collection[SheetUse]) -> list[Heading]:
    """What is doubtful first, then what is left out, then the rest in the file's order."""
    found: dict[str, Heading] = {}
    for sheet in sheets:
        for column in sheet.columns if not sheet.skipped else ():
            key = searchable(column.heading)
            if not key:
                continue
            known = found.get(key) or Heading(column.heading, use_of(column), certain=True, sheets=0)
            found[key] = replace(known, certain=known.certain and column.certain, sheets=known.sheets + 1)
    return sorted(found.values(), key=lambda one: (one.certain, one.use != Column.IGNORED))


def use_of(column: ColumnUse) -> str:
    return f"{Column.AREA}:{column.detail}" if column.use is Column.AREA else column.use


def uses(kind: ImportKind) -> dict[str, str]:
    """What a column can be said to mean → how it is called."""
    if kind is ImportKind.STAFF:
        return {code: title for code, title in COLUMNS.items() if code != Column.AREA}
    areas = {f"{Column.AREA}:{code}": f"Диагностика: {title}" for code, title in AREAS.items()}
    common: dict[str, str] = {code: COLUMNS[code] for code in _OF_DIAGNOSES}
    return {**common, **areas, Column.IGNORED: COLUMNS[Column.IGNORED]}


def columns(sent: FormData, mapping: Mapping, kind: ImportKind, sheets: Collection[SheetUse]) -> Mapping:
    """Raises AppError import.wrong_column.

    What the program was sure of and nobody changed is not noted, so that a better guess may come later.
    """
    shown = {one.key: one for one in headings(sheets)}
    chosen = dict(mapping.headings)
    for text, use in _pairs(sent, "heading", "use"):
        if use not in uses(kind):
            raise AppError("import.wrong_column")
        key = searchable(text)
        known = shown.get(key)
        if known is not None and (known.use != use or not known.certain):
            chosen[key] = use
    titles = {one.title for one in sheets}
    skipped = tuple(str(one) for one in sent.getlist("skipped") if one in titles)
    return replace(mapping, headings=chosen, skipped_sheets=skipped)


def names(sent: FormData, mapping: Mapping, known: MappingType[str, Collection[int]]) -> Mapping:
    """`known`: kind of name → ids that may be chosen. Raises AppError import.wrong_choice."""
    meant = {
        "organisation": dict(mapping.organisations),
        "position": dict(mapping.positions),
        "subject": dict(mapping.subjects),
    }
    for kind, name, choice in _triples(sent):
        if kind not in meant:
            raise AppError("import.wrong_choice")
        if choice == FORGET:
            meant[kind].pop(searchable(name), None)
        elif choice:
            meant[kind][searchable(name)] = _id(choice, known[kind])
    return replace(mapping, organisations=meant["organisation"], positions=meant["position"], subjects=meant["subject"])


def people(sent: FormData, mapping: Mapping, known: MappingType[str, Collection[int]]) -> Mapping:
    """`known`: "<sheet>!<row>" → teachers who may be meant. Raises AppError import.wrong_choice."""
    chosen = dict(mapping.people)
    for place, choice in _pairs(sent, "place", "person"):
        if choice and place in known:
            chosen[place] = _id(choice, {0, *known[place]})
    return replace(mapping, people=chosen)


def _id(choice: str, known: Collection[int]) -> int:
    number = int(choice) if choice.isascii() and choice.isdigit() and len(choice) < 10 else -1
    if number not in known:
        raise AppError("import.wrong_choice")
    return number


def _pairs(sent: FormData, first: str, second: str) -> list[tuple[str, str]]:
    """Of numbered fields: `heading.3` with `use.3`."""
    numbers = [name.partition(".")[2] for name in sent if name.startswith(f"{first}.")]
    return [(str(sent[f"{first}.{one}"]), str(sent.get(f"{second}.{one}", ""))) for one in numbers]


def _triples(sent: FormData) -> list[tuple[str, str, str]]:
    numbers = [name.partition(".")[2] for name in sent if name.startswith("name.")]
    return [
        (str(sent.get(f"kind.{one}", "")), str(sent[f"name.{one}"]), str(sent.get(f"choice.{one}", "")))
        for one in numbers
    ]
