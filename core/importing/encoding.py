"""Words of the import as JSON: on their way out of the child process, and in the rows of an import."""

from collections.abc import Mapping as MappingType
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.importing.model import (
    AwardRead,
    Column,
    ColumnUse,
    Course,
    Layout,
    Mapping,
    Person,
    Problem,
    SheetUse,
)
from core.people.model import Category, Education, TrainingKind


def encoded(value: Any) -> Any:
    """What JSON can hold; the functions below make the value of it again."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: encoded(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum | Decimal):
        return str(value)
    if isinstance(value, MappingType):
        return {str(key): encoded(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [encoded(one) for one in value]
    return value


def problem(data: MappingType[str, Any]) -> Problem:
    return Problem(**data)


def sheet_use(data: MappingType[str, Any]) -> SheetUse:
    columns = tuple(ColumnUse(**{**one, "use": Column(one["use"])}) for one in data["columns"])
    return SheetUse(**{**data, "columns": columns})


def mapping(data: MappingType[str, Any]) -> Mapping:
    """Of what is stored, also by an older version: whatever is missing is empty."""
    known = {one.name: data[one.name] for one in fields(Mapping) if one.name in data}
    if "skipped_sheets" in known:
        known["skipped_sheets"] = tuple(known["skipped_sheets"])
    return Mapping(**known)


def layout(data: MappingType[str, Any]) -> Layout:
    columns = tuple((heading, use) for heading, use in data.get("columns", ()))
    return Layout(columns, bool(data.get("by_sheet", False)))


def person(data: MappingType[str, Any]) -> Person:
    return Person(
        **{
            **data,
            "subjects": tuple(data["subjects"]),
            "workload": None if data["workload"] is None else Decimal(data["workload"]),
            "education": None if data["education"] is None else Education(data["education"]),
            "category": None if data["category"] is None else Category(data["category"]),
            "category_date": _day(data["category_date"]),
            "courses": tuple(map(course, data["courses"])),
            "awards": tuple(map(award, data["awards"])),
            "problems": tuple(map(problem, data["problems"])),
        }
    )


def course(data: MappingType[str, Any]) -> Course:
    finished_on = date.fromisoformat(data["finished_on"])
    return Course(**{**data, "kind": TrainingKind(data["kind"]), "finished_on": finished_on})


def award(data: MappingType[str, Any]) -> AwardRead:
    return AwardRead(**{**data, "given_on": _day(data["given_on"])})


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
