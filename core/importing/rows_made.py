"""What an import adds to the registry, as rows for bulk statements. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.importing.encoding import award_of, course_of
from storage.models import Teacher

Row = dict[str, Any]


def columns_of(plan: Mapping[str, Any]) -> Row:
    """Columns of Teacher with the values that the registry keeps."""
    return {name: _value(name, value) for name, value in plan.items()}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    match name:
        case "workload":
            return Decimal(value)
        case "category_date":
            return date.fromisoformat(value)
        case "archived_at":
            return datetime.fromisoformat(value)
        case _:
            return value


def teacher_row(municipality_id: int, plan: Mapping[str, Any]) -> Row:
    """All rows have the same columns, so that they go in together."""
    values = columns_of(plan["after"])
    row = {name: values.get(name, default) for name, default in _EMPTY.items()}
    return {**row, "municipality_id": municipality_id, "search": Teacher.search_of(row)}


_EMPTY: Mapping[str, Any] = {
    "surname": "",
    "given_name": "",
    "patronymic": None,
    "birth_year": None,
    "organisation_id": None,
    "position_id": None,
    "is_management": False,
    "workload": None,
    "education": None,
    "total_first_year": None,
    "first_work_year": None,
    "category": "none",
    "category_date": None,
}


def course_rows(teacher_id: int, plan: Mapping[str, Any]) -> list[Row]:
    found = [course_of(one) for one in plan.get("courses", ())]
    return [
        {
            "teacher_id": teacher_id,
            "programme": one.programme,
            "provider": one.provider,
            "kind": str(one.kind),
            "hours": one.hours,
            "federal_register": one.federal_register,
            "finished_on": one.finished_on,
        }
        for one in found
    ]


def award_rows(teacher_id: int, plan: Mapping[str, Any]) -> list[Row]:
    found = [award_of(one) for one in plan.get("awards", ())]
    return [
        {"teacher_id": teacher_id, "title": one.title, "level": one.level, "given_on": one.given_on} for one in found
    ]


def subject_rows(teacher_id: int, plan: Mapping[str, Any]) -> list[Row]:
    _, after = plan.get("subjects", ((), ()))
    return [{"teacher_id": teacher_id, "subject_id": one} for one in after]
