"""Inbox rows → handlers: in order, one at a time per person, several persons at once (DESIGN, way 1).

What a row's handler does and the mark that it was done are one transaction (storage.inbox.UpdateWork), so a
row may be tried as often as it takes. Knows no messenger: `Handling` does.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.attempts import LONGEST_PAUSE, Attempts, Handling
from bot.backlog import Backlog
from bot.backoff import Sleep, delay
from bot.failures import DATABASE_AWAY
from bot.marks import Marks
from bot.waiting import first_of
from core.clock import Clock
from storage import inbox
from storage.session import Database

log = structlog.get_logger()

AT_ONCE = 32
"""Persons served at the same time; most of the time is spent waiting for Telegram."""
PAGE = 200
LOOK_EVERY = timedelta(seconds=2)
"""How often rows stored by other processes are looked for."""
GRACE_SECONDS = 20.0
"""How long a handler may still run when the program is being stopped."""


class Turns:
    """Works while `may_work` says so (the lease "dispatch"); `wake` when new rows were stored."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        channel: str,
        handling: Handling,
        *,
        may_work: Callable[[], bool],
        at_once: int = AT_ONCE,
        backlog: Backlog | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._channel = channel
        self._may_work = may_work
        self._places = asyncio.Semaphore(at_once)
        self._backlog = Backlog() if backlog is None else backlog
        self._marks = Marks(db, self._written)
        self._attempts = Attempts(db, handling, self._backlog, self._marks.add, self._written)
        self._news = asyncio.Event()
        self._cursor = 0
        self._gaps = False
        """Rows were left in the database that only a new look at everything will find."""
        self._finished_meanwhile: list[int] | None = None
        self._stop = asyncio.Event()
        self._sleep: Sleep
        self.last_look: datetime | None = None
        """When the inbox was last read."""

    @property
    def waiting(self) -> int:
        """Updates in memory that are not finished on disk."""
        return len(self._backlog)

    def wake(self) -> None:
        self._news.set()

    async def run(self, sleep: Sleep, stop: asyncio.Event) -> None:
        """Ends when `stop` is set, running handlers have ended and their marks are on disk."""
        self._sleep, self._stop = sleep, stop
        async with asyncio.TaskGroup() as group:
            group.create_task(self._marks.run(sleep))
            try:
                async with asyncio.timeout(None) as patience, asyncio.TaskGroup() as servers:
                    await self._read(servers)
                    patience.reschedule(asyncio.get_running_loop().time() + GRACE_SECONDS)
            except TimeoutError:
                log.error("handlers cut off", waiting=self.waiting)
            self._marks.close()

    async def _read(self, servers: asyncio.TaskGroup) -> None:
        """Keeps the backlog filled until the program is being stopped."""
        failures = 0
        while not self._stop.is_set():
            news = self._news.is_set()
            self._news.clear()
            try:
                if self._may_work():
                    await self._look(servers, news=news)
                failures = 0
            except DATABASE_AWAY as error:
                failures += 1
                log.warning("inbox not read", error=type(error).__name__, failures=failures)
            if failures:
                await self._sleep(delay(failures, longest=LONGEST_PAUSE))
            else:
                await self._rest()

    async def _rest(self) -> None:
        """Until there is news, the program is being stopped, or it is time to look for other processes' rows."""
        await first_of(self._news.wait(), self._stop.wait(), self._sleep(LOOK_EVERY.total_seconds()))

    async def _look(self, servers: asyncio.TaskGroup, *, news: bool) -> None:
        """On news only the newest rows are read; else, and when that finds nothing, everything that is open.

        A row id may come late (PostgreSQL) or begin anew (SQLite, after an empty table), so the cursor alone
        would overlook rows.
        """
        now = self._clock.now()
        recent = self.last_look is not None and timedelta(0) <= now - self.last_look < LOOK_EVERY
        if news and recent and not self._gaps and self._cursor and await self._fill(servers, self._cursor):
            return
        self._backlog.sweep()
        self._cursor, self._gaps = 0, False
        await self._fill(servers, 0)
        self.last_look = now

    async def _page(self, servers: asyncio.TaskGroup, after: int) -> int:
        """Takes one page of rows into memory; returns how many there were.

        What is finished while the page is being read stays known until then: the page may still show it as open.
        """
        self._finished_meanwhile = []
        rows = await inbox.pending(self._db, self._channel, after=after, limit=PAGE)
        for row in rows:
            self._cursor = row.id
            if self._backlog.offer(row):
                servers.create_task(self._serve(row.person))
        finished, self._finished_meanwhile = self._finished_meanwhile, None
        self._backlog.forget(finished)
        return len(rows)

    async def _fill(self, servers: asyncio.TaskGroup, after: int) -> bool:
        """Takes rows above `after` into memory; True when there were any."""
        count, found = PAGE, False
        while count == PAGE and not self._backlog.full:
            count = await self._page(servers, after)
            found = found or count > 0
            after = self._cursor
        self._gaps = self._gaps or count == PAGE
        return found

    async def _serve(self, person: str) -> None:
        """All of one person's rows, one after the other. A person who has to wait takes no place from others."""
        tries = 0
        while self._may_go_on() and (rows := self._backlog.head(person)):
            async with self._places:
                pause = await self._attempts.make(rows, tries) if self._may_go_on() else 0.0
            tries = tries + 1 if pause is not None else 0
            if pause:
                await self._sleep(pause)
        self._backlog.close(person)
        if self._backlog.left_behind(person):
            self._gaps = True
            self._news.set()

    def _written(self, ids: Sequence[int]) -> None:
        """These rows are closed on disk; there is room in memory again."""
        if self._finished_meanwhile is not None:
            self._finished_meanwhile.extend(ids)
        else:
            self._backlog.forget(ids)
        if self._gaps:
            self._news.set()

    def _may_go_on(self) -> bool:
        return self._may_work() and not self._stop.is_set()
