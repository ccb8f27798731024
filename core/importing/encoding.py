"""What was read, as plain JSON and back: it travels from the child process and waits in the database."""

from collections.abc import Mapping as MappingType
from datetime import date
from decimal import Decimal
from typing import Any

from core.importing.model import (
    AwardRead,
    Column,
    ColumnUse,
    Course,
    Mapping,
    Person,
    Problem,
    SheetUse,
)
from core.people.model import Category, Education, TrainingKind

Json = dict[str, Any]


def problem_json(problem: Problem) -> Json:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "message": problem.message,
        "fatal": problem.fatal,
    }


def problem_of(value: MappingType[str, Any]) -> Problem:
    return Problem(**value)


def sheet_json(sheet: SheetUse) -> Json:
    return {
        "title": sheet.title,
        "first_row": sheet.first_row,
        "columns": [_column_json(column) for column in sheet.columns],
        "organisation": sheet.organisation,
        "skipped": sheet.skipped,
    }


def sheet_of(value: MappingType[str, Any]) -> SheetUse:
    columns = tuple(ColumnUse(**(column | {"use": Column(column["use"])})) for column in value["columns"])
    return SheetUse(value["title"], value["first_row"], columns, value["organisation"], value["skipped"])


def _column_json(column: ColumnUse) -> Json:
    return {
        "column": column.column,
        "heading": column.heading,
        "use": column.use.value,
        "detail": column.detail,
        "certain": column.certain,
    }


def person_json(person: Person) -> Json:
    return {
        "sheet": person.sheet,
        "row": person.row,
        "organisation": person.organisation,
        "surname": person.surname,
        "given_name": person.given_name,
        "patronymic": person.patronymic,
        "birth_year": person.birth_year,
        "position": person.position,
        "subjects": list(person.subjects),
        "workload": None if person.workload is None else str(person.workload),
        "education": person.education and person.education.value,
        "total_first_year": person.total_first_year,
        "first_work_year": person.first_work_year,
        "category": person.category and person.category.value,
        "category_date": _day_json(person.category_date),
        "courses": [course_json(course) for course in person.courses],
        "awards": [award_json(award) for award in person.awards],
        "areas": dict(person.areas),
        "problems": [problem_json(problem) for problem in person.problems],
    }


def person_of(value: MappingType[str, Any]) -> Person:
    return Person(
        **{
            **value,
            "subjects": tuple(value["subjects"]),
            "workload": None if value["workload"] is None else Decimal(value["workload"]),
            "education": Education(value["education"]) if value["education"] else None,
            "category": Category(value["category"]) if value["category"] else None,
            "category_date": _day_of(value["category_date"]),
            "courses": tuple(course_of(each) for each in value["courses"]),
            "awards": tuple(award_of(each) for each in value["awards"]),
            "problems": tuple(problem_of(each) for each in value["problems"]),
        }
    )


def course_json(course: Course) -> Json:
    return {
        "programme": course.programme,
        "provider": course.provider,
        "kind": course.kind.value,
        "hours": course.hours,
        "finished_on": course.finished_on.isoformat(),
        "federal_register": course.federal_register,
    }


def course_of(value: MappingType[str, Any]) -> Course:
    day = date.fromisoformat(value["finished_on"])
    return Course(**{**value, "kind": TrainingKind(value["kind"]), "finished_on": day})


def award_json(award: AwardRead) -> Json:
    return {"title": award.title, "level": str(award.level), "given_on": _day_json(award.given_on)}


def award_of(value: MappingType[str, Any]) -> AwardRead:
    return AwardRead(value["title"], value["level"], _day_of(value["given_on"]))


def mapping_json(mapping: Mapping) -> Json:
    return {
        "headings": dict(mapping.headings),
        "organisations": dict(mapping.organisations),
        "positions": dict(mapping.positions),
        "subjects": dict(mapping.subjects),
        "people": dict(mapping.people),
        "skipped_sheets": list(mapping.skipped_sheets),
    }


def mapping_of(value: MappingType[str, Any]) -> Mapping:
    """Whatever is missing is empty, so {} is the mapping of a file that is understood by itself."""
    return Mapping(
        headings=dict(value.get("headings", {})),
        organisations=dict(value.get("organisations", {})),
        positions=dict(value.get("positions", {})),
        subjects=dict(value.get("subjects", {})),
        people=dict(value.get("people", {})),
        skipped_sheets=tuple(value.get("skipped_sheets", ())),
    )


def _day_json(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
