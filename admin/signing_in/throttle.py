"""How often somebody may try to sign in (ASVS 5, 6.3.1): counted before the attempt, forgotten after success.

A stranger who guesses must not lock the owner out. So what is counted for a login from all addresses together never
refuses by itself: it only makes the admin wary, and then the password is not enough (core.accounts.actions).
"""

from enum import Enum, auto

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

PER_LOGIN_AND_ADDRESS = parse("6 per 5 minutes")
PER_LOGIN = parse("60 per hour")
PER_ADDRESS = parse("100 per hour")
"""A whole school may stand behind one address."""
PER_ACCOUNT = parse("10 per hour")
"""Tries of one's own password by whoever sits at a browser that is signed in."""


class Verdict(Enum):
    OPEN = auto()
    WARY = auto()
    """Many have tried this login lately, from wherever."""
    CLOSED = auto()
    """Too many tries from this address."""


class Throttle:
    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def password(self, login: str, address: str) -> Verdict:
        """Counts one attempt. One that is refused early does not count further."""
        if not all(self._limiter.hit(item, *keys) for item, keys in _counters(login, address)):
            return Verdict.CLOSED
        return Verdict.OPEN if self._limiter.hit(PER_LOGIN, "login", _key(login)) else Verdict.WARY

    def forget(self, login: str, address: str) -> None:
        """The right password was given: earlier slips no longer count against this person."""
        self._limiter.clear(PER_LOGIN_AND_ADDRESS, "password", _key(login), address)

    def allows_link(self, address: str) -> bool:
        return self._limiter.hit(PER_ADDRESS, "link", address)

    def allows_own_password(self, account_id: int) -> bool:
        return self._limiter.hit(PER_ACCOUNT, "own", str(account_id))


def _counters(login: str, address: str) -> list[tuple[RateLimitItem, tuple[str, ...]]]:
    return [
        (PER_LOGIN_AND_ADDRESS, ("password", _key(login), address)),
        (PER_ADDRESS, ("password", address)),
    ]


def _key(login: str) -> str:
    return login.casefold()[:80]
