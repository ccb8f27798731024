"""Whom of the registry an actor may see, and whom they may change."""

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Denied, NotFound
from core.people.model import Actor
from storage.models import AssociationMember, Organisation, Teacher


def visible(actor: Actor) -> ColumnElement[bool]:
    """Condition on Teacher: people of the actor's municipalities, organisations and associations."""
    if actor.everywhere:
        return true()
    reach: list[ColumnElement[bool]] = []
    if actor.municipalities:
        reach.append(Teacher.municipality_id.in_(sorted(actor.municipalities)))
    if actor.organisations:
        reach.append(Teacher.organisation_id.in_(sorted(actor.organisations)))
    if actor.associations:
        led = AssociationMember.association_id.in_(sorted(actor.associations))
        reach.append(Teacher.id.in_(select(AssociationMember.teacher_id).where(led)))
    return or_(*reach) if reach else false()


async def seen(session: AsyncSession, actor: Actor, teacher_id: int) -> Teacher:
    """Raises NotFound for somebody out of the actor's reach."""
    row = await session.scalar(select(Teacher).where(Teacher.id == teacher_id, visible(actor)))
    if row is None:
        raise NotFound
    return row


async def managed(session: AsyncSession, actor: Actor, teacher_id: int, *, lock: bool = False) -> Teacher:
    """Raises NotFound, and Denied for somebody whom the actor may only look at. `lock` it for a change."""
    query = select(Teacher).where(Teacher.id == teacher_id, visible(actor))
    row = await session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    if not actor.manages(row.municipality_id):
        raise Denied
    return row


async def workplace(session: AsyncSession, municipality_id: int, organisation_id: int) -> Organisation:
    """An organisation of that municipality where people work; NotFound for a foreign or archived one."""
    row = await session.get(Organisation, organisation_id)
    if row is None or row.municipality_id != municipality_id or row.archived_at is not None:
        raise NotFound
    return row
