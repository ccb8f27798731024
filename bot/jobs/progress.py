"""Authors see how their announcements go: one message each, edited while it goes on, the report at its end."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import structlog

from bot.jobs.scheduler import Job
from bot.limits import Lane
from bot.outcomes import Undelivered
from bot.screens.announcing_progress import progress
from bot.screens.model import Screen
from core.announcements import actions, queries
from core.announcements.model import Progress
from core.clock import Clock
from storage.session import Store

log = structlog.get_logger()

EVERY_SECONDS = 3.0
"""Telegram takes one message a second to a chat; an edit behind every other one is soon enough."""


class Edits(Protocol):
    """The transport, as far as this job needs it."""

    async def replace(self, chat: int | str, message: int, screen: Screen, *, lane: Lane = Lane.INTERACTIVE) -> None:
        """Raises Undelivered; no new message takes the place of one that is gone."""


def job(store: Store, clock: Clock, transport: Edits) -> Job:
    told: dict[int, int] = {}
    """Announcement → the sweep in which its author last heard of it."""

    async def sweep() -> None:
        number = max(told.values(), default=0) + 1
        async with store.read() as session:
            moved = await queries.progress(session, clock)
        for one in _one_each(moved, told):
            told[one.standing.announcement_id] = number
            await _tell(store, transport, one)
        for done in set(told) - {one.standing.announcement_id for one in moved}:
            del told[done]

    return Job("announcement progress", EVERY_SECONDS, sweep)


def _one_each(moved: Sequence[Progress], told: Mapping[int, int]) -> list[Progress]:
    """For every author the one they have not heard of for the longest time: one edit a sweep to a chat."""
    longest_ago = sorted(moved, key=lambda one: told.get(one.standing.announcement_id, 0))
    return list({one.account_id: one for one in reversed(longest_ago)}.values())


async def _tell(store: Store, transport: Edits, one: Progress) -> None:
    """What could not be shown now is shown next time; a message that is gone is not asked for again."""
    try:
        await transport.replace(one.address, one.message_id, progress(one.standing), lane=Lane.BULK)
    except Undelivered as error:
        log.info("progress not shown", announcement=one.standing.announcement_id, reason=error.trouble.reason)
        if error.trouble.passes:
            return
    await actions.remember_told(store, one.standing.announcement_id, one.standing.mark)
