"""Recipients press buttons of an announcement. Inside the caller's transaction."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements.model import ANNOUNCEMENT, AnnouncementState, PressKind
from core.announcements.rows import state_of
from core.errors import AppError, NotFound
from core.events.registering import register
from core.people.model import Actor
from storage.dialect import insert_missing
from storage.models import Announcement, AnnouncementPress, Delivery


async def press(session: AsyncSession, now: datetime, actor: Actor, announcement_id: int, kind: PressKind) -> bool:
    """False when they had done so before, and when a methodist tries it in a preview.

    Raises NotFound for who has not got it and for a button that it has not, announcement.recalled, event.over.
    """
    row = await session.get(Announcement, announcement_id)
    if row is None or not _has_button(row, kind):
        raise NotFound
    if not await _has_got(session, actor.account_id, announcement_id):
        if actor.manages(row.municipality_id):
            return False
        raise NotFound
    if state_of(row) is AnnouncementState.RECALLED:
        raise AppError("announcement.recalled")
    if kind is PressKind.REGISTERED:
        await _register(session, now, actor, row)
    made = {
        "announcement_id": announcement_id,
        "account_id": actor.account_id,
        "button": kind.value,
        "pressed_at": now,
    }
    return await insert_missing(session, AnnouncementPress, [made]) == 1


def _has_button(row: Announcement, kind: PressKind) -> bool:
    match kind:
        case PressKind.ACKNOWLEDGED:
            return row.acknowledge
        case PressKind.REGISTERED:
            return row.event_id is not None
        case PressKind.OPENED:
            return True


async def _has_got(session: AsyncSession, account_id: int, announcement_id: int) -> bool:
    row = select(Delivery.id).where(
        Delivery.kind == ANNOUNCEMENT, Delivery.subject == announcement_id, Delivery.account_id == account_id
    )
    return await session.scalar(row) is not None


async def _register(session: AsyncSession, now: datetime, actor: Actor, row: Announcement) -> None:
    if row.event_id is None or actor.teacher_id is None:
        raise NotFound
    await register(session, now, row.event_id, actor.teacher_id)
