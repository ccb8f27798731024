"""Which records of the registry an actor may see, and which they may change."""

from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Denied, NotFound
from core.people.model import Actor
from core.registry.fields import LARGEST_ID
from core.registry.model import Kind, Owner
from core.teachers.reach import visible as people_seen
from storage.models import Association, Organisation, Teacher


def source(kind: Kind, *columns: Any) -> Select[Any]:
    """These columns of the kind's rows, joined with the teachers that they belong to."""
    found = select(*columns).select_from(kind.model)
    return found.join(Teacher, Teacher.id == kind.model.teacher_id) if kind.owner is Owner.TEACHER else found


def visible(kind: Kind, actor: Actor) -> ColumnElement[bool]:
    """Condition on `source(kind)`."""
    if kind.owner is Owner.TEACHER or kind.model is Teacher:
        return people_seen(actor)
    manager = actor.everywhere or bool(actor.municipalities)
    if kind.owner is Owner.EVERYBODY:
        return true() if manager else false()
    if actor.everywhere:
        return true()
    reach: list[ColumnElement[bool]] = []
    if actor.municipalities:
        reach.append(kind.model.municipality_id.in_(sorted(actor.municipalities)))
    if kind.model is Organisation and actor.organisations:
        reach.append(Organisation.id.in_(sorted(actor.organisations)))
    if kind.model is Association and actor.associations:
        reach.append(Association.id.in_(sorted(actor.associations)))
    return or_(*reach) if reach else false()


def sees(kind: Kind, actor: Actor) -> bool:
    """Whether there can be any record of the kind for this actor: their menu and its pages."""
    if actor.everywhere or actor.municipalities:
        return True
    if kind.owner is Owner.TEACHER or kind.model is Teacher:
        return bool(actor.organisations or actor.associations)
    if kind.model is Organisation:
        return bool(actor.organisations)
    return kind.model is Association and bool(actor.associations)


def may_edit(kind: Kind, actor: Actor, municipality_id: int | None) -> bool:
    """Lists that all municipalities share are the installation's; everything else is its methodists'."""
    if kind.owner is Owner.EVERYBODY or municipality_id is None:
        return actor.everywhere
    return actor.manages(municipality_id)


def town(kind: Kind) -> Any:
    """Column of `source(kind)` with the municipality; None for shared lists."""
    if kind.owner is Owner.EVERYBODY:
        return None
    return Teacher.municipality_id if kind.owner is Owner.TEACHER else kind.model.municipality_id


async def seen(session: AsyncSession, actor: Actor, kind: Kind, record_id: int) -> tuple[Any, int | None]:
    """The row and its municipality. Raises NotFound for one that is out of the actor's reach."""
    if not 0 < record_id <= LARGEST_ID:
        raise NotFound
    place = town(kind)
    found = source(kind, kind.model, *([] if place is None else [place]))
    row = (await session.execute(found.where(kind.model.id == record_id, visible(kind, actor)))).first()
    if row is None:
        raise NotFound
    return row[0], None if place is None else row[1]


async def managed(session: AsyncSession, actor: Actor, kind: Kind, record_id: int) -> tuple[Any, int | None]:
    """The same, locked for a change; raises also Denied for one that the actor may only look at."""
    row, municipality_id = await seen(session, actor, kind, record_id)
    if not may_edit(kind, actor, municipality_id):
        raise Denied
    await session.refresh(row, with_for_update=True)
    return row, municipality_id
