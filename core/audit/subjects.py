"""What entries are about, by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.model import Subject
from core.registry import cells
from storage.models import (
    Account,
    Association,
    AuditEntry,
    Campaign,
    Municipality,
    Organisation,
    Position,
    Programme,
    SavedAudience,
    Teacher,
)
from storage.models import Subject as SchoolSubject

_NAMED: Mapping[str, tuple[type[Any], Any]] = {
    "teacher": (Teacher, cells.full_name()),
    "organisation": (Organisation, Organisation.short_name),
    "association": (Association, Association.name),
    "programme": (Programme, Programme.title),
    "position": (Position, Position.title),
    "subject": (SchoolSubject, SchoolSubject.title),
    "audience": (SavedAudience, SavedAudience.title),
    "campaign": (Campaign, Campaign.title),
    "municipality": (Municipality, Municipality.name),
}
"""Kind → whose id it is and what it is called."""


async def subjects(session: AsyncSession, entries: Sequence[AuditEntry]) -> dict[str, Subject]:
    """By code."""
    codes = {one.subject for one in entries if one.subject}
    wanted: dict[str, set[int]] = {}
    for code in codes:
        kind, _, number = code.partition(":")
        if number.isascii() and number.isdigit():
            wanted.setdefault(kind, set()).add(int(number))
    names = {kind: await _names(session, kind, ids) for kind, ids in wanted.items()}
    return {code: _subject(code, names) for code in codes}


def _subject(code: str, names: Mapping[str, Mapping[str, str]]) -> Subject:
    kind, _, identity = code.partition(":")
    return Subject(kind, identity, names.get(kind, {}).get(identity))


async def _names(session: AsyncSession, kind: str, ids: set[int]) -> dict[str, str]:
    if kind == "account":
        rows = await session.execute(
            select(Account.id, func.coalesce(Account.name, cells.full_name()))
            .outerjoin(Teacher, Teacher.id == Account.teacher_id)
            .where(Account.id.in_(sorted(ids)))
        )
    elif kind in _NAMED:
        table, name = _NAMED[kind]
        rows = await session.execute(select(table.id, name).where(table.id.in_(sorted(ids))))
    else:
        return {}
    return {str(identity): name for identity, name in rows if name}
