"""What only one process may do: which of these this process may do just now."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog

from bot.backoff import Sleep
from bot.failures import DATABASE_AWAY
from core.clock import Clock
from storage import lease
from storage.session import Database

log = structlog.get_logger()

TERM = timedelta(seconds=5)
"""How long the others wait when a process dies. An unrenewed lease is not used after it."""
RENEWALS_IN_A_TERM = 3


class Leases:
    """Takes and renews the named leases while `run` is running. `holder` must be unique to the process.

    `changed` is called when one was taken or lost.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        holder: str,
        names: Iterable[str],
        *,
        term: timedelta = TERM,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._holder = holder
        self._term = term
        self._until: dict[str, datetime | None] = dict.fromkeys(names)
        self._changed = changed

    def held(self, name: str) -> bool:
        """False as soon as the term has run out, also when nobody could be asked."""
        until = self._until[name]
        return until is not None and self._clock.now() < until

    async def run(self, sleep: Sleep, stop: asyncio.Event) -> None:
        """Ends when `stop` is set; give the leases up with `release` when the work has ended, too."""
        while not stop.is_set():
            await self.renew()
            await sleep(self._term.total_seconds() / RENEWALS_IN_A_TERM)

    async def renew(self) -> None:
        """Asks once for every lease."""
        await asyncio.gather(*(self._renew(name) for name in self._until))

    async def release(self) -> None:
        """Lets the next process begin at once."""
        for name, until in self._until.items():
            if until is not None:
                await lease.release(self._db, name, self._holder)
                self._until[name] = None

    async def _renew(self, name: str) -> None:
        asked = self._clock.now()
        before = self._until[name]
        try:
            mine = await lease.hold(self._db, name, self._holder, asked, term=self._term)
        except DATABASE_AWAY as error:
            log.warning("lease not renewed", lease=name, error=type(error).__name__)
            return
        self._until[name] = asked + self._term if mine else None
        if mine != (before is not None):
            log.info("lease taken" if mine else "lease lost", lease=name)
            self._changed()
