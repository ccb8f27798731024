"""Finished updates are forgotten when Telegram can no longer repeat them."""

from datetime import timedelta

from bot.jobs.scheduler import Job
from core.clock import Clock
from storage import inbox
from storage.session import Database

EVERY_SECONDS = 3600.0
KEPT = timedelta(days=2)
"""Telegram keeps an update for a day (Bot API, getUpdates); twice that for clocks that differ."""


def job(db: Database, clock: Clock) -> Job:
    async def forget() -> None:
        await inbox.forget(db, clock.now() - KEPT)

    return Job("inbox", EVERY_SECONDS, forget)
