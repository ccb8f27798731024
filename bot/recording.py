"""Outcomes of deliveries → their rows."""

import asyncio

import structlog

from bot.backoff import Sleep, delay
from bot.failures import DATABASE_AWAY, caught, kind_of
from core.people.model import Channel
from storage import outcomes as rows
from storage.outcomes import Outcome
from storage.session import Database

log = structlog.get_logger()

AT_THE_END = 3
"""Attempts once the program is being stopped."""


class Recorder:
    """Whatever comes while one write is under way is written together with the next one.

    So a broadcast has one turn of SQLite's only writer at a time, and an answer of somebody in a survey never waits
    behind thirty of them.
    """

    def __init__(self, db: Database, sleep: Sleep, stop: asyncio.Event) -> None:
        self._db = db
        self._sleep = sleep
        self._stop = stop
        self._turn = asyncio.Lock()
        self._waiting: list[Outcome] = []

    async def record(self, outcome: Outcome) -> None:
        """Returns when it is on disk: one that is lost brings the message a second time. Raises nothing."""
        self._waiting.append(outcome)
        async with self._turn:
            together, self._waiting = self._waiting, []
            if together and not await self._write(together) and len(together) > 1:
                for one in together:  # the others are not to blame
                    await self._write([one])

    async def _write(self, outcomes: list[Outcome]) -> bool:
        """Tries until the database is there; False for what it does not take."""
        tries = 0
        while (error := await caught(rows.record(self._db, Channel.TELEGRAM, *outcomes))) is not None:
            tries += 1
            numbers = [one.delivery_id for one in outcomes]
            log.error("outcomes not stored", deliveries=numbers, error=kind_of(error), tries=tries)
            if not isinstance(error, DATABASE_AWAY) or (self._stop.is_set() and tries >= AT_THE_END):
                return False
            await self._sleep(delay(tries, longest=10.0))
        return True
