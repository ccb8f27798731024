"""Deliveries → Telegram → outcome back into the row (DESIGN, way 2; SPEC §5).

A row is claimed with a lease that runs out, so it is sent again when this process dies before it could write
what became of it. Only one sender works at a time (the lease "sender"), because it keeps the rate limit.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.backoff import Sleep, delay
from bot.failures import DATABASE_AWAY, caught, kind_of
from bot.limits import Lane, Limits
from bot.outcomes import Undelivered
from bot.screens.model import Screen
from bot.waiting import first_of, unless
from core.clock import Clock
from core.errors import AppError
from core.people.model import Channel
from storage import outbox
from storage.outbox import Claimed, Outcome
from storage.session import Database

log = structlog.get_logger()

WINDOW = 60
"""Deliveries under way at once: at 30 a second Telegram may take two seconds to answer."""
LEASE = timedelta(seconds=90)
"""How long a delivery that this process has claimed is left alone by the next one."""
LOOK_SECONDS = 3.0
"""How often rows that other processes queued, and retries that became due, are looked for."""
LONGEST_RETRY = 300.0
LONGEST_AWAY = 60.0

Render = Callable[[Claimed], Awaitable[Screen | None]]
"""The screen of a delivery; None when it is no longer due."""


class Shows(Protocol):
    """The transport, as far as the sender needs it."""

    async def show(self, chat: int | str, screen: Screen, *, lane: Lane, turn_taken: bool) -> int: ...


class Sender:
    """Works while `may_work` says so; `wake` when deliveries were queued."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        limits: Limits,
        transport: Shows,
        render: Render,
        *,
        may_work: Callable[[], bool],
        window: int = WINDOW,
    ) -> None:
        self._db = db
        self._clock = clock
        self._limits = limits
        self._transport = transport
        self._render = render
        self._may_work = may_work
        self._window = window
        self._news = asyncio.Event()
        self._stop = asyncio.Event()
        self._sleep: Sleep
        self._more = False
        self._quiet_until: datetime | None = None
        self._failures = 0
        self.under_way = 0
        """Deliveries claimed and not yet settled."""
        self.last_look: datetime | None = None

    @property
    def away(self) -> bool:
        """Telegram did not take the last message; single ones are tried until it does."""
        return self._failures > 0

    def wake(self) -> None:
        self._news.set()

    async def run(self, sleep: Sleep, stop: asyncio.Event) -> None:
        """Ends when `stop` is set and what was on its way has its outcome; the rest is given back."""
        self._sleep, self._stop = sleep, stop
        async with asyncio.TaskGroup() as group:
            while not stop.is_set():
                self._news.clear()
                try:
                    await self._claim(group)
                except DATABASE_AWAY as error:
                    log.warning("deliveries not claimed", error=type(error).__name__)
                await first_of(self._news.wait(), stop.wait(), sleep(LOOK_SECONDS))

    async def _claim(self, group: asyncio.TaskGroup) -> None:
        now = self._clock.now()
        if not self._may_work() or (self._quiet_until is not None and now < self._quiet_until):
            return
        room = (1 if self.away else self._window) - self.under_way
        if room <= 0 or (self.under_way and room < self._window // 2 and not self.away):
            room = 0  # but whoever waits at this moment is not kept waiting by a broadcast
        claimed = await outbox.claim(self._db, Channel.TELEGRAM, now, limit=room, lease=LEASE)
        self.last_look = now
        if room:
            self._more = sum(not one.urgent for one in claimed) == room
        for delivery in claimed:
            self.under_way += 1
            group.create_task(self._settle(delivery, now + LEASE))

    async def _settle(self, delivery: Claimed, until: datetime) -> None:
        """From the claim to the outcome on disk; raises nothing."""
        result = await caught(self._send(delivery, until))
        outcome = self._failed(delivery, result) if isinstance(result, Exception) else result
        if outcome is not None:
            await self._record(outcome)
        self.under_way -= 1
        if self._more and self.under_way <= self._window // 2:
            self._news.set()

    async def _send(self, delivery: Claimed, until: datetime) -> Outcome | None:
        """None when the delivery is somebody else's by now."""
        if delivery.address is None or delivery.unreachable is not None:
            return self._outcome(delivery, "unreachable", reason=delivery.unreachable or "no_chat")
        screen = await self._render(delivery)
        if screen is None:
            return self._outcome(delivery, "cancelled", reason="not_due")
        lane = Lane.INTERACTIVE if delivery.urgent else Lane.BULK
        await unless(self._stop, self._limits.turn(int(delivery.address), lane))
        if self._clock.now() >= until:
            return None
        if self._stop.is_set() or not self._may_work():
            return self._outcome(delivery, "queued")
        number = await self._transport.show(delivery.address, screen, lane=lane, turn_taken=True)
        self._back()
        return self._outcome(delivery, "sent", message_id=number)

    def _outcome(
        self,
        delivery: Claimed,
        state: str,
        *,
        reason: str | None = None,
        message_id: int | None = None,
        wait: float | None = None,
        chat_unreachable: str | None = None,
    ) -> Outcome:
        now = self._clock.now()
        later = None if wait is None else now + timedelta(seconds=wait)
        return Outcome(delivery.id, state, now, reason, message_id, later, chat_unreachable)

    def _failed(self, delivery: Claimed, error: Exception) -> Outcome:
        """What follows from an error on the way."""
        pause = delay(delivery.attempts, first=2.0, longest=LONGEST_RETRY)
        if isinstance(error, Undelivered):
            trouble = error.trouble
            if trouble.passes and trouble.wait is None:
                self._gone()
            elif not trouble.passes:
                self._back()
            if trouble.state == "retrying":
                return self._outcome(delivery, "retrying", reason=trouble.reason, wait=trouble.wait or pause)
            return self._outcome(delivery, trouble.state, reason=trouble.reason, chat_unreachable=trouble.unreachable)
        if isinstance(error, DATABASE_AWAY):
            return self._outcome(delivery, "retrying", reason="database", wait=pause)
        if isinstance(error, AppError):
            return self._outcome(delivery, "cancelled", reason=error.key)
        log.error("delivery failed", delivery=delivery.id, error=kind_of(error))
        return self._outcome(delivery, "failed", reason=kind_of(error))

    def _gone(self) -> None:
        """Telegram is away: wait, then try a single message, so that the rest keeps its attempts."""
        now = self._clock.now()
        if self._quiet_until is None or now >= self._quiet_until:
            self._failures += 1
            self._quiet_until = now + timedelta(seconds=delay(self._failures, longest=LONGEST_AWAY))
            log.warning("telegram is away", failures=self._failures)

    def _back(self) -> None:
        if self._failures:
            self._failures, self._quiet_until = 0, None
            self._news.set()

    async def _record(self, outcome: Outcome) -> None:
        """Until it is on disk: an outcome that is lost brings the message a second time."""
        tries = 0
        while (error := await caught(outbox.record(self._db, Channel.TELEGRAM, outcome))) is not None:
            tries += 1
            log.error("outcome not stored", delivery=outcome.delivery_id, error=kind_of(error), tries=tries)
            if not isinstance(error, DATABASE_AWAY) or (self._stop.is_set() and tries >= 3):
                return
            await self._sleep(delay(tries, longest=10.0))
