"""Announcements go out at their time, and what is under way comes to its end."""

from collections.abc import Callable

from bot.jobs.scheduler import Job
from core.announcements import actions
from core.clock import Clock
from storage.session import Store

EVERY_SECONDS = 5.0
"""Somebody may be looking at how it goes."""


def job(store: Store, clock: Clock, queued: Callable[[], None]) -> Job:
    """`queued` is called when there are messages to send."""

    async def sweep() -> None:
        published = await actions.publish_due(store, clock)
        if await actions.settle(store, clock) or published:
            queued()

    return Job("announcements", EVERY_SECONDS, sweep)
