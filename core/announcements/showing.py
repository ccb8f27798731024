"""What goes into chats: the wording for recipients, how it goes for whoever sent it."""

from dataclasses import replace

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements import rules
from core.announcements.counting import Figures, figures
from core.announcements.model import STATUS, AnnouncementState, Letter, PressKind, Progress, Standing
from core.announcements.rows import content_of, state_of
from core.clock import Clock
from core.errors import NotFound
from core.outgoing.rules import from_settings
from core.people.model import Channel
from core.timing.hours import allowed_from
from storage.models import (
    Account,
    Announcement,
    AnnouncementPress,
    Chat,
    Delivery,
    Event,
    EventParticipant,
    Municipality,
)


async def letter(session: AsyncSession, announcement_id: int) -> Letter:
    """For the sender, which asks for nobody. Raises NotFound."""
    row = await session.get(Announcement, announcement_id)
    if row is None:
        raise NotFound
    event = await session.get(Event, row.event_id) if row.event_id is not None else None
    return Letter(
        announcement_id=row.id,
        municipality_id=row.municipality_id,
        content=content_of(row),
        attachment_id=row.attachment_id,
        revision=row.revision,
        state=state_of(row),
        event_title=event.title if event is not None else "",
        event_starts_at=event.starts_at if event is not None else None,
    )


async def pressed_by(session: AsyncSession, announcement_id: int, account_id: int) -> frozenset[PressKind]:
    """Which buttons this person need not press any more; registered also counts when it was done elsewhere."""
    pressed = await session.scalars(
        select(AnnouncementPress.button).where(
            AnnouncementPress.announcement_id == announcement_id, AnnouncementPress.account_id == account_id
        )
    )
    found = {PressKind(one) for one in pressed} - {PressKind.REGISTERED}
    registered = (
        select(EventParticipant.teacher_id)
        .join(Account, Account.teacher_id == EventParticipant.teacher_id)
        .join(Announcement, Announcement.event_id == EventParticipant.event_id)
        .where(Announcement.id == announcement_id, Account.id == account_id)
    )
    if await session.scalar(registered) is not None:
        found.add(PressKind.REGISTERED)
    return frozenset(found)


async def standing(session: AsyncSession, announcement_id: int) -> Standing:
    """For the message in its author's chat. Raises NotFound."""
    row = await session.get(Announcement, announcement_id)
    if row is None:
        raise NotFound
    return _standing(row, (await figures(session, {row.id: row.revision}))[row.id])


async def resting(session: AsyncSession, clock: Clock, announcement_id: int) -> bool:
    """It is on its way, but no messages may go at this hour."""
    rows = await session.execute(
        select(Announcement, Municipality)
        .join(Municipality, Municipality.id == Announcement.municipality_id)
        .where(Announcement.id == announcement_id, Announcement.state == AnnouncementState.SENDING)
    )
    found = rows.one_or_none()
    if found is None:
        return False
    row, place = found
    now = clock.now()
    return not row.at_once and allowed_from(now, from_settings(place.settings), place.timezone) > now


async def progress(session: AsyncSession, clock: Clock) -> list[Progress]:
    """Messages in authors' chats that show less than there is to say; to be edited, and then remembered as told."""
    told_its_end = Announcement.told.like(Announcement.state + ". %")
    rows = list(
        await session.execute(
            select(Announcement, Delivery.account_id, Delivery.message_id, Chat.address)
            .join(Delivery, and_(Delivery.kind == STATUS, Delivery.subject == Announcement.id))
            .join(Chat, and_(Chat.account_id == Delivery.account_id, Chat.channel == Channel.TELEGRAM))
            .where(
                Delivery.state == "sent",
                Delivery.message_id.is_not(None),
                Chat.unreachable.is_(None),
                or_(Announcement.finished_at.is_(None), ~told_its_end),
            )
            .order_by(Announcement.id)
        )
    )
    known = await figures(session, {row.id: row.revision for row, *_ in rows})
    found = [
        Progress(
            replace(_standing(row, known[row.id]), resting=await resting(session, clock, row.id)),
            account,
            address,
            message,
            row.told,
        )
        for row, account, message, address in rows
        if message is not None
    ]
    return [one for one in found if one.told != one.standing.mark]


def _standing(row: Announcement, known: Figures) -> Standing:
    return Standing(
        announcement_id=row.id,
        heading=rules.heading(row.text),
        state=state_of(row),
        finished=row.finished_at is not None,
        counts=known.counts,
        edits=known.edits,
        recalls=known.recalls,
        pressed=known.pressed,
    )
