"""When a municipality lets messages out, and what is to become of one that is due (SPEC §5)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

DIGEST = "digest"
"""Kind of the delivery that carries what was over the daily limit; its subject is the local day, as an ordinal.

A delivery in the state `merged` has that ordinal as its `reason`: so each knows its digest, and whether it was sent.
"""

RELEASED = "released"
"""In the params of a delivery that was the only one of its digest: it goes by itself after all, limit or not."""

SETTING = "sending"
"""Key of the municipality's settings that holds its own rules."""


@dataclass(frozen=True, slots=True)
class SendingRules:
    """Times are the municipality's. Whatever a person waits for at this moment is sent at any time."""

    quiet_from: time | None = time(21)
    quiet_to: time | None = time(8)
    """Quiet hours may run over midnight; None: there are none."""
    silent_weekdays: frozenset[int] = frozenset()
    """0 is Monday."""
    silent_days: frozenset[date] = frozenset()
    daily_limit: int = 3
    """Announcements and reminders to one person a day; the rest is merged into one digest. 0: no limit."""
    digest_at: time = time(18)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody's messages come from. `muted`: they do not want the category that was asked about."""

    rules: SendingRules
    timezone: str
    muted: bool = False


AT_ANY_HOUR = SendingRules(quiet_from=None, quiet_to=None)
"""For trying things out, whatever the time is."""


@dataclass(frozen=True, slots=True)
class Send:
    """Now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not before."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """Over the limit: it belongs into the digest of that day."""

    day: date
    digest_at: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """Not at all; `reason` is a code for the report."""

    reason: str


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A delivery that waits in the digest of its person, oldest first."""

    delivery_id: int
    kind: str
    subject: int
    slot: str
    params: dict[str, Any]
    muted: bool = False
    """Its person does not want this category any more."""


Verdict = Send | Wait | Merge | Drop
