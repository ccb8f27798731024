"""The one rate limit towards a messenger: people pressing buttons go first, bulk behind them.

Telegram's Bot FAQ (core.telegram.org/bots/faq) asks for about 30 messages a second in all and 1 a second
to one chat, and allows "short bursts". Bulk never bursts: it is paced evenly. People may draw on a small
reserve, so that a press is answered at once also while a broadcast uses the whole rate.
"""

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

FORGET_CHATS_OVER = 5_000
ROUNDING = 1e-9


class Lane(IntEnum):
    """Who goes first; lower is earlier."""

    INTERACTIVE = 0
    """Somebody has just pressed or written and is waiting."""
    BULK = 1
    """A message that nobody is waiting for."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages a second, and how many may follow one another at once.

    `reserve` and `credit` together stay under Telegram's burst of about 30, so that requests which the
    network bunches together provoke no 429.
    """

    overall: float = 30.0
    reserve: int = 20
    """Only for people who are waiting."""
    credit: int = 4
    """What bulk may make good after this process was late; 4 messages are 133 ms."""
    chat: float = 1.0
    chat_burst: int = 2
    """To one chat, for people only; bulk keeps a full second apart. One less than what Telegram takes at least:
    a message that was long on its way arrives close before the next one."""


class Timer(Protocol):
    def cancel(self) -> None: ...


Later = Callable[[float, Callable[[], None]], Timer]
"""Calls something after so many seconds."""


def _later(seconds: float, call: Callable[[], None]) -> Timer:
    return asyncio.get_running_loop().call_later(seconds, call)


class _Bucket:
    """`size` tokens that come back at `rate` a second."""

    def __init__(self, rate: float, size: float, now: float) -> None:
        self._rate = rate
        self._size = size
        self._tokens = size
        self._at = now

    def wait(self, now: float, keep: float = 0) -> float:
        """Seconds until one token may be taken that leaves `keep`; 0 when that is now."""
        self._tokens = min(self._size, self._tokens + max(0.0, now - self._at) * self._rate)
        self._at = now
        missing = 1 + keep - self._tokens
        return missing / self._rate if missing > ROUNDING else 0.0

    def take(self) -> None:
        self._tokens -= 1

    def full(self, now: float) -> bool:
        return self.wait(now, self._size - 1) == 0


@dataclass(eq=False, slots=True)
class _Waiter:
    chat: int | None
    granted: "asyncio.Future[None]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Limits:
    """Share one object in the process. `now` is monotonic, in seconds."""

    def __init__(
        self, rates: Rates | None = None, *, now: Callable[[], float] = time.monotonic, later: Later = _later
    ) -> None:
        self.rates = rates or Rates()
        self._now = now
        self._later = later
        self._overall = _Bucket(self.rates.overall, self.rates.reserve + self.rates.credit, now())
        self._chats: dict[int, _Bucket] = {}
        self._waiting: dict[Lane, list[_Waiter]] = {lane: [] for lane in Lane}
        self._paused_until = -math.inf
        self._timer: Timer | None = None

    async def turn(self, chat: int | None, lane: Lane) -> None:
        """Returns when one message may be sent. Without a chat (an edit) only the limit over all counts.

        First come, first served within a lane, but nobody waits for another one's chat. A turn that was
        granted and then not used is lost, which errs on the safe side.
        """
        waiter = _Waiter(chat)
        self._waiting[lane].append(waiter)
        self._advance()
        try:
            await waiter.granted
        except asyncio.CancelledError:
            if waiter in self._waiting[lane]:
                self._waiting[lane].remove(waiter)
                self._advance()
            raise

    def pause(self, seconds: float) -> None:
        """Nobody gets a turn for so long: the messenger said so. A longer pause is never shortened."""
        self._paused_until = max(self._paused_until, self._now() + seconds)
        self._advance()

    @property
    def paused_for(self) -> float:
        """Seconds of the pause that are left."""
        return max(0.0, self._paused_until - self._now())

    def _advance(self) -> None:
        """Grants all turns that are due and sets the timer for the next one."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        now = self._now()
        if now < self._paused_until:
            soonest = self._paused_until - now if any(self._waiting.values()) else math.inf
        else:
            soonest = min(self._grant(lane, now) for lane in Lane)
        if soonest < math.inf:
            self._timer = self._later(soonest, self._advance)

    def _grant(self, lane: Lane, now: float) -> float:
        """Serves one lane; returns the seconds until its next turn may be due."""
        keep = self.rates.reserve if lane is Lane.BULK else 0
        soonest = math.inf
        for waiter in list(self._waiting[lane]):
            if (overall := self._overall.wait(now, keep)) > 0:
                return min(soonest, overall)
            if (own := self._chat_wait(waiter.chat, lane, now)) > 0:
                soonest = min(soonest, own)
                continue
            self._overall.take()
            if waiter.chat is not None:
                self._chats[waiter.chat].take()
            self._waiting[lane].remove(waiter)
            if not waiter.granted.done():
                waiter.granted.set_result(None)
        return soonest

    def _chat_wait(self, chat: int | None, lane: Lane, now: float) -> float:
        if chat is None:
            return 0.0
        if chat not in self._chats:
            self._forget_quiet_chats(now)
            self._chats[chat] = _Bucket(self.rates.chat, self.rates.chat_burst, now)
        return self._chats[chat].wait(now, self.rates.chat_burst - 1 if lane is Lane.BULK else 0)

    def _forget_quiet_chats(self, now: float) -> None:
        if len(self._chats) > FORGET_CHATS_OVER:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.full(now)}
