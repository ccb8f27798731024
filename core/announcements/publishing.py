"""An announcement goes out: whom a delivery is made for, and what the clock does. Inside the action's transaction."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.announcements import recipients, rules
from core.announcements.model import ANNOUNCEMENT, STATUS, AnnouncementState
from core.announcements.rows import content_of, copied, note
from core.clock import Clock, local_date
from core.errors import AppError
from core.outgoing.queries import rules_of
from core.people.model import Actor
from core.timing.hours import allowed_from
from core.timing.repeating import Repeat, latest_until, next_after
from storage.broadcast import enqueue_each
from storage.models import Announcement, Chat, Municipality
from storage.outbox import NewDelivery, enqueue

USEFUL_FOR = timedelta(days=1)
"""After downtime: what is later than that is not sent unasked."""


async def publish_row(session: AsyncSession, clock: Clock, actor: Actor | None, row: Announcement) -> int:
    """How many people it goes to. By the clock (no actor) one for nobody is done at once.

    Raises what rules.check_ready refuses, sending.always_silent, and announcement.nobody to an actor.
    """
    content = content_of(row)
    rules.check_ready(content, attached=row.attachment_id is not None)
    now, place = clock.now(), await session.get_one(Municipality, row.municipality_id)
    today = local_date(now, place.timezone)
    start = now if row.at_once else await first_moment(session, now, place)
    people = await recipients.people(session, actor, place.id, content, today)
    row.recipients = await enqueue_each(session, ANNOUNCEMENT, row.id, people, start)
    if not row.recipients and actor is not None:
        raise AppError("announcement.nobody")
    row.muted = (await recipients.count(session, actor, place.id, content, today)).muted
    row.state = AnnouncementState.SENDING if row.recipients else AnnouncementState.DONE
    row.published_at = row.changed_at = now
    row.finished_at = None if row.recipients else now
    await _tell(session, actor.account_id if actor else row.created_by, row.id, now)
    note(session, clock, actor, "announcement.published", row, recipients=row.recipients, muted=row.muted)
    return row.recipients


async def first_moment(session: AsyncSession, now: datetime, place: Municipality) -> datetime:
    """When the first message may go, with quiet hours and no-send days."""
    return allowed_from(now, await rules_of(session, place.id), place.timezone)


async def _tell(session: AsyncSession, account_id: int | None, announcement_id: int, now: datetime) -> None:
    """Shows whoever sent it how it goes, if they have a chat."""
    if account_id is not None and await has_chat(session, account_id):
        await enqueue(session, [NewDelivery(STATUS, announcement_id, account_id, now, urgent=True)])


async def has_chat(session: AsyncSession, account_id: int) -> bool:
    reachable = exists().where(Chat.account_id == account_id, Chat.unreachable.is_(None))
    return bool(await session.scalar(select(reachable)))


async def publish_scheduled(session: AsyncSession, clock: Clock, row: Announcement) -> bool:
    """One whose time has come; False when the time is long past and nobody was written to."""
    now = clock.now()
    if row.send_at is not None and now - row.send_at > USEFUL_FOR:
        row.state = AnnouncementState.MISSED
        row.changed_at = now
        note(session, clock, None, "announcement.missed", row, send_at=row.send_at.isoformat())
        return False
    await publish_row(session, clock, None, row)
    return True


async def publish_series(session: AsyncSession, clock: Clock, series: Announcement) -> bool:
    """The latest time that is due goes out as a copy, earlier ones were missed; then the series moves on."""
    now, due = clock.now(), series.send_at
    repeat = Repeat.from_json(series.repeat)
    if repeat is None or due is None:
        raise ValueError("a series repeats")
    timezone = (await session.get_one(Municipality, series.municipality_id)).timezone
    latest = latest_until(repeat, timezone, due, now) or due
    sent = now - latest <= USEFUL_FOR
    if sent:
        await _publish_copy(session, clock, series, latest.astimezone(ZoneInfo(timezone)))
    if not sent or latest > due:
        note(session, clock, None, "announcement.missed", series, send_at=due.isoformat())
    series.send_at = next_after(repeat, timezone, now)
    if series.send_at is None:
        series.state = AnnouncementState.DONE
        series.finished_at = now
    return sent


async def _publish_copy(session: AsyncSession, clock: Clock, series: Announcement, local: datetime) -> None:
    occurrence = f"{local:%Y-%m-%dT%H:%M}"
    known = select(Announcement.id).where(Announcement.series_id == series.id, Announcement.occurrence == occurrence)
    if await session.scalar(known) is not None:
        return
    copy = copied(series, clock, series.created_by, repeat={}, series_id=series.id, occurrence=occurrence)
    session.add(copy)
    await session.flush()
    await publish_row(session, clock, None, copy)
