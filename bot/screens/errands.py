"""What the sender is to do with a delivery whose turn has come (DESIGN, way 2)."""

from dataclasses import dataclass
from datetime import datetime

from bot.screens.model import Screen
from storage.outbox import NewDelivery


@dataclass(frozen=True, slots=True)
class Show:
    """Sends the screen. `revision`: which wording it has, of what can be corrected later.

    `category` and `at_once` are an announcement's, for whoever decides whether it may go just now (core.outgoing).
    """

    screen: Screen
    revision: int = 0
    category: str | None = None
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Replace:
    """Edits a message that was sent before, whose file stays; one that its person has deleted stays away."""

    message: int
    screen: Screen
    revision: int


@dataclass(frozen=True, slots=True)
class Remove:
    """Deletes a message; one that is too old for that becomes `instead` (Bot API, deleteMessage: 48 hours)."""

    message: int
    instead: Screen


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: quiet hours, a no-send day."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """What it belongs to is paused: it waits until that goes on."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Over the daily limit: it becomes part of this digest, which may exist already."""

    digest: NewDelivery


@dataclass(frozen=True, slots=True)
class Drop:
    """Not due any more; `reason` is a code for the report."""

    reason: str = "not_due"


Errand = Show | Replace | Remove | Later | Hold | Merge | Drop
