"""Reads of the registry: a page of a list, all of it, one record, and what can be chosen for a field."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.people.model import Actor
from core.registry import cells, fields, narrowing, ordering, reach
from core.registry.columns import Filter
from core.registry.depending import depends
from core.registry.history import history
from core.registry.kinds import BY_CODE
from core.registry.model import Field, Kind, Listing, Named, Now, Owner, Record, Row, Type, Wanted
from storage.models import MentorBankEntry, Organisation, Teacher, TeacherSubject

__all__ = ["blank", "depends", "every", "history", "name_of", "options", "page", "record", "values_of"]

PAGE = 50
"""Rows shown at once."""


async def page(
    session: AsyncSession, actor: Actor, municipality_id: int, kind: Kind, wanted: Wanted, now: Now
) -> Listing:
    """One page of what the actor may see in this municipality; a page past the end is the last one."""
    where = narrowing.conditions(kind, actor, municipality_id, wanted, now)
    counted = reach.source(kind, func.count()).where(*where)
    total: int = (await session.execute(counted)).scalar_one()
    pages = max(1, -(-total // PAGE))
    number = min(max(wanted.page, 1), pages)
    # First which ones, then what is said about them: cells of rows that are passed over cost most of the time.
    ids = _ordered(kind, reach.source(kind, kind.model.id), wanted, now).where(*where)
    shown = list(await session.scalars(ids.limit(PAGE).offset((number - 1) * PAGE)))
    return Listing(await _rows(session, kind, shown, now), total, number, pages)


async def every(
    session: AsyncSession, actor: Actor, municipality_id: int, kind: Kind, wanted: Wanted, now: Now
) -> list[Row]:
    """All rows of the list in its order."""
    query = cells.with_places(kind, reach.source(kind, *cells.selected(kind, now)))
    query = query.where(*narrowing.conditions(kind, actor, municipality_id, wanted, now))
    found = await session.execute(query.order_by(*ordering.order(kind, wanted, now)))
    return await cells.finished(session, kind, found.all())


def _ordered(kind: Kind, query: Select[Any], wanted: Wanted, now: Now) -> Select[Any]:
    if ordering.needs_places(kind, wanted):
        query = cells.with_places(kind, query)
    return query.order_by(*ordering.order(kind, wanted, now))


async def _rows(session: AsyncSession, kind: Kind, ids: list[int], now: Now) -> list[Row]:
    query = cells.with_places(kind, reach.source(kind, *cells.selected(kind, now)))
    found = await session.execute(query.where(kind.model.id.in_(ids)))
    rows = {row.id: row for row in await cells.finished(session, kind, found.all())}
    return [rows[one] for one in ids]


async def record(session: AsyncSession, actor: Actor, kind: Kind, record_id: int) -> Record:
    """Raises NotFound for one that is out of the actor's reach."""
    row, municipality_id = await reach.seen(session, actor, kind, record_id)
    values = await values_of(session, kind, row)
    return Record(
        id=row.id,
        kind=kind,
        values=values,
        archived=row.archived_at is not None,
        municipality_id=municipality_id,
        teacher_id=row.id if kind.model is Teacher else getattr(row, "teacher_id", None),
        mark=fields.mark(kind, values),
        editable=reach.may_edit(kind, actor, municipality_id),
    )


async def values_of(session: AsyncSession, kind: Kind, row: Any) -> dict[str, Any]:
    """By name of field."""
    values = {one.name: getattr(row, one.name) for one in kind.fields if one.type is not Type.RECORDS}
    if any(one.name == "subjects" for one in kind.fields):
        taught = select(TeacherSubject.subject_id).where(TeacherSubject.teacher_id == row.id)
        values["subjects"] = sorted(await session.scalars(taught))
    return values


def blank(kind: Kind) -> dict[str, Any]:
    """Values of a new form."""
    return {one.name: _nothing(one) for one in kind.fields}


def _nothing(field: Field) -> Any:
    if field.type in {Type.CODES, Type.RECORDS}:
        return []
    return False if field.type is Type.FLAG else None


async def options(
    session: AsyncSession, actor: Actor, municipality_id: int, field: Field | Filter, present: Collection[int] = ()
) -> list[Named]:
    """What the field or filter may be set to, by name; `present` ones also when they are archived by now.

    People are not listed: there can be a hundred thousand of them, they are searched for.
    """
    target = BY_CODE[field.target]
    if target.model is Teacher:
        return []
    shown = Organisation.short_name if target.model is Organisation else _name(target)
    query = select(target.model.id, shown).where(
        or_(target.model.archived_at.is_(None), target.model.id.in_(sorted(present)))
    )
    if target.owner is not Owner.EVERYBODY:
        query = query.where(target.model.municipality_id == municipality_id, reach.visible(target, actor))
    rows = await session.execute(query.order_by(target.model.search, target.model.id))
    return [Named(identity, name) for identity, name in rows]


async def name_of(session: AsyncSession, kind: Kind, record_id: int) -> str:
    """How headings call the record; whether the actor may know is the caller's question."""
    query = reach.source(kind, _name(kind)).where(kind.model.id == record_id)
    return str((await session.execute(query)).scalar_one())


def _name(kind: Kind) -> Any:
    if kind.model in {Teacher, MentorBankEntry}:
        return cells.full_name()
    return next(getattr(kind.model, name) for name in ("name", "title", "programme") if hasattr(kind.model, name))
