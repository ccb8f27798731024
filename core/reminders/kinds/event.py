"""An event comes near: its participants are reminded (SPEC §6)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.invitations import CAN_BE_ASKED
from core.clock import local_date
from core.reminders.kinds.kind import Kind, Look, Occasion, each
from core.reminders.kinds.people import concerned
from core.reminders.model import Facts, Place, ReminderKind, RuleView, Superseded
from core.reminders.rules import Window, anchor_told, offsets, told
from storage.models import Account, Event, EventParticipant, Reminder, Teacher


class _Event:
    async def occasions(self, session: AsyncSession, place: Place, rule: RuleView, window: Window) -> list[Occasion]:
        ahead = timedelta(days=max((*offsets(rule), 0)) + 1, hours=max((*rule.before_hours, 0)))
        events = await session.scalars(
            select(Event).where(
                Event.municipality_id == place.id,
                Event.starts_at > window.start,
                Event.starts_at <= window.end + ahead,
            )
        )
        found = []
        for one in events:
            # Whoever takes part is read only for events that have a reminder just now.
            if each(rule, place, window, (one.id, one.starts_at), [0]):
                today = local_date(window.end, place.timezone)
                query = await _participants(session, place, rule, today, Account.id)
                accounts = await session.scalars(query.where(EventParticipant.event_id == one.id))
                found += each(rule, place, window, (one.id, one.starts_at), accounts)
        return found

    async def look(
        self, session: AsyncSession, place: Place, rule: RuleView, rows: Sequence[Reminder]
    ) -> Mapping[int, Look]:
        subjects = {row.subject for row in rows}
        events = {one.id: one for one in await session.scalars(select(Event).where(Event.id.in_(subjects)))}
        today = local_date(max(row.due_at for row in rows), place.timezone)
        query = await _participants(session, place, rule, today, EventParticipant.event_id, Account.id)
        theirs = await session.execute(query.where(EventParticipant.event_id.in_(subjects)))
        registered = {(event, account) for event, account in theirs}
        return {row.id: _now(rule, row, events.get(row.subject), registered) for row in rows}


KIND: Kind = _Event()


async def _participants(session: AsyncSession, place: Place, rule: RuleView, today: date, *columns: Any) -> Select[Any]:
    query = await concerned(session, place, rule, today, *columns)
    return (
        query.join(EventParticipant, EventParticipant.teacher_id == Teacher.id)
        .join(Account, Account.teacher_id == Teacher.id)
        .where(CAN_BE_ASKED)
    )


def _now(rule: RuleView, row: Reminder, event: Event | None, registered: set[tuple[int, int]]) -> Look:
    if event is None or told(event.starts_at) != anchor_told(row.slot):
        return Superseded.MOVED
    if (event.id, row.account_id) not in registered:
        return Superseded.LEFT
    return Facts(ReminderKind.EVENT, rule.whom, event.starts_at, items=(event.title,))
