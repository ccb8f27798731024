"""The order of a list: by the head of a column, else the usual one of its kind; always the same for the same rows."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import case

from core.registry.cells import expression, has_end
from core.registry.columns import Column, columns_of
from core.registry.model import Kind, Now, Owner, Type, Wanted
from storage.models import Award, ExpertWork, MentorBankEntry, Organisation, Position, Teacher, TrainingRecord

_SEARCHED: Mapping[str, Any] = {
    "teacher": Teacher.search,
    "organisation": Organisation.search,
    "position": Position.search,
}
"""Names of other records: databases sort Cyrillic differently, `search` sorts alike in all of them."""

_USUAL: Mapping[type[Any], Callable[[], list[Any]]] = {
    TrainingRecord: lambda: [TrainingRecord.finished_on.desc()],
    Award: lambda: [Award.given_on.is_(None), Award.given_on.desc()],
    ExpertWork: lambda: [ExpertWork.done_on.desc()],
    MentorBankEntry: lambda: [MentorBankEntry.year.desc(), Teacher.search],
}


def order(kind: Kind, wanted: Wanted, now: Now) -> list[Any]:
    """On `reach.source(kind)`, with `cells.with_places` when `needs_places` says so."""
    column = _column(kind, wanted.sort)
    if column is None:
        usual = _USUAL.get(kind.model)
        return [*(usual() if usual else [kind.model.search]), kind.model.id]
    by = _by(kind, column, now)
    ordered = by.desc() if wanted.down else by.asc()
    # What is not known comes last whichever way the column is turned.
    nothing = [] if column.name in _named(kind) else [by.is_(None)]
    return [*nothing, ordered, kind.model.id.desc() if wanted.down else kind.model.id]


def needs_places(kind: Kind, wanted: Wanted) -> bool:
    return _column(kind, wanted.sort) is not None and wanted.sort in {"organisation", "position"}


def _column(kind: Kind, name: str) -> Column | None:
    return next((one for one in columns_of(kind) if one.name == name and one.sortable), None)


def _named(kind: Kind) -> frozenset[str]:
    """Columns that are never empty, so that an index can serve the order."""
    return frozenset({"name", "title", *_SEARCHED}) if kind.owner is not Owner.TEACHER else frozenset(_SEARCHED)


def _by(kind: Kind, column: Column, now: Now) -> Any:
    if column.name in _SEARCHED:
        return _SEARCHED[column.name]
    if column.name in {"name", "title"}:
        return kind.model.search
    if column.name == "ends_on":
        return case((has_end(), Teacher.category_date))
    found = expression(kind, column.name, now)
    if column.type is Type.CHOICE and column.choices is not None:
        places = {one.value: place for place, one in enumerate(column.choices)}
        return case(places, value=found)
    return found
