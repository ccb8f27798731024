"""The audit as administrators read it. Raise Denied for who administers nothing there."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit import words
from core.audit.model import PAGE, Line, Page, Search
from core.audit.subjects import subjects
from core.errors import Denied
from core.people.model import Actor
from core.people.queries import MunicipalityView
from core.registry import history
from storage.models import Account, AuditEntry, Municipality, Teacher
from storage.searching import searchable

MOST_PEOPLE = 200
"""Whom words are looked for among: so that a letter typed does not ask for everybody's entries."""


async def page(
    session: AsyncSession, actor: Actor, town: MunicipalityView, search: Search, *, size: int = PAGE
) -> Page:
    """Entries of the municipality; who runs the installation sees all, also those that belong to none."""
    check(actor, town.id)
    found = _narrowed(select(AuditEntry), search, town.timezone)
    if not actor.everywhere:
        found = found.where(AuditEntry.municipality_id == town.id)
    too_many = False
    if searchable(search.text):
        teachers, accounts = await _people(session, None if actor.everywhere else town.id, search.text)
        too_many = max(len(teachers), len(accounts)) > MOST_PEOPLE
        found = found.where(_concerns(teachers[:MOST_PEOPLE], accounts[:MOST_PEOPLE]))
    rows = list(await session.scalars(found.order_by(AuditEntry.id.desc()).limit(size + 1)))
    shown = rows[:size]
    return Page(await _lines(session, shown), shown[-1].id if len(rows) > size else None, too_many)


def check(actor: Actor, municipality_id: int) -> None:
    if not actor.administers(municipality_id):
        raise Denied


def _narrowed(found: Select[AuditEntry], search: Search, timezone: str) -> Select[AuditEntry]:
    if search.group in words.groups():
        found = found.where(AuditEntry.action.in_(words.actions_of(search.group)))
    if search.subject:
        found = found.where(AuditEntry.subject == search.subject)
    if search.since is not None:
        found = found.where(AuditEntry.at >= _midnight(search.since, timezone))
    if search.until is not None and search.until < date.max:
        found = found.where(AuditEntry.at < _midnight(search.until + timedelta(days=1), timezone))
    return found if search.before is None else found.where(AuditEntry.id < search.before)


def _midnight(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(timezone))


async def _people(session: AsyncSession, municipality_id: int | None, text: str) -> tuple[list[int], list[int]]:
    """Ids of teachers and of accounts whose names hold all the words; one more than are looked for tells of more."""
    asked = searchable(text).split()
    registered = select(Teacher.id).where(*(Teacher.search.contains(word, autoescape=True) for word in asked))
    if municipality_id is not None:
        registered = registered.where(Teacher.municipality_id == municipality_id)
    teachers = list(await session.scalars(registered.order_by(Teacher.id).limit(MOST_PEOPLE + 1)))
    theirs = select(Account.id).where(Account.teacher_id.in_(teachers)).order_by(Account.id)
    others = await session.execute(select(Account.id, Account.name).where(Account.teacher_id.is_(None)))
    # They are few, and SQLite knows small letters of Latin only.
    called = [account for account, name in others if all(word in searchable(name) for word in asked)]
    return teachers, [*called, *await session.scalars(theirs)]


def _concerns(teachers: Sequence[int], accounts: Sequence[int]) -> ColumnElement[bool]:
    about = [*(f"teacher:{one}" for one in teachers), *(f"account:{one}" for one in accounts)]
    return or_(AuditEntry.account_id.in_(accounts), AuditEntry.subject.in_(about))


async def _lines(session: AsyncSession, rows: Sequence[AuditEntry]) -> list[Line]:
    about = await subjects(session, rows)
    towns = {one.municipality_id for one in rows if one.municipality_id is not None}
    named = await session.execute(select(Municipality.id, Municipality.name).where(Municipality.id.in_(sorted(towns))))
    places = {row.id: row.name for row in named}
    return [
        Line(entry, about.get(row.subject or ""), places.get(row.municipality_id or 0))
        for row, entry in zip(rows, await history.told(session, rows), strict=True)
    ]
