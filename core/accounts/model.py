"""What coming in leaves behind, and how long each of it lasts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LINK_TERM = timedelta(minutes=15)
SESSION_TERM = timedelta(days=14)
"""However often a browser is used: whoever has lost it without noticing is rid of it then."""
IDLE_TERM = timedelta(days=3)
"""A browser that nobody used for so long is signed out. Shorter would lose the methodist of a Friday on Monday."""
SEEN_EVERY = timedelta(minutes=5)
"""How exactly the last use of a browser is noted; noting each page would write at each look."""

CHECK_TERM = timedelta(minutes=5)
CHECKS_AN_HOUR = 5
"""Questions in the chat that were not answered with the right number; a tired person must not be flooded."""
SIGN_IN_CHECK = "sign_in_check"
"""Kind of the delivery that asks in the chat."""


class Progress(StrEnum):
    """How far the second factor has come, as the browser that asked may know it."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    OVER = "over"
    """The time ran out, or the secret belongs to no check."""
    UNDELIVERED = "undelivered"
    """The question cannot reach the chat."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`secret` belongs into the browser's cookie; `mark` shows later that this browser was signed in before."""

    secret: str
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class AskedInChat:
    """The password was right; `secret` is for the browser that waits for the answer from the chat."""

    secret: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """What the waiting browser shows."""

    number: int
    progress: Progress
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenSession:
    id: int
    account_id: int
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A signed-in browser. `agent` is what it calls itself."""

    id: int
    agent: str
    created_at: datetime
    seen_at: datetime
    current: bool
    """It is the browser that asks."""


@dataclass(frozen=True, slots=True)
class OwnAccess:
    """How somebody comes in."""

    login: str | None
    has_password: bool
    second_factor: bool
    has_chat: bool
    chat_reachable: bool
