"""The registry as a workbook in the municipality's own layout; read again, it changes nothing."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Denied
from core.importing import memory
from core.importing.cells import Written, cells, places, variables
from core.importing.model import AwardRead, Course, ImportKind
from core.people.model import Actor, TrainingKind
from core.tables.growing import GrowingBook
from storage.models import Award, Organisation, Position, Subject, Teacher, TeacherSubject, TrainingRecord

PART = 500
_ALL = "Педагоги"


async def export(
    session: AsyncSession,
    actor: Actor,
    municipality_id: int,
    *,
    by_sheet: bool,
    organisation_ids: Collection[int] | None,
    today: date,
) -> bytes:
    """Everybody who works in these organisations, or in all; `by_sheet`: each organisation on a sheet of its own.

    Experience is counted to `today`, the municipality's day. Without anybody only headings are there. Memory does
    not grow with the number of people. Raises Denied.
    """
    if not actor.manages(municipality_id):
        raise Denied
    layout = await memory.remembered_layout(session, municipality_id, ImportKind.STAFF)
    found = places(layout)
    columns = variables(found)
    book = await asyncio.to_thread(GrowingBook)
    here: int | None = None
    number = 0
    async for part in _people(session, municipality_id, organisation_ids):
        for organisation, rows in _runs(part):
            sheet = organisation.id if by_sheet else 0
            if sheet != here:
                here, number = sheet, 0
                book.begin(organisation.short_name if by_sheet else _ALL, columns)
            written = await _written(session, rows, organisation, number)
            number += len(rows)
            await asyncio.to_thread(book.add, [cells(found, one, today) for one in written])
    if here is None:
        book.begin(_ALL, columns)
    return await asyncio.to_thread(book.content)


@dataclass(frozen=True, slots=True)
class _Place:
    id: int
    short_name: str
    name: str


_Row = tuple[Teacher, str]
"""With the position's title."""


async def _people(
    session: AsyncSession, municipality_id: int, organisation_ids: Collection[int] | None
) -> AsyncIterator[list[tuple[_Place, _Row]]]:
    """In the order of organisations, then of names."""
    found = _query(municipality_id, organisation_ids)
    stream = await session.stream(found.execution_options(yield_per=PART))
    async for part in stream.partitions(PART):
        yield [(_Place(org, short, name), (row, title)) for row, title, org, short, name in part]


def _query(municipality_id: int, organisation_ids: Collection[int] | None) -> Select[Teacher, str, int, str, str]:
    found = (
        select(Teacher, Position.title, Organisation.id, Organisation.short_name, Organisation.name)
        .join(Organisation, Organisation.id == Teacher.organisation_id)
        .join(Position, Position.id == Teacher.position_id)
        .where(Teacher.municipality_id == municipality_id, Teacher.archived_at.is_(None))
        .order_by(Organisation.search, Organisation.id, Teacher.search, Teacher.id)
    )
    return found if organisation_ids is None else found.where(Organisation.id.in_(organisation_ids))


def _runs(part: Sequence[tuple[_Place, _Row]]) -> list[tuple[_Place, list[_Row]]]:
    """Neighbours of one organisation together."""
    runs: list[tuple[_Place, list[_Row]]] = []
    for place, row in part:
        if not runs or runs[-1][0] != place:
            runs.append((place, []))
        runs[-1][1].append(row)
    return runs


async def _written(session: AsyncSession, rows: Sequence[_Row], place: _Place, after: int) -> list[Written]:
    ids = [row.id for row, _ in rows]
    subjects = await _subjects(session, ids)
    courses = await _courses(session, ids)
    awards = await _awards(session, ids)
    return [
        Written(
            number,
            row,
            place.name,
            title,
            subjects.get(row.id, ()),
            [one for one in courses.get(row.id, ()) if one.kind is TrainingKind.ADVANCED],
            [one for one in courses.get(row.id, ()) if one.kind is TrainingKind.RETRAINING],
            awards.get(row.id, ()),
        )
        for number, (row, title) in enumerate(rows, start=after + 1)
    ]


async def _subjects(session: AsyncSession, ids: Collection[int]) -> dict[int, list[str]]:
    found = await session.execute(
        select(TeacherSubject.teacher_id, Subject.title)
        .join(Subject, Subject.id == TeacherSubject.subject_id)
        .where(TeacherSubject.teacher_id.in_(ids))
        .order_by(Subject.search)
    )
    return _grouped(found.all())


async def _courses(session: AsyncSession, ids: Collection[int]) -> dict[int, list[Course]]:
    rows = await session.scalars(
        select(TrainingRecord)
        .where(TrainingRecord.teacher_id.in_(ids), TrainingRecord.archived_at.is_(None))
        .order_by(TrainingRecord.finished_on, TrainingRecord.id)
    )
    return _grouped(
        (
            one.teacher_id,
            Course(
                one.programme, one.provider, TrainingKind(one.kind), one.hours, one.finished_on, one.federal_register
            ),
        )
        for one in rows
    )


async def _awards(session: AsyncSession, ids: Collection[int]) -> dict[int, list[AwardRead]]:
    rows = await session.scalars(
        select(Award).where(Award.teacher_id.in_(ids), Award.archived_at.is_(None)).order_by(Award.given_on, Award.id)
    )
    return _grouped((one.teacher_id, AwardRead(one.title, one.level, one.given_on)) for one in rows)


def _grouped(pairs: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
