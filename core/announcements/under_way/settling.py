"""What messages on their way at a correction, a pause or a recall still need. Inside the action's transaction."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements.counting import Figures, figures
from core.announcements.model import EDIT, AnnouncementState
from core.announcements.rows import state_of
from core.announcements.under_way import running
from core.clock import Clock
from storage.models import Announcement, Delivery

S = AnnouncementState
_WITHDRAWN = frozenset({S.STOPPED, S.RECALLED})


async def unsettled(session: AsyncSession) -> list[int]:
    """Of what is under way, the announcements for which there is something to do."""
    rows = list(
        await session.scalars(
            select(Announcement)
            .where(Announcement.published_at.is_not(None), Announcement.finished_at.is_(None))
            .order_by(Announcement.id)
        )
    )
    known = await figures(session, {one.id: one.revision for one in rows})
    return [one.id for one in rows if await _needs_something(session, one, known[one.id])]


async def _needs_something(session: AsyncSession, row: Announcement, known: Figures) -> bool:
    state = state_of(row)
    if known.open == 0:
        return True
    if state is S.SENDING and known.counts.held:
        return True
    if state in _WITHDRAWN and known.counts.open:
        return True
    missing = running.not_recalled(row.id) if state is S.RECALLED else running.outdated(row.id, row.revision)
    return await session.scalar(select(Delivery.id).where(*missing).limit(1)) is not None


async def settle_row(session: AsyncSession, clock: Clock, row: Announcement) -> bool:
    """The row is locked. True when there is something to send."""
    state = state_of(row)
    queued = 0
    if state is S.SENDING:
        # The sender put it aside while somebody let it go on.
        queued += await running.let_go(session, row.id)
    elif state in _WITHDRAWN:
        await running.withdraw(session, row.id)
    # Asked before the chats are looked at: what arrives in between is found at the next time.
    is_open = await running.still_open(session, row.id)
    if state is S.RECALLED:
        await running.withdraw(session, row.id, (EDIT,))
        queued += await running.recall_from_chats(session, row.id, clock.now())
    else:
        queued += await running.correct_chats(session, row.id, row.revision, clock.now())
    if not is_open and not queued:
        row.state = S.DONE if state in (S.SENDING, S.PAUSED) else state
        row.finished_at = clock.now()
    return queued > 0
