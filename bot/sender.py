"""Deliveries → Telegram → outcome back into the row (DESIGN, way 2; SPEC §5).

A row is claimed with a lease that runs out, so it is sent again when this process dies before it could write
what became of it. Only one sender works at a time (the lease "sender"), because it keeps the rate limit.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.backoff import Sleep, delay
from bot.carrying import Carrier, Messenger, NotNow, Render
from bot.failures import DATABASE_AWAY, caught
from bot.limits import Lane, Limits
from bot.outcomes import Undelivered
from bot.recording import Recorder
from bot.waiting import first_of, unless
from core.clock import Clock
from core.people.model import Channel
from storage import outbox
from storage.outbox import Claimed
from storage.session import Database

log = structlog.get_logger()

LOOK_SECONDS = 3.0
"""How often rows that other processes queued, and retries that became due, are looked for."""
LONGEST_AWAY = 60.0


@dataclass(frozen=True, slots=True)
class Pace:
    window: int = 60
    """Deliveries under way at once: at 30 a second Telegram may take two seconds to answer."""
    lease: timedelta = timedelta(seconds=150)
    """How long a delivery that this process has claimed is left alone by the next one. What has not begun in the first
    half is given back: the second one is longer than the transport waits for any answer."""


USUAL = Pace()


class Sender:
    """Works while `may_work` says so; `wake` when deliveries were queued."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        limits: Limits,
        messenger: Messenger,
        render: Render,
        *,
        may_work: Callable[[], bool],
        pace: Pace = USUAL,
    ) -> None:
        self._db = db
        self._clock = clock
        self._limits = limits
        self._carrier = Carrier(clock, messenger, render, self._admit)
        self._may_work = may_work
        self._window, self._lease = pace.window, pace.lease
        self._news = asyncio.Event()
        self._stop = asyncio.Event()
        self._recorder: Recorder
        self._more = False
        self._quiet_until: datetime | None = None
        self._failures = 0
        self._own: set[int] = set()
        self.last_look: datetime | None = None

    @property
    def away(self) -> bool:
        """Telegram did not take the last message; single ones are tried until it does."""
        return self._failures > 0

    @property
    def under_way(self) -> int:
        """Deliveries claimed and not yet settled."""
        return len(self._own)

    def wake(self) -> None:
        self._news.set()

    async def run(self, sleep: Sleep, stop: asyncio.Event) -> None:
        """Ends when `stop` is set and what was on its way has its outcome; the rest is given back."""
        self._stop = stop
        self._recorder = Recorder(self._db, sleep, stop)
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
        if not self._may_work() or self._is_quiet(now):
            return
        room = (1 if self.away else self._window) - self.under_way
        if room <= 0 or (self.under_way and room < self._window // 2 and not self.away):
            room = 0  # but whoever waits at this moment is not kept waiting by a broadcast
        claimed = await outbox.claim(self._db, Channel.TELEGRAM, now, limit=room, lease=self._lease, own=self._own)
        self.last_look = now
        if room:
            self._more = len(claimed) >= room
        for delivery in claimed:
            self._own.add(delivery.id)
            group.create_task(self._settle(delivery))

    def _is_quiet(self, now: datetime) -> bool:
        """Telegram is away, or asked for silence: nothing would come of a claim but leases that run out."""
        return (self._quiet_until is not None and now < self._quiet_until) or self._limits.paused_for > 0

    async def _settle(self, delivery: Claimed) -> None:
        """From the claim to the outcome on disk; raises nothing."""
        result = await caught(self._carrier.carry(delivery))
        if isinstance(result, Exception):
            self._notice(result)
            result = self._carrier.after(delivery, result)
        elif result.state == "sent":
            self._back()
        await self._recorder.record(result)
        self._own.discard(delivery.id)
        if self._more and self.under_way <= self._window // 2:
            self._news.set()

    async def _admit(self, delivery: Claimed, lane: Lane) -> None:
        """Waits for the turn of a delivery. Raises NotNow when this process may not send it any more."""
        assert delivery.address is not None
        await unless(self._stop, self._limits.turn(int(delivery.address), lane))
        late = delivery.until is not None and self._clock.now() >= delivery.until - self._lease / 2
        if late or self._stop.is_set() or not self._may_work():
            raise NotNow

    def _notice(self, error: Exception) -> None:
        """Is Telegram there at all?"""
        if isinstance(error, Undelivered) and not error.trouble.passes:
            self._back()
        elif isinstance(error, Undelivered) and error.trouble.wait is None:
            self._gone()

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
