"""What is to become of a message that is due, and what waits in a person's digest."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements.model import ANNOUNCEMENT, MUTABLE, Category
from core.campaigns.model import INVITATION
from core.campaigns.model import REMINDER as CAMPAIGN_REMINDER
from core.outgoing import rules as outgoing
from core.outgoing.model import DIGEST, DigestLine, Drop, Place, Send, SendingRules, Verdict, Wait
from core.reminders.model import REMINDER
from core.timing.hours import allowed_from
from storage.models import Account, Announcement, Delivery, Municipality, Mute, Reminder

LIMITED = (ANNOUNCEMENT, REMINDER, CAMPAIGN_REMINDER)
"""Kinds of which a person gets so many a day."""
HOURS_ONLY = (INVITATION, DIGEST)
"""Kinds that keep the quiet hours and no-send days, and are not limited."""
MUTED = "muted"


async def rules_of(session: AsyncSession, municipality_id: int) -> SendingRules:
    settings = await session.scalar(select(Municipality.settings).where(Municipality.id == municipality_id))
    return outgoing.from_settings(settings or {})


async def verdict(  # noqa: PLR0913 - what is known of a delivery
    session: AsyncSession,
    now: datetime,
    account_id: int,
    kind: str,
    category: str | None,
    *,
    delivery_id: int | None = None,
    at_once: bool = False,
    released: bool = False,
) -> Verdict:
    """Of a delivery whose turn has come; other kinds than LIMITED and HOURS_ONLY go at any time.

    `at_once`: it keeps no quiet hours and no limit (storage.models.Announcement). `released`: it comes out of a
    digest. `delivery_id`: others to the same person that are on their way at the same time count, too.
    """
    place = await place_of(session, account_id, category) if kind in (*LIMITED, *HOURS_ONLY) else None
    if place is None:
        return Send()
    if place.muted:
        return Drop(MUTED)
    if at_once:
        return Send()
    if (allowed := allowed_from(now, place.rules, place.timezone)) > now:
        return Wait(allowed)
    free = released or category == Category.IMPORTANT or kind in HOURS_ONLY or not place.rules.daily_limit
    day = outgoing.day_of(now, place.timezone)
    if free or await _today(session, day, account_id, delivery_id) < place.rules.daily_limit:
        return Send()
    merge = outgoing.digest_after(now, place.rules, place.timezone, await _last_digest(session, account_id))
    return Send() if await _of_no_use_at(session, merge.digest_at, delivery_id) else merge


async def _last_digest(session: AsyncSession, account_id: int) -> date | None:
    """The day of the last one that was made: nobody would read what is put into it now."""
    made = select(func.max(Delivery.subject)).where(
        Delivery.account_id == account_id, Delivery.kind == DIGEST, Delivery.state != "queued"
    )
    day = await session.scalar(made)
    return None if day is None else date.fromordinal(day)


async def _of_no_use_at(session: AsyncSession, moment: datetime, delivery_id: int | None) -> bool:
    """A reminder of what will be over by then is better sent over the limit than not at all."""
    late = select(Reminder.id).where(Reminder.delivery_id == delivery_id, Reminder.useful_until <= moment)
    return await session.scalar(late) is not None


async def place_of(session: AsyncSession, account_id: int, category: str | None = None) -> Place | None:
    """Where this person's messages come from; None for an account of the installation."""
    mute = exists().where(Mute.account_id == account_id, Mute.category == category)
    found = await session.execute(
        select(Municipality.settings, Municipality.timezone, mute)
        .join(Account, Account.municipality_id == Municipality.id)
        .where(Account.id == account_id)
    )
    row = found.one_or_none()
    if row is None:
        return None
    settings, timezone, muted = row
    return Place(outgoing.from_settings(settings), timezone, muted and category in MUTABLE)


async def _today(
    session: AsyncSession, day: tuple[datetime, datetime], account_id: int, delivery_id: int | None
) -> int:
    """How many this person got today; of those that are on their way, only the ones before this one."""
    start, end = day
    arrived = (Delivery.state == "sent") & (Delivery.sent_at >= start) & (Delivery.sent_at < end)
    counted = (
        arrived if delivery_id is None else or_(arrived, (Delivery.state == "sending") & (Delivery.id < delivery_id))
    )
    query = select(func.count()).where(Delivery.account_id == account_id, Delivery.kind.in_(LIMITED), counted)
    return await session.scalar(query) or 0


async def digest(session: AsyncSession, account_id: int, day: date) -> list[DigestLine]:
    """What was put into the digest of that day, oldest first."""
    rows = await session.execute(
        select(Delivery, _muted(account_id))
        .where(
            Delivery.account_id == account_id,
            Delivery.state == "merged",
            Delivery.reason == str(day.toordinal()),
        )
        .order_by(Delivery.id)
    )
    return [_line(row, muted=muted) for row, muted in rows]


async def merged(session: AsyncSession, account_id: int, delivery_id: int) -> DigestLine | None:
    """One of the lines, whenever its digest was; None when it is not this person's."""
    row = await session.scalar(
        select(Delivery).where(
            Delivery.id == delivery_id, Delivery.account_id == account_id, Delivery.state == "merged"
        )
    )
    return None if row is None else _line(row)


async def mutes_of(session: AsyncSession, account_id: int) -> frozenset[str]:
    """Codes of core.announcements.model.Category that this person does not want."""
    return frozenset(await session.scalars(select(Mute.category).where(Mute.account_id == account_id)))


def _muted(account_id: int) -> ColumnElement[bool]:
    return exists().where(
        Delivery.kind == ANNOUNCEMENT,
        Announcement.id == Delivery.subject,
        Mute.account_id == account_id,
        Mute.category == Announcement.category,
    )


def _line(row: Delivery, *, muted: bool = False) -> DigestLine:
    return DigestLine(row.id, row.kind, row.subject, row.slot, row.params, muted)
