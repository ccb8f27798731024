"""Everything that is stored about a person, in words (152-ФЗ, ст. 14)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.words import action_said
from core.rights.answered import answered
from core.rights.contents import Contents, code_said, tables
from core.rights.model import Person, PersonData, Section
from storage.models import Account, AuditEntry, Base, Municipality, Teacher

NAMED_BY = {
    "municipalities": "name",
    "organisations": "short_name",
    "positions": "title",
    "subjects": "title",
    "associations": "name",
    "events": "title",
    "campaigns": "title",
}
"""Table → the column that says which row is meant."""


NOTHING = "—"


async def collect(session: AsyncSession, person: Person, now: datetime) -> PersonData:
    """Sections without rows are left out: the file says what there is."""
    zone = await _zone(session, person)
    sections = [await _section(session, person, one, zone) for one in tables()]
    sections.extend(await answered(session, person, zone))
    sections.append(await _audit(session, person, zone))
    return PersonData(await _name(session, person), now.astimezone(zone), tuple(one for one in sections if one.rows))


async def _zone(session: AsyncSession, person: Person) -> ZoneInfo:
    found = await session.scalar(select(Municipality.timezone).where(Municipality.id == person.municipality_id))
    return ZoneInfo(found or "UTC")


async def _name(session: AsyncSession, person: Person) -> str:
    teacher = await session.get(Teacher, person.teacher_id) if person.teacher_id is not None else None
    if teacher is not None:
        return teacher.full_name
    return await session.scalar(select(Account.name).where(Account.id == person.account_id)) or ""


async def _section(session: AsyncSession, person: Person, contents: Contents, zone: ZoneInfo) -> Section:
    table = Base.metadata.tables[contents.table]
    who = {"teacher": person.teacher_id, "account": person.account_id}
    mine = or_(*(table.c[column] == who[whose] for column, whose in contents.keys.items()))
    columns = [table.c[name] for name in contents.columns]
    found = await session.execute(select(*columns).where(mine).order_by(*table.primary_key.columns))
    names = {column.name: await _names(session, person, column) for column in columns}
    rows = [
        tuple(_cell(names[column.name], value, zone) for column, value in zip(columns, row, strict=True))
        for row in found
    ]
    return Section(contents.title, tuple(contents.columns.values()), tuple(rows))


async def _names(session: AsyncSession, person: Person, column: Column[Any]) -> dict[int, str]:
    """Of what a column refers to: id → name. Colleagues are not named: their names are their own data."""
    target = next((key.column.table for key in column.foreign_keys), None)
    if target is None:
        return {}
    if target is Teacher.__table__ and person.teacher_id is not None:
        return {person.teacher_id: "вы"}
    if target.name not in NAMED_BY:
        return {}
    found = await session.execute(select(target.c.id, target.c[NAMED_BY[target.name]]))
    return {row[0]: row[1] for row in found}


def _cell(names: dict[int, str], value: Any, zone: ZoneInfo) -> str:
    if value is None:
        return NOTHING
    return names.get(value, "коллега") if names else said(value, zone)


def said(value: Any, zone: ZoneInfo) -> str:
    """A stored value as a person reads it."""
    if isinstance(value, dict):
        return "; ".join(f"{code_said(str(key))}: {said(one, zone)}" for key, one in value.items())
    if isinstance(value, list):
        return " → ".join(NOTHING if one is None else said(one, zone) for one in value)
    if isinstance(value, bool):
        return "да" if value else "нет"
    return _plain(value, zone)


def _plain(value: Any, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return code_said(str(value))


async def _audit(session: AsyncSession, person: Person, zone: ZoneInfo) -> Section:
    about = AuditEntry.subject.in_(person.subjects)
    found = await session.scalars(
        select(AuditEntry).where(or_(about, AuditEntry.account_id == person.account_id)).order_by(AuditEntry.id)
    )
    rows = [(said(one.at, zone), _doer(person, one), action_said(one.action), said(one.changes, zone)) for one in found]
    return Section("Журнал действий", ("Когда", "Кто", "Действие", "Что изменилось"), tuple(rows))


def _doer(person: Person, entry: AuditEntry) -> str:
    return "вы" if entry.account_id == person.account_id else "не вы"
