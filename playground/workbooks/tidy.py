"""A person's cells as a careful office fills them in: real dates and numbers, one way of saying each thing."""

from collections.abc import Sequence
from datetime import date

from playground.people.model import MadeUpTraining
from playground.workbooks.model import Award, Cell, Member
from playground.workbooks.truth import day
from playground.workbooks.words import words


def cells(member: Member, today: date) -> list[Cell]:
    """From the full name to the awards; the organisation is not among them."""
    person = member.teacher
    return [
        person.full_name,
        member.birth_date,
        member.position,
        ", ".join(member.subjects) or None,
        float(person.workload),
        words()["education"]["tidy"][person.education.value],
        today.year - member.total_first_year,
        today.year - person.first_work_year,
        words()["category"]["tidy"][person.category.value],
        person.category_date,
        courses(member, "advanced"),
        courses(member, "retraining"),
        awards(member.awards),
    ]


def courses(member: Member, kind: str) -> str | None:
    """One to a line."""
    return "\n".join(_course(each) for each in member.teacher.training if each.kind == kind) or None


def awards(given: Sequence[Award]) -> str | None:
    return "; ".join(f"{each.title}, {each.year}" for each in given) or None


def _course(course: MadeUpTraining) -> str:
    register = ", федеральный реестр" if course.federal_register else ""
    return f"{course.programme}, {course.provider}, {course.hours} ч., {day(course.finished_on)}{register}"
