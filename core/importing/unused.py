"""Which people that an import has added are in use by now, and so have to stay."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, Select, Table, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.importing.model import Reason
from storage.models import Account, AuditEntry, Base, Teacher

_OWN = frozenset(
    {"teacher_subjects", "training_records", "awards", "accounts", "import_changes", "invites", "distinct_people"}
)
"""Tables whose rows come with a new person, or mean nothing without them: an invite that nobody has used."""
_REASONS = {
    "chats": Reason.JOINED,
    "consents": Reason.JOINED,
    "web_sessions": Reason.JOINED,
    "participations": Reason.ASKED,
    "responses": Reason.ASKED,
}


async def in_use(session: AsyncSession, teachers: Collection[int]) -> dict[int, Reason]:
    """Teacher → why they stay; every table that refers to people is asked, also one that comes later."""
    found: dict[int, Reason] = {}
    for table, query in _references(teachers):
        for teacher_id in await session.scalars(query):
            found.setdefault(teacher_id, _REASONS.get(table, Reason.LINKED))
    for teacher_id in await session.scalars(_with_password(teachers)):
        found.setdefault(teacher_id, Reason.JOINED)
    for subject in await session.scalars(_edited(teachers)):
        found.setdefault(int(subject.removeprefix("teacher:")), Reason.EDITED)
    return found


def _references(teachers: Collection[int]) -> Iterator[tuple[str, Select[Any]]]:
    for table in Base.metadata.sorted_tables:
        if table.name in _OWN:
            continue
        for key in table.foreign_keys:
            if key.column.table.name == Teacher.__tablename__:
                yield table.name, select(key.parent).where(key.parent.in_(teachers)).distinct()
            elif key.column.table.name == Account.__tablename__:
                yield table.name, _by_account(table, key.parent, teachers)


def _by_account(table: Table, column: Column[Any], teachers: Collection[int]) -> Select[Any]:
    return (
        select(Account.teacher_id)
        .select_from(table)
        .join(Account, Account.id == column)
        .where(Account.teacher_id.in_(teachers))
        .distinct()
    )


def _with_password(teachers: Collection[int]) -> Select[Any]:
    return select(Account.teacher_id).where(
        Account.teacher_id.in_(teachers), or_(Account.login.is_not(None), Account.password_hash.is_not(None))
    )


def _edited(teachers: Collection[int]) -> Select[Any]:
    """Whoever changes something about a person leaves a line in the audit."""
    return (
        select(AuditEntry.subject)
        .where(
            AuditEntry.subject.in_([f"teacher:{one}" for one in teachers]),
            AuditEntry.action != "teacher.added",
            AuditEntry.action.not_like("invite.%"),
        )
        .distinct()
    )
