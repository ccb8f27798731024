"""Announcements as rows: found within the actor's reach, locked, read, written, and every change noted."""

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.announcements.model import (
    PREVIEW,
    AnnouncementState,
    AttachmentKind,
    Category,
    Content,
    Link,
    NewAttachment,
)
from core.announcements.rules import checked, checked_attachment
from core.audiences.checking import check
from core.audiences.model import Audience
from core.clock import Clock
from core.errors import NotFound
from core.people.model import Actor
from core.timing.repeating import Repeat
from storage.models import Announcement, Attachment, Delivery, Event


async def locked(session: AsyncSession, announcement_id: int) -> Announcement:
    """Raises NotFound."""
    row = await session.scalar(
        select(Announcement)
        .where(Announcement.id == announcement_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


async def own(session: AsyncSession, actor: Actor, announcement_id: int) -> Announcement:
    """The announcement, locked, when the actor manages its municipality; others need not know that it exists."""
    row = await locked(session, announcement_id)
    if not actor.manages(row.municipality_id):
        raise NotFound
    return row


def state_of(row: Announcement) -> AnnouncementState:
    return AnnouncementState(row.state)


def content_of(row: Announcement) -> Content:
    return Content(
        category=Category(row.category),
        text=row.text,
        audience=Audience.from_json(row.audience),
        links=tuple(Link(one["label"], one["url"]) for one in row.links),
        acknowledge=row.acknowledge,
        event_id=row.event_id,
        at_once=row.at_once,
        repeat=Repeat.from_json(row.repeat),
    )


async def fill(session: AsyncSession, row: Announcement, content: Content) -> None:
    """Raises what core.announcements.rules.checked refuses, audience.foreign, NotFound for another town's event."""
    content = checked(content)
    await check(session, None, row.municipality_id, content.audience)
    if content.event_id is not None:
        await event_of(session, row.municipality_id, content.event_id)
    row.category = content.category
    row.text = content.text
    row.links = links_json(content.links)
    row.acknowledge = content.acknowledge
    row.event_id = content.event_id
    row.audience = content.audience.to_json()
    row.at_once = content.at_once
    row.repeat = content.repeat.to_json() if content.repeat else {}


async def event_of(session: AsyncSession, municipality_id: int, event_id: int) -> Event:
    """Raises NotFound for another municipality's event."""
    event = await session.get(Event, event_id)
    if event is None or event.municipality_id != municipality_id:
        raise NotFound
    return event


def links_json(links: tuple[Link, ...]) -> list[dict[str, str]]:
    return [{"label": one.label, "url": one.url} for one in links]


def copied(row: Announcement, clock: Clock, account_id: int | None, **different: object) -> Announcement:
    """A draft that says the same to the same people."""
    return Announcement(
        **{
            "municipality_id": row.municipality_id,
            "category": row.category,
            "text": row.text,
            "links": row.links,
            "acknowledge": row.acknowledge,
            "event_id": row.event_id,
            "attachment_id": row.attachment_id,
            "audience": row.audience,
            "at_once": row.at_once,
            "repeat": row.repeat,
            "state": AnnouncementState.DRAFT,
            "created_by": account_id,
            "created_at": clock.now(),
            "changed_at": clock.now(),
            **different,
        }
    )


def changed(row: Announcement, clock: Clock) -> int:
    """It says something else now: the new revision."""
    row.revision += 1
    row.changed_at = clock.now()
    return row.revision


async def put_attachment(session: AsyncSession, row: Announcement, new: NewAttachment | None) -> None:
    """Takes the place of what is there. Raises what core.announcements.rules.checked_attachment refuses."""
    before, row.attachment_id = row.attachment_id, None
    if new is not None:
        new = checked_attachment(new)
        attachment = Attachment(kind=new.kind, name=new.name, mime=new.mime[:100], content=new.content)
        session.add(attachment)
        await session.flush()
        row.attachment_id = attachment.id
    await session.flush()
    await drop_unused_attachment(session, before)


async def drop_unused_attachment(session: AsyncSession, attachment_id: int | None) -> None:
    """Copies share it, so it goes with the last of them."""
    if attachment_id is None:
        return
    users = select(func.count()).where(Announcement.attachment_id == attachment_id)
    if await session.scalar(users) == 0:
        await session.execute(delete(Attachment).where(Attachment.id == attachment_id))


async def erase(session: AsyncSession, row: Announcement) -> None:
    """Of one that nobody was written about: with what only its maker has seen of it."""
    attachment_id = row.attachment_id
    # SQLite gives the number to the next one.
    await session.execute(delete(Delivery).where(Delivery.kind == PREVIEW, Delivery.subject == row.id))
    await session.delete(row)
    await session.flush()
    await drop_unused_attachment(session, attachment_id)


async def read_attachment(session: AsyncSession, attachment_id: int) -> NewAttachment:
    """Raises NotFound."""
    row = await session.get(Attachment, attachment_id)
    if row is None:
        raise NotFound
    return NewAttachment(AttachmentKind(row.kind), row.name, row.mime, row.content)


def note(
    session: AsyncSession, clock: Clock, actor: Actor | None, action: str, row: Announcement, **details: object
) -> None:
    """A line of the audit; `details` hold numbers and settings, never what an announcement says."""
    audit.note(
        session,
        clock.now(),
        actor,
        action,
        f"announcement:{row.id}",
        municipality_id=row.municipality_id,
        details=details,
    )
