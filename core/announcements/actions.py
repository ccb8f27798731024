"""What a methodist does with an announcement until it goes out. One function, one transaction.

Methodists of the municipality only; NotFound for everybody else. `revision` is the one that was looked at:
announcement.changed_meanwhile says that somebody else was quicker. What comes afterwards is in `under_way`.
"""

from datetime import datetime

from core.announcements.model import PREVIEW, AnnouncementState, Content, NewAttachment
from core.announcements.publishing import has_chat, publish_row
from core.announcements.rows import changed, content_of, copied, erase, fill, note, own, put_attachment, state_of
from core.announcements.rules import PUBLISHED, Step, check_ready, check_revision, check_send_at, check_step
from core.announcements.under_way.actions import (
    correct,
    go_on,
    pause,
    press,
    publish_due,
    recall,
    remember_told,
    settle,
    stop,
)
from core.clock import Clock
from core.errors import AppError, NotFound
from core.people.model import Actor
from core.timing.repeating import next_after
from storage.models import Announcement, Municipality
from storage.outbox import NewDelivery, enqueue
from storage.session import Store

__all__ = [
    "attach",
    "change",
    "copy",
    "correct",
    "create",
    "discard",
    "go_on",
    "note_export",
    "pause",
    "press",
    "preview",
    "publish",
    "publish_due",
    "recall",
    "remember_told",
    "schedule",
    "settle",
    "start_series",
    "stop",
    "unschedule",
]

S = AnnouncementState


async def create(store: Store, clock: Clock, actor: Actor, municipality_id: int, content: Content) -> int:
    """A draft; returns its id. Raises what core.announcements.rules.checked refuses."""
    if not actor.manages(municipality_id):
        raise NotFound
    now = clock.now()
    async with store.write() as session:
        row = Announcement(
            municipality_id=municipality_id,
            state=S.DRAFT,
            revision=1,
            created_by=actor.account_id,
            created_at=now,
            changed_at=now,
        )
        await fill(session, row, content)
        session.add(row)
        await session.flush()
        note(session, clock, actor, "announcement.created", row)
        return row.id


async def change(
    store: Store, clock: Clock, actor: Actor, announcement_id: int, content: Content, *, revision: int
) -> int:
    """Everything but the attachment of a draft; returns the new revision. Raises announcement.not_draft too."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        check_step(Step.CHANGE, state_of(row))
        check_revision(revision, row.revision)
        await fill(session, row, content)
        note(session, clock, actor, "announcement.changed", row)
        return changed(row, clock)


async def attach(
    store: Store, clock: Clock, actor: Actor, announcement_id: int, new: NewAttachment | None, *, revision: int
) -> int:
    """A photo or a document in place of what is there, or none; returns the new revision. Raises attachment.*."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        check_step(Step.CHANGE, state_of(row))
        check_revision(revision, row.revision)
        await put_attachment(session, row, new)
        note(session, clock, actor, "announcement.changed", row)
        return changed(row, clock)


async def discard(store: Store, clock: Clock, actor: Actor, announcement_id: int) -> None:
    """Deletes one that nobody has been sent. Raises announcement.not_draft; NotFound also when it is gone already."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        check_step(Step.DISCARD, state_of(row))
        note(session, clock, actor, "announcement.discarded", row)
        await erase(session, row)


async def copy(store: Store, clock: Clock, actor: Actor, announcement_id: int) -> int:
    """A draft that says the same to the same people; returns its id."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        draft = copied(row, clock, actor.account_id)
        session.add(draft)
        await session.flush()
        note(session, clock, actor, "announcement.created", draft, copy_of=row.id)
        return draft.id


async def publish(store: Store, clock: Clock, actor: Actor, announcement_id: int, *, revision: int) -> int:
    """Sends it now; returns to how many people. A second press changes nothing and returns the same.

    Raises announcement.nobody, announcement.empty, announcement.too_long, announcement.not_draft for a series.
    """
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        if row.published_at is not None and state_of(row) in PUBLISHED:
            return row.recipients
        check_step(Step.PUBLISH, state_of(row))
        check_revision(revision, row.revision)
        return await publish_row(session, clock, actor, row)


async def schedule(
    store: Store, clock: Clock, actor: Actor, announcement_id: int, send_at: datetime, *, revision: int
) -> None:
    """It goes out by itself then, to whoever belongs to its audience by then. Raises announcement.in_past too."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        check_step(Step.SCHEDULE, state_of(row))
        check_revision(revision, row.revision)
        check_send_at(send_at, clock.now())
        check_ready(content_of(row), attached=row.attachment_id is not None)
        row.state, row.send_at = S.SCHEDULED, send_at
        note(session, clock, actor, "announcement.scheduled", row, send_at=send_at.isoformat())


async def start_series(store: Store, clock: Clock, actor: Actor, announcement_id: int, *, revision: int) -> None:
    """From now on a copy goes out each time. Raises announcement.no_repeat, announcement.no_more_times too."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        if state_of(row) is S.REPEATING:
            return
        check_step(Step.START_SERIES, state_of(row))
        check_revision(revision, row.revision)
        content = content_of(row)
        check_ready(content, attached=row.attachment_id is not None)
        if content.repeat is None:
            raise AppError("announcement.no_repeat")
        timezone = (await session.get_one(Municipality, row.municipality_id)).timezone
        row.send_at = next_after(content.repeat, timezone, clock.now())
        if row.send_at is None:
            raise AppError("announcement.no_more_times")
        row.state = S.REPEATING
        note(session, clock, actor, "announcement.series_started", row, send_at=row.send_at.isoformat())


async def unschedule(store: Store, clock: Clock, actor: Actor, announcement_id: int) -> None:
    """A draft again, also a series and one that was missed."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        if state_of(row) is S.DRAFT:
            return
        check_step(Step.UNSCHEDULE, state_of(row))
        row.state, row.send_at = S.DRAFT, None
        note(session, clock, actor, "announcement.unscheduled", row)


async def preview(store: Store, clock: Clock, actor: Actor, announcement_id: int) -> None:
    """Into the actor's own chat, as the others will see it. Raises announcement.no_chat, empty, too_long."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        check_ready(content_of(row), attached=row.attachment_id is not None)
        if not await has_chat(session, actor.account_id):
            raise AppError("announcement.no_chat")
        now = clock.now()
        slot = f"{row.revision}-{int(now.timestamp())}"
        await enqueue(session, [NewDelivery(PREVIEW, row.id, actor.account_id, now, slot, urgent=True)])


async def note_export(store: Store, clock: Clock, actor: Actor, announcement_id: int, format_: str) -> None:
    """Before a file of its report is made: it holds names."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        note(session, clock, actor, "announcement.exported", row, format=format_)
