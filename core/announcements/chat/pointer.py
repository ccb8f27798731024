"""Which announcement is being composed in a chat, and which part of it the next message there is."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements.model import Awaits
from core.people.model import Actor
from storage.models import Announcement, Chat

LENGTH = 40
"""Of Chat.awaits."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """State is rows; this is all a chat remembers of a composition (DESIGN, "State is rows")."""

    announcement_id: int
    awaits: Awaits | None = None
    part: int | None = None
    """With SEARCH: the place of the part of the audience that is being searched, among all parts.

    With LAST_DAY: the repetition that is being confirmed, packed into a number.
    """
    message: int | None = None
    """Number of the message in which it is composed, which loses its buttons when a newer one takes its place."""

    def written(self) -> str:
        """As the column holds it: «search:1 4711»; a number for which there is no room is left out."""
        what = "" if self.awaits is None else self.awaits if self.part is None else f"{self.awaits}:{self.part}"
        whole = what if self.message is None else f"{what} {self.message}"
        return whole if len(whole) <= LENGTH else what

    @classmethod
    def read(cls, announcement_id: int, written: str) -> "Pointer":
        what, _, message = written.partition(" ")
        awaits, _, part = what.partition(":")
        return cls(
            announcement_id,
            Awaits(awaits) if awaits else None,
            int(part) if part else None,
            int(message) if message else None,
        )


async def pointer(session: AsyncSession, channel: str, address: str) -> Pointer | None:
    """None where nothing is being composed."""
    found = (
        await session.execute(
            select(Chat.announcement_id, Chat.awaits)
            .join(Announcement, Announcement.id == Chat.announcement_id)
            .where(Chat.channel == channel, Chat.address == address)
        )
    ).first()
    if found is None or found[0] is None:
        return None
    return Pointer.read(found[0], found[1])


async def set_pointer(session: AsyncSession, actor: Actor, at: Pointer | None) -> None:
    """In every chat of the account; None: nothing is being composed any more."""
    written = (None, "") if at is None else (at.announcement_id, at.written())
    await session.execute(
        update(Chat)
        .where(
            Chat.account_id == actor.account_id,
            (Chat.announcement_id.is_distinct_from(written[0])) | (Chat.awaits != written[1]),
        )
        .values(announcement_id=written[0], awaits=written[1])
        .execution_options(synchronize_session=False)
    )
