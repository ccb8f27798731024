"""What the columns of a list are in the database, and what is made of them afterwards."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.people.model import Category
from core.registry.columns import columns_of
from core.registry.model import Kind, Now, Owner, Row, Type
from core.registry.rules import ENDLESS_SINCE, WITH_OLD_TERM, category_end
from storage.models import (
    Account,
    Association,
    AssociationMember,
    Chat,
    Organisation,
    Position,
    Subject,
    Teacher,
    TeacherSubject,
)

AT_ONCE = 500
"""Ids named in one statement; databases bound how many values it may hold."""


def full_name() -> ColumnElement[str]:
    """Of the Teacher."""
    return Teacher.surname + " " + Teacher.given_name + func.coalesce(literal(" ") + Teacher.patronymic, "")


def joined() -> ColumnElement[bool]:
    """Whether the Teacher's account has a chat."""
    return exists().where(Account.teacher_id == Teacher.id, Chat.account_id == Account.id).correlate(Teacher)


def has_end() -> ColumnElement[bool]:
    """Whether the Teacher's category runs out at all (core.registry.rules.category_end)."""
    old = and_(Teacher.category.in_(sorted(WITH_OLD_TERM)), Teacher.category_date < ENDLESS_SINCE)
    return and_(Teacher.category_date.is_not(None), or_(old, Teacher.category == Category.CONFORMITY))


def _years(now: Now) -> ColumnElement[int]:
    years = now.today.year - Teacher.first_work_year
    return case((years < 0, 0), else_=years)


def _people() -> ColumnElement[int]:
    here = Teacher.organisation_id == Organisation.id
    rows = select(func.count()).select_from(Teacher).where(here, Teacher.archived_at.is_(None))
    return rows.correlate(Organisation).scalar_subquery()


def _members() -> ColumnElement[int]:
    rows = (
        select(func.count())
        .select_from(AssociationMember)
        .join(Teacher, Teacher.id == AssociationMember.teacher_id)
        .where(AssociationMember.association_id == Association.id, Teacher.archived_at.is_(None))
    )
    return rows.correlate(Association).scalar_subquery()


def _leader() -> ColumnElement[str]:
    return select(full_name()).where(Teacher.id == Association.leader_id).correlate(Association).scalar_subquery()


_EXPRESSIONS: Mapping[str, Callable[[Now], Any]] = {
    "teacher": lambda _now: full_name(),
    "organisation": lambda _now: Organisation.short_name,
    "position": lambda _now: Position.title,
    "years": _years,
    "joined": lambda _now: joined(),
    "people": lambda _now: _people(),
    "members": lambda _now: _members(),
    "leader": lambda _now: _leader(),
    "subjects": lambda _now: literal(None),
    "ends_on": lambda _now: Teacher.category_date,
}


def expression(kind: Kind, name: str, now: Now) -> Any:
    """Of a column of `rows_of(kind)`."""
    if kind.model is Teacher and name == "name":
        return full_name()
    made = _EXPRESSIONS.get(name)
    return getattr(kind.model, name) if made is None else made(now)


def with_places(kind: Kind, query: Select[Any]) -> Select[Any]:
    """Joins what lists say about a teacher's work to `reach.source(kind)`."""
    if kind.owner is Owner.TEACHER or kind.model is Teacher:
        query = query.join(Organisation, Organisation.id == Teacher.organisation_id)
        query = query.join(Position, Position.id == Teacher.position_id)
    return query


def selected(kind: Kind, now: Now) -> list[Any]:
    """Columns to select: the id, whether it is archived, and every cell under its column's name."""
    named = [expression(kind, column.name, now).label(column.name) for column in columns_of(kind)]
    return [kind.model.id.label("row_id"), kind.model.archived_at.is_not(None).label("row_archived"), *named]


async def finished(session: AsyncSession, kind: Kind, found: Sequence[Any]) -> list[Row]:
    """Rows out of the selected columns, with what the database cannot say."""
    names = [column.name for column in columns_of(kind)]
    rows = [Row(one.row_id, bool(one.row_archived), {name: getattr(one, name) for name in names}) for one in found]
    if "ends_on" in names:
        rows = [_with(row, ends_on=_end(row)) for row in rows]
    if "subjects" in names:
        taught = await _subjects(session, [row.id for row in rows])
        rows = [_with(row, subjects=taught.get(row.id, [])) for row in rows]
    flags = {column.name for column in columns_of(kind) if column.type is Type.FLAG}
    return [_with(row, **{name: bool(row.cells[name]) for name in flags}) for row in rows] if flags else rows


def _with(row: Row, **cells: Any) -> Row:
    return Row(row.id, row.archived, {**row.cells, **cells})


def _end(row: Row) -> date | None:
    return category_end(Category(row.cells["category"]), row.cells["category_date"])


async def _subjects(session: AsyncSession, teachers: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for start in range(0, len(teachers), AT_ONCE):
        rows = await session.execute(
            select(TeacherSubject.teacher_id, Subject.title)
            .join(Subject, Subject.id == TeacherSubject.subject_id)
            .where(TeacherSubject.teacher_id.in_(teachers[start : start + AT_ONCE]))
            .order_by(Subject.search)
        )
        for one in rows:
            found.setdefault(one.teacher_id, []).append(one.title)
    return found
