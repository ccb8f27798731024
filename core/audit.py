"""One line for every change and every look at protected data: who, when, what (SPEC §14)."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.people.model import Actor
from storage.models import AuditEntry


def note(
    session: AsyncSession,
    at: datetime,
    actor: Actor | None,
    action: str,
    subject: str | None = None,
    *,
    municipality_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Adds the entry to the caller's transaction; `details` hold ids and settings, never names or answers."""
    session.add(
        AuditEntry(
            at=at,
            account_id=actor.account_id if actor else None,
            municipality_id=municipality_id or (actor.municipality_id if actor else None),
            action=action,
            subject=subject,
            details=details or {},
        )
    )
