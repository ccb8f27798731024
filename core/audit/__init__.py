"""One line for every change and every look at protected data: who, when, what (SPEC §14)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.people.model import Actor
from storage.models import AuditEntry


def note(  # noqa: PLR0913 - the parts of one line
    session: AsyncSession,
    at: datetime,
    actor: Actor | None,
    action: str,
    subject: str | None = None,
    *,
    municipality_id: int | None = None,
    details: dict[str, Any] | None = None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> None:
    """Adds the entry to the caller's transaction.

    `subject` is "teacher:12"; whatever belongs to a teacher (a course, an award, an invite, a grant) has the teacher
    as its subject, so that their history is one list and can be erased. `details` hold ids and settings, never names or
    answers; `changes` hold field → (before, after), as JSON can have them (see `told`).
    """
    session.add(
        AuditEntry(
            at=at,
            account_id=actor.account_id if actor else None,
            municipality_id=municipality_id or (actor.municipality_id if actor else None),
            action=action,
            subject=subject,
            details=details or {},
            changes={field: [told(before), told(after)] for field, (before, after) in (changes or {}).items()},
        )
    )


def whose(account_id: int, teacher_id: int | None) -> str:
    """The subject of what concerns somebody with an account: the teacher where the registry knows them."""
    return f"account:{account_id}" if teacher_id is None else f"teacher:{teacher_id}"


def told(value: Any) -> Any:
    """The value as JSON has it: days and moments in ISO 8601, decimals as text."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | StrEnum) else value
