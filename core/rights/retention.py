"""What has been kept for long enough goes. Inside the caller's transaction, a bounded number of rows at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, inspect, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from core.importing.model import ImportState
from core.people.model import Role
from core.rights.model import Kept
from storage.models import (
    Account,
    AuditEntry,
    Base,
    Delivery,
    Grant,
    ImportChange,
    ImportRun,
    InboxUpdate,
    Invite,
    Reminder,
    Response,
    SignInCheck,
    SignInLink,
    Teacher,
    WebSession,
)

BATCH = 500
"""Rows of one table in one transaction: others write in between."""
WAITING_FILES = timedelta(days=1)
OVER = ("sent", "merged", "unreachable", "failed", "unknown", "cancelled")
"""States of a delivery that nothing follows."""


async def archived(session: AsyncSession, kept: Kept, now: datetime) -> Sequence[Teacher]:
    """Those who left so long ago that they are to be erased; at most a few at a time.

    Whoever still runs the installation is not one of them: that right has to be taken first.
    """
    long_ago = now - timedelta(days=kept.archived_teachers)
    runs = exists().where(
        Account.teacher_id == Teacher.id,
        Grant.account_id == Account.id,
        Grant.role == Role.ADMINISTRATOR,
        Grant.municipality_id.is_(None),
    )
    found = await session.scalars(
        select(Teacher).where(Teacher.archived_at < long_ago, ~runs).order_by(Teacher.id).limit(BATCH // 10)
    )
    return found.all()


async def forget_batch(session: AsyncSession, kept: Kept, now: datetime) -> int:
    """Deletes rows whose time has come; returns how many. 0 means that none is left."""
    forgotten = 0
    for table, due in _due(kept, now):
        key = inspect(table).primary_key
        rows = (await session.execute(select(*key).where(due).limit(BATCH))).all()
        if rows:
            await session.execute(delete(table).where(tuple_(*key).in_([tuple(row) for row in rows])))
        forgotten += len(rows)
    return forgotten


def _due(kept: Kept, now: datetime) -> list[tuple[type[Base], ColumnElement[bool]]]:
    passing = now - timedelta(days=kept.passing)
    old_run = select(ImportRun.id).where(ImportRun.applied_at < now - timedelta(days=kept.imports))
    return [
        (Response, Response.started_at < now - timedelta(days=kept.answers)),
        (AuditEntry, AuditEntry.at < now - timedelta(days=kept.audit)),
        (Delivery, Delivery.state.in_(OVER) & (Delivery.not_before < now - timedelta(days=kept.deliveries))),
        (Reminder, Reminder.settled_at.is_not(None) & (Reminder.due_at < now - timedelta(days=kept.deliveries))),
        (WebSession, WebSession.expires_at < passing),
        (SignInLink, SignInLink.expires_at < passing),
        (SignInCheck, SignInCheck.expires_at < passing),
        (Invite, Invite.expires_at < passing),
        (InboxUpdate, (InboxUpdate.state == "aside") & (InboxUpdate.received_at < passing)),
        (ImportChange, ImportChange.run_id.in_(old_run)),
        (
            ImportRun,
            ImportRun.state.in_((ImportState.READY, ImportState.FAILED)) & (ImportRun.created_at < now - WAITING_FILES),
        ),
    ]
