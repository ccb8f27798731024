"""How often somebody may try to sign in (ASVS 5, 6.3.1): counted before the attempt, forgotten after success."""

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

PER_LOGIN_AND_ADDRESS = parse("6 per 5 minutes")
PER_LOGIN = parse("60 per hour")
"""Wide enough that a stranger cannot lock somebody out with a handful of tries."""
PER_ADDRESS = parse("100 per hour")
"""A whole school may stand behind one address."""


class Throttle:
    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def allows_password(self, login: str, address: str) -> bool:
        """Counts one attempt; False when there were too many. One refused early does not count further."""
        return all(self._limiter.hit(item, *keys) for item, keys in _counters(login, address))

    def forget(self, login: str, address: str) -> None:
        """The right password was given: earlier slips no longer count against this person."""
        self._limiter.clear(PER_LOGIN_AND_ADDRESS, "password", _key(login), address)

    def allows_link(self, address: str) -> bool:
        return self._limiter.hit(PER_ADDRESS, "link", address)


def _counters(login: str, address: str) -> list[tuple[RateLimitItem, tuple[str, ...]]]:
    return [
        (PER_LOGIN_AND_ADDRESS, ("password", _key(login), address)),
        (PER_ADDRESS, ("password", address)),
        (PER_LOGIN, ("login", _key(login))),
    ]


def _key(login: str) -> str:
    return login.casefold()[:80]
