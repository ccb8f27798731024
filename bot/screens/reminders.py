"""A reminder by the time it is sent: the words of the municipality or ours, and what it is about."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from bot.screens.errands import Drop, Errand, Show
from bot.screens.layout import shortened
from bot.screens.model import Screen
from bot.texts import text
from core.clock import Clock, local_date
from core.errors import NotFound
from core.indicators.model import PeriodKind
from core.indicators.rules import period_of, period_title
from core.reminders import queries
from core.reminders.model import Letter, ReminderKind, Whom
from core.russian import MONTHS
from storage.outbox import Claimed
from storage.session import Database

LISTED = 8
"""Measures or codes in one message; more would not be read."""
TITLE = 150
DAYS_OF_MONTH, DAYS_OF_WEEK = 30, 7
FEW_DAYS = 45
"""Up to here what is left is told in weeks."""


_TEXTS: Mapping[tuple[ReminderKind, Whom], tuple[str, str]] = MappingProxyType(
    {
        (ReminderKind.ATTESTATION, Whom.PERSON): (
            "reminders.lead.attestation.person",
            "reminders.facts.attestation.person",
        ),
        (ReminderKind.ATTESTATION, Whom.COORDINATOR): (
            "reminders.lead.attestation.coordinator",
            "reminders.facts.attestation.many",
        ),
        (ReminderKind.ATTESTATION, Whom.METHODIST): (
            "reminders.lead.attestation.methodist",
            "reminders.facts.attestation.many",
        ),
        (ReminderKind.INDICATORS, Whom.METHODIST): ("reminders.lead.indicators", "reminders.facts.indicators"),
        (ReminderKind.PLAN, Whom.METHODIST): ("reminders.lead.plan", "reminders.facts.plan"),
        (ReminderKind.EVENT, Whom.PERSON): ("reminders.lead.event", "reminders.facts.event"),
    }
)
"""What is said first, unless the municipality has words of its own, and what it is about."""


async def reminder(db: Database, clock: Clock, delivery: Claimed) -> Errand:
    """What was done, moved or came to nothing meanwhile is not reminded of; the reason goes back to the reminder."""
    now = clock.now()
    async with db.read() as session:
        try:
            found = await queries.letter(session, now, delivery.subject)
        except NotFound:
            return Drop()
    return Show(screen(found, now)) if isinstance(found, Letter) else Drop(found.value)


def screen(letter: Letter, now: datetime) -> Screen:
    lead, facts = _TEXTS[letter.facts.kind, letter.facts.whom]
    words = escape(letter.words) if letter.words else text(lead)
    return Screen(words + Markup("\n\n") + text(facts, **_known(letter, now)))


def _known(letter: Letter, now: datetime) -> dict[str, object]:
    facts = letter.facts
    anchor = facts.anchor
    day = local_date(anchor, letter.timezone) if isinstance(anchor, datetime) else anchor
    return {
        "day": f"{day.day} {MONTHS[day.month - 1]}",
        "time": f"{anchor.astimezone(ZoneInfo(letter.timezone)):%H:%M}" if isinstance(anchor, datetime) else "",
        "month": period_title(period_of(PeriodKind.MONTH, day)),
        "count": facts.count,
        "items": [shortened(one, TITLE) for one in facts.items[:LISTED]],
        "more": max(0, len(facts.items) - LISTED),
        **_left((day - local_date(now, letter.timezone)).days),
    }


def _left(days: int) -> dict[str, int]:
    """About how long it is; the very day is out of the registry and stays there (SPEC §3, privacy mode)."""
    if days > FEW_DAYS:
        return {"months": round(days / DAYS_OF_MONTH), "weeks": 0}
    return {"months": 0, "weeks": days // DAYS_OF_WEEK}
