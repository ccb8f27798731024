"""What of announcements an actor may see, and whom one would reach if it went out now."""

from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements import formatting, recipients
from core.announcements.model import PER_SECOND, Content, Reach
from core.announcements.publishing import first_moment
from core.announcements.surnames import surnames_in
from core.audiences import queries as audiences
from core.clock import Clock, local_date
from core.errors import NotFound
from core.people.model import Actor
from storage.models import Announcement, Municipality


async def visible_row(session: AsyncSession, actor: Actor, announcement_id: int) -> Announcement:
    """Raises NotFound for one of a municipality that the actor does not manage."""
    row = await session.get(Announcement, announcement_id)
    if row is None or not actor.manages(row.municipality_id):
        raise NotFound
    return row


async def reach(session: AsyncSession, clock: Clock, actor: Actor, municipality_id: int, content: Content) -> Reach:
    """Raises NotFound for a municipality that the actor does not manage, announcement.bad_markup, bad_address."""
    if not actor.manages(municipality_id):
        raise NotFound
    now, place = clock.now(), await session.get_one(Municipality, municipality_id)
    today = local_date(now, place.timezone)
    joined = await recipients.count(session, actor, municipality_id, content, today)
    return Reach(
        people=await audiences.count(session, actor, municipality_id, content.audience, today),
        joined=joined.people,
        muted=joined.muted,
        unreachable=joined.unreachable,
        when=now if content.at_once else await first_moment(session, now, place),
        seconds=(joined.people - joined.muted) / PER_SECOND,
        surnames=await surnames_in(session, municipality_id, formatting.plain(content.text)),
    )
