"""Reads of events."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound
from core.events.model import EventKind, EventRow
from core.people.model import Actor
from storage.models import Event, EventParticipant, Teacher


async def listing(session: AsyncSession, actor: Actor, municipality_id: int) -> list[EventRow]:
    """Events of the municipality, the latest first. Raises NotFound for one the actor does not manage."""
    if not actor.manages(municipality_id):
        raise NotFound
    there = (
        select(EventParticipant.event_id, func.count().label("people"))
        .join(Teacher, Teacher.id == EventParticipant.teacher_id)
        .where(Teacher.municipality_id == municipality_id, Teacher.archived_at.is_(None))
        .group_by(EventParticipant.event_id)
        .subquery()
    )
    rows = await session.execute(
        select(Event, func.coalesce(there.c.people, 0))
        .outerjoin(there, there.c.event_id == Event.id)
        .where(Event.municipality_id == municipality_id)
        .order_by(Event.starts_at.desc(), Event.id.desc())
    )
    return [
        EventRow(event.id, EventKind(event.kind), event.title, event.starts_at, event.ends_at, people)
        for event, people in rows
    ]


async def title_of(session: AsyncSession, municipality_id: int, event_id: int) -> str:
    """Raises NotFound for another municipality's event."""
    title = await session.scalar(
        select(Event.title).where(Event.id == event_id, Event.municipality_id == municipality_id)
    )
    if title is None:
        raise NotFound
    return title
