"""What was put into a row, in the words of the import (core.importing.model.Person), as plain values.

Dates are as exact as the cell: "2021", "2021-03" or "2021-03-12". Positions and subjects are those of the reference,
however the cell abbreviates them. A key is left out when the row says nothing about it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from playground.people.model import MadeUpTraining
from playground.workbooks.model import Member

Truth = dict[str, Any]


def truth_of(member: Member, place: tuple[str, int], courses: Sequence[Truth] | None = None) -> Truth:
    """`place` is the sheet and the row, from 1; `courses` when the row tells less about them than the person has."""
    person = member.teacher
    return {
        "sheet": place[0],
        "row": place[1],
        "organisation": member.organisation,
        "surname": person.surname,
        "given_name": person.given_name,
        "patronymic": person.patronymic,
        "birth_year": person.birth_year,
        "position": member.position,
        "subjects": list(member.subjects),
        "workload": str(person.workload),
        "education": person.education.value,
        "total_first_year": member.total_first_year,
        "first_work_year": person.first_work_year,
        "category": person.category.value,
        "category_date": person.category_date.isoformat() if person.category_date else None,
        "courses": [course_of(each) for each in person.training] if courses is None else list(courses),
        "awards": [
            {"title": each.title, "level": str(each.level), "given_on": str(each.year)} for each in member.awards
        ],
    }


def course_of(course: MadeUpTraining, *, provider: str | None = None, finished: str | None = None) -> Truth:
    return {
        "programme": course.programme,
        "provider": course.provider if provider is None else provider,
        "kind": course.kind,
        "hours": course.hours,
        "finished_on": finished or course.finished_on.isoformat(),
        "federal_register": course.federal_register,
    }


def day(value: date) -> str:
    """As people write it."""
    return f"{value:%d.%m.%Y}"
