"""Keeping audiences under a name. One function, one transaction, one line of audit.

All raise NotFound for what the actor is not offered, and Denied for what only its maker or an administrator changes.
"""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.audiences import saved
from core.audiences.checking import check
from core.audiences.model import Audience
from core.audiences.rules import checked_title
from core.clock import Clock
from core.errors import AppError, Denied, NotFound
from core.people.model import Actor
from storage.models import SavedAudience
from storage.session import Store


async def save(
    store: Store, clock: Clock, actor: Actor, municipality_id: int, title: str, audience: Audience, *, shared: bool
) -> int:
    """Its id. Raises audience.title_empty, audience.title_long, audience.title_taken, audience.foreign."""
    if not actor.manages(municipality_id):
        raise NotFound
    async with store.write() as session:
        row = SavedAudience(municipality_id=municipality_id, created_by=actor.account_id, created_at=clock.now())
        await _fill(session, actor, row, title, audience, shared=shared)
        session.add(row)
        await session.flush()
        _note(session, clock, actor, "audience.saved", row)
        return row.id


async def change(
    store: Store, clock: Clock, actor: Actor, saved_id: int, *, title: str, audience: Audience, shared: bool
) -> None:
    """What has been made of it before stays as it is. Raises what `save` raises."""
    async with store.write() as session:
        row = await _own(session, actor, saved_id)
        before = (row.title, row.audience, row.shared)
        await _fill(session, actor, row, title, audience, shared=shared)
        if before != (row.title, row.audience, row.shared):
            _note(session, clock, actor, "audience.changed", row)


async def discard(store: Store, clock: Clock, actor: Actor, saved_id: int) -> None:
    """What has been made of it before stays as it is."""
    async with store.write() as session:
        row = await _own(session, actor, saved_id)
        _note(session, clock, actor, "audience.discarded", row)
        await session.delete(row)


async def _own(session: AsyncSession, actor: Actor, saved_id: int) -> SavedAudience:
    row = await saved.locked(session, actor, saved_id)
    if not saved.changes(actor, row):
        raise Denied
    return row


async def _fill(
    session: AsyncSession, actor: Actor, row: SavedAudience, title: str, audience: Audience, *, shared: bool
) -> None:
    title = checked_title(title)
    await check(session, actor, row.municipality_id, audience)
    namesake = select(SavedAudience.id).where(
        SavedAudience.municipality_id == row.municipality_id,
        SavedAudience.created_by == row.created_by,
        SavedAudience.title == title,
        SavedAudience.id != (row.id or 0),
    )
    if await session.scalar(namesake.limit(1)) is not None:
        raise AppError("audience.title_taken")
    row.title, row.audience, row.shared = title, audience.to_json(), shared


def _note(session: AsyncSession, clock: Clock, actor: Actor, action: str, row: SavedAudience) -> None:
    details = {"audience": row.audience, "shared": row.shared}
    subject = f"audience:{row.id}"
    audit.note(session, clock.now(), actor, action, subject, municipality_id=row.municipality_id, details=details)
