"""How often a chat may come with a code that does not fit (ASVS 5, 6.3.1). In memory: a restart forgives.

A code has 144 random bits, so nobody guesses one; this keeps a chat that tries from working the database, and gives
nothing away: during the pause a right code is answered like a wrong one.
"""

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

WRONG_CODES = parse("10 per hour")
"""For a chat. A tired person presses an old link a few times, not ten."""


class Guesses:
    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def paused(self, chat: str) -> bool:
        """There were too many wrong codes from here within the hour."""
        return not self._limiter.test(WRONG_CODES, chat)

    def note_wrong(self, chat: str) -> None:
        self._limiter.hit(WRONG_CODES, chat)
