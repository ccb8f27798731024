"""How many messages Telegram takes: about 30 a second in all, 1 a second to one chat with a short burst."""

import math
from collections.abc import Callable

from playground.telegram.errors import too_many
from playground.telegram.settings import StandInSettings


class TokenBucket:
    """`burst` tokens that come back at `rate` a second. Time is given in seconds of a monotonic clock."""

    def __init__(self, rate: float, burst: int, now: float) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = float(burst)
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until one token is there; 0 if it is there now."""
        self._tokens = min(self.burst, self._tokens + max(0.0, now - self._at) * self.rate)
        self._at = now
        # An error of one millionth keeps a sender that waits exactly 1/rate from being refused by rounding.
        return max(0.0, (1.0 - 1e-6 - self._tokens) / self.rate)

    def take(self) -> None:
        """Use one token."""
        self._tokens -= 1.0


class MessageLimits:
    """The buckets of one bot."""

    def __init__(self, settings: StandInSettings, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock
        self._overall = TokenBucket(settings.overall_rate, settings.overall_burst, clock())
        self._chats: dict[int, TokenBucket] = {}

    def spend(self, chat_id: int | None) -> None:
        """Count one message (an edit has no `chat_id`: it counts in all only).

        Raises ApiError 429 with the seconds to wait; then nothing was counted.
        """
        if not self._settings.limits_on:
            return
        now = self._clock()
        buckets = [self._overall] if chat_id is None else [self._overall, self._chat(chat_id, now)]
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.take()

    def _chat(self, chat_id: int, now: float) -> TokenBucket:
        bucket = self._chats.get(chat_id)
        if bucket is None:
            bucket = self._chats[chat_id] = TokenBucket(self._settings.chat_rate, self._settings.chat_burst, now)
        return bucket
