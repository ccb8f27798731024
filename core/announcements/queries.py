"""Announcements as methodists see them, and what the sender and the chats need to know of them."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements import rules
from core.announcements.counting import Figures, figures
from core.announcements.model import (
    AnnouncementDetail,
    AnnouncementRow,
    AnnouncementState,
    AttachmentKind,
    AttachmentView,
    Category,
    NewAttachment,
)
from core.announcements.reach import reach, visible_row
from core.announcements.reporting import by_organisation, troubles
from core.announcements.rows import content_of, read_attachment, state_of
from core.announcements.showing import letter, pressed_by, progress, resting, standing
from core.errors import NotFound
from core.people.model import Actor
from core.registry import cells
from core.timing.repeating import Repeat
from storage.models import Account, Announcement, Attachment, Event, Municipality, Teacher

__all__ = [
    "PAGE",
    "attachment",
    "by_organisation",
    "content_of_attachment",
    "detail",
    "drafts_of",
    "letter",
    "listing",
    "pressed_by",
    "progress",
    "reach",
    "resting",
    "standing",
    "total",
    "troubles",
]

PAGE = 50


async def listing(
    session: AsyncSession,
    actor: Actor,
    municipality_id: int,
    *,
    states: Collection[AnnouncementState] = (),
    series: int | None = None,
    first: int = 0,
    limit: int = PAGE,
) -> list[AnnouncementRow]:
    """What changed last comes first; in any state, unless `states` names some; `series`: only what this one has sent.

    Raises NotFound for a municipality that the actor does not manage.
    """
    rows = _of(actor, municipality_id, states)
    if series is not None:
        rows = rows.where(Announcement.series_id == series)
    latest = func.coalesce(Announcement.published_at, Announcement.changed_at)
    return await _rows(session, rows.order_by(latest.desc(), Announcement.id.desc()).offset(first).limit(limit))


async def total(
    session: AsyncSession, actor: Actor, municipality_id: int, *, states: Collection[AnnouncementState] = ()
) -> int:
    """How many the whole list has."""
    rows = _of(actor, municipality_id, states).with_only_columns(Announcement.id)
    return (await session.execute(select(func.count()).select_from(rows.subquery()))).scalar_one()


async def drafts_of(session: AsyncSession, actor: Actor) -> list[AnnouncementRow]:
    """The actor's own, wherever they are a methodist; the latest first."""
    own = (Announcement.created_by == actor.account_id) & (Announcement.state == AnnouncementState.DRAFT)
    found = await _rows(session, _all().where(own).order_by(Announcement.changed_at.desc(), Announcement.id.desc()))
    return [one for one in found if actor.manages(one.municipality_id)]


async def detail(session: AsyncSession, actor: Actor, announcement_id: int) -> AnnouncementDetail:
    """Raises NotFound out of the actor's reach."""
    row = await visible_row(session, actor, announcement_id)
    place = await session.get_one(Municipality, row.municipality_id)
    event = await session.get(Event, row.event_id) if row.event_id is not None else None
    known = (await figures(session, {row.id: row.revision}))[row.id]
    return AnnouncementDetail(
        row=_row(row, await _name(session, row.created_by), known),
        content=content_of(row),
        attachment=await _attachment_view(session, row.attachment_id),
        revision=row.revision,
        event_title=event.title if event is not None else "",
        recipients=row.recipients,
        muted=row.muted,
        pressed=known.pressed,
        edits=known.edits,
        recalls=known.recalls,
        timezone=place.timezone,
    )


async def attachment(session: AsyncSession, actor: Actor, announcement_id: int) -> NewAttachment | None:
    """Raises NotFound out of the actor's reach."""
    row = await visible_row(session, actor, announcement_id)
    return None if row.attachment_id is None else await read_attachment(session, row.attachment_id)


async def content_of_attachment(session: AsyncSession, attachment_id: int) -> NewAttachment:
    """For the sender, which asks for nobody. Raises NotFound."""
    return await read_attachment(session, attachment_id)


def _all() -> Select[Announcement, str]:
    author = func.coalesce(Account.name, cells.full_name(), "")
    return (
        select(Announcement, author)
        .outerjoin(Account, Account.id == Announcement.created_by)
        .outerjoin(Teacher, Teacher.id == Account.teacher_id)
    )


def _of(actor: Actor, municipality_id: int, states: Collection[AnnouncementState]) -> Select[Announcement, str]:
    if not actor.manages(municipality_id):
        raise NotFound
    rows = _all().where(Announcement.municipality_id == municipality_id)
    return rows.where(Announcement.state.in_(sorted(states))) if states else rows


async def _rows(session: AsyncSession, chosen: Select[Announcement, str]) -> list[AnnouncementRow]:
    found: Sequence[tuple[Announcement, str]] = [(row, author) for row, author in await session.execute(chosen)]
    known = await figures(session, {row.id: row.revision for row, _ in found})
    return [_row(row, author, known[row.id]) for row, author in found]


def _row(row: Announcement, author: str, known: Figures) -> AnnouncementRow:
    return AnnouncementRow(
        id=row.id,
        municipality_id=row.municipality_id,
        heading=rules.heading(row.text),
        category=Category(row.category),
        state=state_of(row),
        send_at=row.send_at,
        published_at=row.published_at,
        finished_at=row.finished_at,
        changed_at=row.changed_at,
        author=author,
        counts=known.counts,
        repeat=Repeat.from_json(row.repeat),
        series_id=row.series_id,
    )


async def _name(session: AsyncSession, account_id: int | None) -> str:
    name = select(func.coalesce(Account.name, cells.full_name(), "")).select_from(Account)
    return (
        await session.scalar(name.outerjoin(Teacher, Teacher.id == Account.teacher_id).where(Account.id == account_id))
        or ""
    )


async def _attachment_view(session: AsyncSession, attachment_id: int | None) -> AttachmentView | None:
    if attachment_id is None:
        return None
    columns = (Attachment.id, Attachment.kind, Attachment.name, Attachment.mime, func.length(Attachment.content))
    number, kind, name, mime, size = (
        await session.execute(select(*columns).where(Attachment.id == attachment_id))
    ).one()
    return AttachmentView(number, AttachmentKind(kind), name, mime, size)
