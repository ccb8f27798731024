"""What has been kept for long enough is forgotten."""

from bot.jobs.scheduler import Job
from core.clock import Clock
from core.rights import actions
from core.rights.model import Kept
from storage.session import Store

EVERY_SECONDS = 6 * 3600.0
"""Terms are days; several looks a day, since a process may not run for a whole one."""


def job(store: Store, clock: Clock, kept: Kept) -> Job:
    async def forget() -> None:
        await actions.forget_old(store, clock, kept)

    return Job("retention", EVERY_SECONDS, forget)
