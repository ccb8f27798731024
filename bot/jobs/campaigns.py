"""Campaigns open, close and remind at their time."""

from collections.abc import Callable

from bot.jobs.scheduler import Job
from core.campaigns import actions
from core.clock import Clock
from core.sealing import Sealer
from storage.session import Store

EVERY_SECONDS = 60.0


def job(store: Store, clock: Clock, sealer: Sealer, queued: Callable[[], None]) -> Job:
    """`queued` is called when there are messages to send."""

    async def sweep() -> None:
        if await actions.open_due(store, clock):
            queued()
        await actions.close_due(store, clock, sealer)
        if await actions.remind_due(store, clock):
            queued()

    return Job("campaigns", EVERY_SECONDS, sweep)
