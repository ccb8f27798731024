"""What a methodist, a reader or the clock does with an announcement that goes out or has gone. One function,
one transaction; who may do it stands in core.announcements.actions, which offers these, too.
"""

from collections.abc import Sequence
from dataclasses import replace

import structlog
from sqlalchemy import select

from core.announcements.model import ANNOUNCEMENT, EDIT, RECALL, AnnouncementState, Link, PressKind
from core.announcements.publishing import publish_scheduled, publish_series
from core.announcements.rows import changed, content_of, links_json, locked, note, own, state_of
from core.announcements.rules import Step, check_ready, check_revision, check_step, checked
from core.announcements.under_way import pressing, running, settling
from core.clock import Clock
from core.errors import AppError
from core.people.model import Actor
from storage.models import Announcement
from storage.session import Store

log = structlog.get_logger(__name__)
S = AnnouncementState


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
        changed(row, clock)
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
