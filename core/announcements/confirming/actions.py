"""What a confirmation in the chat does: the last choices and the sending itself, as one transaction.

A second press changes nothing. Raises what core.announcements.actions raise.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements import actions, queries
from core.announcements.chat.joined import Joined
from core.announcements.model import AnnouncementState, Content
from core.announcements.rules import check_send_at
from core.clock import Clock
from core.errors import AppError
from core.people.model import Actor
from core.timing.repeating import Repeat
from storage.session import Store


@dataclass(frozen=True, slots=True)
class Series:
    """As it was said back; `first` is when it was to go out first."""

    repeat: Repeat
    first: datetime
    at_once: bool


async def publish(
    store: Store, clock: Clock, actor: Actor, announcement_id: int, *, at_once: bool | None, revision: int
) -> int:
    """Sends it now, once; returns to how many people. `at_once` None: as the draft says."""
    async with store.write() as session:
        edit = _once(at_once)
        revision = await _chosen(session, clock, actor, announcement_id, edit, revision)
        return await actions.publish(Joined(session), clock, actor, announcement_id, revision=revision)


async def schedule(
    store: Store,
    clock: Clock,
    actor: Actor,
    announcement_id: int,
    moment: datetime,
    *,
    at_once: bool | None,
    revision: int,
) -> None:
    """Once, at that moment."""
    async with store.write() as session:
        edit = _once(at_once)
        revision = await _chosen(session, clock, actor, announcement_id, edit, revision)
        await actions.schedule(Joined(session), clock, actor, announcement_id, moment, revision=revision)


async def start_series(
    store: Store,
    clock: Clock,
    actor: Actor,
    announcement_id: int,
    series: Series,
    *,
    revision: int,
) -> None:
    """Raises announcement.in_past when the first time has passed meanwhile.

    announcement.changed_meanwhile also when another repetition of it has begun.
    """

    def edit(content: Content) -> Content:
        return replace(content, repeat=series.repeat, at_once=series.at_once)

    async with store.write() as session:
        found = await queries.detail(session, actor, announcement_id)
        if found.row.state is AnnouncementState.REPEATING:
            if edit(found.content) != found.content:
                raise AppError("announcement.changed_meanwhile")
            return
        check_send_at(series.first, clock.now())
        revision = await _chosen(session, clock, actor, announcement_id, edit, revision)
        await actions.start_series(Joined(session), clock, actor, announcement_id, revision=revision)


def _once(at_once: bool | None) -> Callable[[Content], Content]:
    def edit(content: Content) -> Content:
        return replace(content, repeat=None, at_once=content.at_once if at_once is None else at_once)

    return edit


async def _chosen(
    session: AsyncSession,
    clock: Clock,
    actor: Actor,
    announcement_id: int,
    edit: Callable[[Content], Content],
    revision: int,
) -> int:
    """The draft with what was chosen last, and its revision; whatever is no draft stays as it is."""
    found = await queries.detail(session, actor, announcement_id)
    content = edit(found.content)
    if found.row.state is not AnnouncementState.DRAFT or content == found.content:
        return revision
    return await actions.change(Joined(session), clock, actor, announcement_id, content, revision=revision)
