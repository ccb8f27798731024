"""Every planned reminder with what became of it, for methodists: the page stays quick at 100,000 rows."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound
from core.people.model import Actor
from core.registry import cells
from core.reminders.model import ReminderKind, ReminderPage, ReminderRow, ReminderSearch, ReminderState
from core.reminders.rules import anchor_told
from storage.models import Account, Campaign, Event, Organisation, Reminder, Teacher

PAGE = 50
SURVEYS = (ReminderKind.SURVEY, ReminderKind.SELF_REVIEW)
TITLED = (*SURVEYS, ReminderKind.EVENT)
"""Kinds whose things have a title; the others are about a day."""


async def page(
    session: AsyncSession, actor: Actor, municipality_id: int, search: ReminderSearch, *, size: int = PAGE
) -> ReminderPage:
    """The latest first. Raises NotFound for a municipality the actor does not manage."""
    if not actor.manages(municipality_id):
        raise NotFound
    query = _narrowed(_rows(), municipality_id, search)
    found = (await session.execute(query.order_by(Reminder.due_at.desc(), Reminder.id.desc()).limit(size + 1))).all()
    shown = [_row(*one) for one in found[:size]]
    following = (shown[-1].due_at, shown[-1].id) if len(found) > size else None
    return ReminderPage(shown, following)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(Reminder, Campaign.title, Event.title, Account.name, cells.full_name(), Organisation.short_name)
        .join(Account, Account.id == Reminder.account_id)
        .outerjoin(Teacher, Teacher.id == Account.teacher_id)
        .outerjoin(Organisation, Organisation.id == Teacher.organisation_id)
        .outerjoin(Campaign, and_(Reminder.kind.in_(SURVEYS), Campaign.id == Reminder.subject))
        .outerjoin(Event, and_(Reminder.kind == ReminderKind.EVENT, Event.id == Reminder.subject))
    )


def _narrowed(
    query: Select[*tuple[Any, ...]], municipality_id: int, search: ReminderSearch
) -> Select[*tuple[Any, ...]]:
    where: list[ColumnElement[bool]] = [Reminder.municipality_id == municipality_id]
    if search.state is not None:
        where.append(Reminder.state == search.state)
    if search.kind is not None:
        where.append(Reminder.kind == search.kind)
    if search.organisation_id is not None:
        where.append(Teacher.organisation_id == search.organisation_id)
    if search.before is not None:
        moment, number = search.before
        where.append(or_(Reminder.due_at < moment, and_(Reminder.due_at == moment, Reminder.id < number)))
    return query.where(*where)


def _row(
    row: Reminder, campaign: str | None, event: str | None, name: str | None, teacher: str | None, place: str | None
) -> ReminderRow:
    return ReminderRow(
        row.id,
        ReminderKind(row.kind),
        campaign or event or "",
        None if row.kind in TITLED else date.fromisoformat(anchor_told(row.slot)),
        teacher or name or "",
        place or "",
        row.due_at,
        ReminderState(row.state),
        row.reason,
        row.settled_at,
    )
