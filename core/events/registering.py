"""Somebody registers for an event. Inside the caller's transaction."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import AppError, NotFound
from storage.dialect import insert_missing
from storage.models import Event, EventParticipant, Teacher


async def register(session: AsyncSession, now: datetime, event_id: int, teacher_id: int) -> bool:
    """False when they are registered already.

    Raises NotFound for another municipality's event and for who has left, AppError event.over once it has begun.
    """
    event, teacher = await session.get(Event, event_id), await session.get(Teacher, teacher_id)
    if event is None or teacher is None or teacher.archived_at is not None:
        raise NotFound
    if event.municipality_id != teacher.municipality_id:
        raise NotFound
    if await session.get(EventParticipant, (event_id, teacher_id)) is not None:
        return False
    if event.starts_at <= now:
        raise AppError("event.over")
    row = {"event_id": event_id, "teacher_id": teacher_id}
    return await insert_missing(session, EventParticipant, [row]) == 1
