"""What became of one record: its lines of the audit, with names instead of ids."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Denied
from core.people.model import Actor
from core.registry import cells, reach
from core.registry.kinds import ALL
from core.registry.model import Entry, History, Kind, Owner
from storage.models import Account, Association, AuditEntry, Organisation, Position, Subject, Teacher

PAGE = 50
"""Entries shown at once."""
OF_REGISTRY = frozenset({kind.noun for kind in ALL} | {"membership", "grant", "diagnosis", "consent", "invite"})
"""What the actions begin with: when somebody signs in, or what they answered, is no part of their card."""
_REFERRED: Mapping[str, tuple[type[Any], Any]] = {
    "organisation_id": (Organisation, Organisation.short_name),
    "coordinator": (Organisation, Organisation.short_name),
    "position_id": (Position, Position.title),
    "subjects": (Subject, Subject.title),
    "association": (Association, Association.name),
    "leader": (Association, Association.name),
    "teacher_id": (Teacher, cells.full_name()),
    "leader_id": (Teacher, cells.full_name()),
}
"""Name in `changes` → whose ids stand there."""


async def history(session: AsyncSession, actor: Actor, kind: Kind, record_id: int, page: int = 1) -> History:
    """A page past the end is the last one. Raises NotFound, and Denied for one that the actor may only look at."""
    row, place = await reach.seen(session, actor, kind, record_id)
    if not reach.may_edit(kind, actor, place):
        raise Denied
    where = _of(kind, row)
    total: int = (await session.execute(select(func.count()).select_from(AuditEntry).where(where))).scalar_one()
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 1), pages)
    entries = select(AuditEntry).where(where).order_by(AuditEntry.id.desc())
    found = list(await session.scalars(entries.limit(PAGE).offset((number - 1) * PAGE)))
    return History(await told(session, found), total, number, pages)


async def told(session: AsyncSession, found: Sequence[AuditEntry]) -> list[Entry]:
    """Lines of the audit with names instead of ids, in their order. Whether they may be seen is the caller's to say."""
    people = await _people(session, {one.account_id for one in found if one.account_id is not None})
    names = await _names(session, found)
    return [
        Entry(one.at, _who(one, people), one.action, [_told(names, *change) for change in one.changes.items()])
        for one in found
    ]


def _of(kind: Kind, row: Any) -> ColumnElement[bool]:
    if kind.owner is Owner.TEACHER:
        return and_(
            AuditEntry.subject == f"teacher:{row.teacher_id}",
            AuditEntry.action.startswith(f"{kind.noun}."),
            AuditEntry.details["record"].as_integer() == row.id,
        )
    begins = (AuditEntry.action.startswith(f"{one}.", autoescape=True) for one in sorted(OF_REGISTRY))
    return and_(AuditEntry.subject == f"{kind.noun}:{row.id}", or_(*begins))


async def _people(session: AsyncSession, accounts: set[int]) -> dict[int, str]:
    rows = await session.execute(
        select(Account.id, func.coalesce(Account.name, cells.full_name()))
        .outerjoin(Teacher, Teacher.id == Account.teacher_id)
        .where(Account.id.in_(sorted(accounts)))
    )
    return {account: name or "" for account, name in rows}


def _who(entry: AuditEntry, people: Mapping[int, str]) -> str | None:
    return entry.pseudonym if entry.account_id is None else people.get(entry.account_id)


async def _names(session: AsyncSession, entries: Sequence[AuditEntry]) -> dict[str, dict[int, str]]:
    """By name in `changes` and id."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        for field, values in entry.changes.items():
            if field in _REFERRED:
                wanted.setdefault(field, set()).update(one for value in values for one in _ids(value))
    found: dict[str, dict[int, str]] = {}
    for field, ids in wanted.items():
        table, name = _REFERRED[field]
        rows = await session.execute(select(table.id, name.label("name")).where(table.id.in_(sorted(ids))))
        found[field] = {one.id: one.name for one in rows}
    return found


def _ids(value: Any) -> list[int]:
    """What an import could not find stands there as the text of its file, and stays so."""
    several = value if isinstance(value, list) else [value]
    return [one for one in several if isinstance(one, int) and not isinstance(one, bool)]


def _told(names: Mapping[str, Mapping[int, str]], field: str, values: Sequence[Any]) -> tuple[str, Any, Any]:
    before, after = (_named(names.get(field, {}), value) for value in values)
    return field, before, after


def _named(names: Mapping[int, str], value: Any) -> Any:
    """An id whose record is gone stays a number."""
    if isinstance(value, list):
        return [_named(names, one) for one in value]
    return names.get(value, value) if _ids(value) else value
