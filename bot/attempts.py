"""One attempt at an inbox row, and what follows from how it ended: finished, tried again, or put aside."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Protocol

import structlog

from bot.backlog import Backlog
from bot.backoff import delay
from bot.failures import DATABASE_AWAY, caught, kind_of
from bot.outcomes import Undelivered
from storage import inbox
from storage.inbox import AlreadyApplied, Pending, UpdateWork
from storage.session import Database

log = structlog.get_logger()

ATTEMPTS = 3
LONGEST_PAUSE = 15.0


class Undecodable(Exception):
    """The update is not what the Bot API describes; it will never be."""


class Handling(Protocol):
    """What the messenger's side does for one update; each may raise Undelivered."""

    async def handle(self, payload: str, work: UpdateWork) -> None:
        """Its effect and its screen. Raises Undecodable."""

    async def reshow(self, person: str) -> None:
        """The person is shown where they are; nothing changes."""

    async def apologise(self, person: str) -> None:
        """The person is told that their message is being looked at."""


class Attempts:
    """`finished` is told the ids of rows whose screen was shown, `closed` of those that are closed on disk."""

    def __init__(
        self,
        db: Database,
        handling: Handling,
        backlog: Backlog,
        finished: Callable[[Sequence[int]], None],
        closed: Callable[[Sequence[int]], None],
    ) -> None:
        self._db = db
        self._handling = handling
        self._backlog = backlog
        self._finished = finished
        self._closed = closed

    async def make(self, rows: list[Pending], tries: int) -> float | None:
        """None when the rows are finished, else the seconds until they may be tried again."""
        row = rows[0]
        work = UpdateWork(self._db, row.id)
        error = await caught(self._perform(row, work))
        if work.applied or isinstance(error, AlreadyApplied):
            self._backlog.mark_applied(row)
        if error is None or _nobody_there(error):
            self._backlog.pop(rows)
            self._finished([one.id for one in rows])
            return None
        if (pause := _pause_for(error, tries)) is not None:
            log.info("update waits", inbox=row.id, error=kind_of(error), tries=tries)
            return pause
        try:
            return await self._count(row, error)
        except DATABASE_AWAY:
            return LONGEST_PAUSE

    def _perform(self, row: Pending, work: UpdateWork) -> Coroutine[None, None, None]:
        if row.payload is None:  # erased together with the effect
            return self._handling.reshow(row.person)
        return self._handling.handle(row.payload, work)

    async def _count(self, row: Pending, error: Exception) -> float | None:
        """A failure that the update itself may be to blame for: a few more attempts, then out of the way."""
        if isinstance(error, Undecodable):
            await self._put_aside(row, "undecodable")
            return None
        kind = kind_of(error)
        attempts = await inbox.note_failure(self._db, row.id, kind)
        log.error("update failed", inbox=row.id, attempts=attempts, error=kind)
        if attempts < ATTEMPTS:
            return delay(attempts, first=0.5)
        await self._put_aside(row, f"kept failing: {kind}")
        if (silence := await caught(self._handling.apologise(row.person))) is not None:
            log.warning("apology not delivered", inbox=row.id, error=kind_of(silence))
        return None

    async def _put_aside(self, row: Pending, reason: str) -> None:
        await inbox.set_aside(self._db, row.id, reason)
        log.error("update set aside", inbox=row.id, reason=reason)
        self._backlog.pop([row])
        self._closed([row.id])


def _nobody_there(error: Exception) -> bool:
    """The effect stands, but whoever caused it has blocked the bot since."""
    return isinstance(error, Undelivered) and error.trouble.unreachable is not None


def _pause_for(error: Exception, tries: int) -> float | None:
    """Seconds to wait when the update is not to blame; None when it may be."""
    if isinstance(error, AlreadyApplied):
        return 0.0
    pause = delay(tries + 1, longest=LONGEST_PAUSE)
    if isinstance(error, Undelivered) and error.trouble.passes:
        return max(error.trouble.wait or 0.0, pause)
    return pause if isinstance(error, DATABASE_AWAY) else None
