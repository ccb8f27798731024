"""What was in a digest that could not be delivered says so."""

from bot.jobs.scheduler import Job
from core.outgoing import actions
from storage.session import Store

EVERY_SECONDS = 600.0


def job(store: Store) -> Job:
    async def sweep() -> None:
        await actions.settle(store)

    return Job("digests", EVERY_SECONDS, sweep)
