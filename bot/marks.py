"""Finish marks of inbox rows: a screen was shown, nothing is owed.

Those that come while others are being written are written together. They do not linger: what dies with the
process is shown once more, and a bot that keeps dying must come a step further in each of its lives.
"""

import asyncio
from collections.abc import Callable, Sequence

import structlog

from bot.backoff import Sleep, delay
from bot.failures import DATABASE_AWAY
from storage import inbox
from storage.session import Database

log = structlog.get_logger()


class Marks:
    """`written` is told which rows are finished on disk."""

    def __init__(self, db: Database, written: Callable[[Sequence[int]], None]) -> None:
        self._db = db
        self._written = written
        self._ids: list[int] = []
        self._some = asyncio.Event()
        self._closing = asyncio.Event()

    def add(self, ids: Sequence[int]) -> None:
        self._ids.extend(ids)
        self._some.set()

    def close(self) -> None:
        """No more marks will come: `run` writes what is there and ends."""
        self._closing.set()
        self._some.set()

    async def run(self, sleep: Sleep) -> None:
        """`sleep` must end early when the program is being stopped."""
        failures = 0
        while not self._closing.is_set() or self._ids:
            await self._some.wait()
            self._some.clear()
            failures = 0 if await self._flush() else failures + 1
            if failures and not await self._again(failures, sleep):
                return

    async def _flush(self) -> bool:
        ids, self._ids = self._ids, []
        if not ids:
            return True
        try:
            await inbox.finish(self._db, ids)
        except DATABASE_AWAY as error:
            self._ids = ids + self._ids
            log.warning("finish marks not written", count=len(ids), error=type(error).__name__)
            return False
        self._written(ids)
        return True

    async def _again(self, failures: int, sleep: Sleep) -> bool:
        """Waits for the next attempt; False to give up at the end of the program: the rows are simply shown again."""
        if self._closing.is_set() and failures >= 3:
            return False
        await sleep(delay(failures, longest=10.0))
        self._some.set()
        return True
