"""Reminders are planned, handed over at their time, and followed to their end."""

from collections.abc import Callable

from bot.jobs.scheduler import Job
from core.clock import Clock
from core.reminders import actions
from storage.session import Store

EVERY_SECONDS = 60.0


def job(store: Store, clock: Clock, queued: Callable[[], None]) -> Job:
    """`queued` is called when there are messages to send."""

    async def sweep() -> None:
        await actions.plan(store, clock)
        if await actions.send_due(store, clock):
            queued()
        await actions.settle(store, clock)

    return Job("reminders", EVERY_SECONDS, sweep)
