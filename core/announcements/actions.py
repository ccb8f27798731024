"""What a methodist, a recipient or the clock does with an announcement. One function, one transaction.

Methodists of the municipality only; NotFound for everybody else. `revision` is the one that was looked at:
announcement.changed_meanwhile says that somebody else was quicker.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy import select

from core.announcements import pressing, running, settling
from core.announcements.model import (
    ANNOUNCEMENT,
    EDIT,
    PREVIEW,
    RECALL,
    AnnouncementState,
    Content,
    Link,
    NewAttachment,
    PressKind,
)
from core.announcements.publishing import has_chat, publish_row, publish_scheduled, publish_series
from core.announcements.rows import (
    content_of,
    copied,
    erase,
    fill,
    links_json,
    locked,
    note,
    own,
    put_attachment,
    state_of,
)
from core.announcements.rules import (
    PUBLISHED,
    Step,
    check_ready,
    check_revision,
    check_send_at,
    check_step,
    checked,
)
from core.clock import Clock
from core.errors import AppError, NotFound
from core.people.model import Actor
from core.timing.repeating import next_after
from storage.models import Announcement, Municipality
from storage.outbox import NewDelivery, enqueue
from storage.session import Store

log = structlog.get_logger(__name__)
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
        return _changed(row, clock)


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
        return _changed(row, clock)


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


async def pause(store: Store, clock: Clock, actor: Actor, announcement_id: int) -> None:
    """What is on its way arrives, nothing else is sent. Raises announcement.not_running, announcement.recalled."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        if state_of(row) is S.PAUSED:
            return
        check_step(Step.PAUSE, state_of(row))
        row.state = S.PAUSED
        held = await running.hold(session, row.id)
        note(session, clock, actor, "announcement.paused", row, held=held)


async def go_on(store: Store, clock: Clock, actor: Actor, announcement_id: int) -> None:
    """Raises announcement.not_running, announcement.recalled."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        if state_of(row) is S.SENDING:
            return
        check_step(Step.GO_ON, state_of(row))
        row.state = S.SENDING
        queued = await running.let_go(session, row.id)
        note(session, clock, actor, "announcement.went_on", row, queued=queued)


async def stop(store: Store, clock: Clock, actor: Actor, announcement_id: int) -> None:
    """What has not been sent is withdrawn; a series makes no more copies. Raises announcement.not_running, recalled."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        if state_of(row) is S.STOPPED:
            return
        check_step(Step.STOP, state_of(row))
        if state_of(row) is S.REPEATING:
            row.send_at, row.finished_at = None, clock.now()
        row.state = S.STOPPED
        withdrawn = await running.withdraw(session, row.id)
        note(session, clock, actor, "announcement.stopped", row, withdrawn=withdrawn)


async def correct(
    store: Store, clock: Clock, actor: Actor, announcement_id: int, text: str, links: Sequence[Link], *, revision: int
) -> int:
    """Other words and buttons in every chat, also while it is still going out; returns in how many chats by now.

    Raises announcement.not_running, announcement.recalled, announcement.empty and what rules.checked refuses.
    """
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        check_step(Step.CORRECT, state_of(row))
        check_revision(revision, row.revision)
        content = checked(replace(content_of(row), text=text, links=tuple(links)))
        check_ready(content, attached=row.attachment_id is not None)
        row.text, row.links = content.text, links_json(content.links)
        _changed(row, clock)
        row.finished_at = None
        await running.withdraw(session, row.id, (EDIT,))
        edits = await running.correct_chats(session, row.id, row.revision, clock.now())
        note(session, clock, actor, "announcement.corrected", row, chats=edits)
        return edits


async def recall(store: Store, clock: Clock, actor: Actor, announcement_id: int) -> int:
    """Out of every chat again, also while it is still going out; returns out of how many by now."""
    async with store.write() as session:
        row = await own(session, actor, announcement_id)
        if state_of(row) is not S.RECALLED:
            check_step(Step.RECALL, state_of(row))
            row.state, row.changed_at, row.finished_at = S.RECALLED, clock.now(), None
            await running.withdraw(session, row.id, (ANNOUNCEMENT, EDIT))
            chats = await running.recall_from_chats(session, row.id, clock.now())
            note(session, clock, actor, "announcement.recalled", row, chats=chats)
        return await running.count_made(session, row.id, RECALL)


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


async def press(store: Store, clock: Clock, actor: Actor, announcement_id: int, kind: PressKind) -> bool:
    """A recipient presses a button; False when they had done so before.

    Raises NotFound for who has not got it, announcement.recalled, event.over. In a preview nothing is counted.
    """
    async with store.write() as session:
        return await pressing.press(session, clock.now(), actor, announcement_id, kind)


async def remember_told(store: Store, announcement_id: int, mark: str) -> None:
    """The author's chat shows this much now (core.announcements.model.Standing.mark)."""
    async with store.write() as session:
        (await locked(session, announcement_id)).told = mark


async def publish_due(store: Store, clock: Clock) -> int:
    """What is scheduled and whose time has come; returns how many announcements went out. A refused one is logged."""
    published = 0
    async with store.read() as session:
        due = list(
            await session.scalars(
                select(Announcement.id)
                .where(Announcement.state.in_((S.SCHEDULED, S.REPEATING)), Announcement.send_at <= clock.now())
                .order_by(Announcement.send_at, Announcement.id)
            )
        )
    for announcement_id in due:
        try:
            published += await _publish_one(store, clock, announcement_id)
        except AppError as error:
            log.warning("announcement_cannot_go_out", announcement_id=announcement_id, reason=error.key)
    return published


async def settle(store: Store, clock: Clock) -> bool:
    """Edits and recalls that messages on their way still need, and the end of what is done; True when any is queued."""
    async with store.read() as session:
        waiting = await settling.unsettled(session)
    queued = False
    for announcement_id in waiting:
        async with store.write() as session:
            row = await locked(session, announcement_id)
            queued = await settling.settle_row(session, clock, row) or queued
    return queued


async def _publish_one(store: Store, clock: Clock, announcement_id: int) -> bool:
    async with store.write() as session:
        row = await locked(session, announcement_id)
        # Another scheduler was first, or somebody thought better of it.
        if row.send_at is None or row.send_at > clock.now():
            return False
        match state_of(row):
            case S.SCHEDULED:
                return await publish_scheduled(session, clock, row)
            case S.REPEATING:
                return await publish_series(session, clock, row)
            case _:
                return False


def _changed(row: Announcement, clock: Clock) -> int:
    row.revision += 1
    row.changed_at = clock.now()
    return row.revision
