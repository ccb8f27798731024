"""Campaigns open and close at their time."""

from collections.abc import Callable

from bot.jobs.scheduler import Job
from core.campaigns import actions
from core.clock import Clock
from core.sealing import Sealer
from storage.session import Store

EVERY_SECONDS = 60.0


def job(store: Store, clock: Clock, sealer: Sealer, opened: Callable[[], None]) -> Job:
    """`opened` is called when a campaign has queued its invitations."""

    async def sweep() -> None:
        if await actions.open_due(store, clock):
            opened()
        await actions.close_due(store, clock, sealer)

    return Job("campaigns", EVERY_SECONDS, sweep)
