"""Updates from a messenger, kept until their effect is committed (DESIGN, way 1; decision 0004)."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialect import insert_missing
from storage.models import InboxUpdate
from storage.session import Database

REASON_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update as it came: `payload` is the raw JSON, `person` the key of the one-at-a-time order."""

    update_id: int
    person: str
    payload: str


@dataclass(frozen=True, slots=True)
class Pending:
    id: int
    person: str
    payload: str | None
    applied: bool
    """Its effect was committed before the process died; only the screen is owed."""
    attempts: int


class AlreadyApplied(Exception):
    """Another worker has committed the effect of this update."""


async def receive(db: Database, channel: str, updates: Sequence[Incoming], now: datetime) -> int:
    """Stores updates; one that was handed over before is ignored. Returns how many were new.

    After this returns they are on disk and may be confirmed to the messenger.
    """
    rows = [
        {
            "channel": channel,
            "update_id": one.update_id,
            "person": one.person,
            "payload": one.payload,
            "state": "new",
            "attempts": 0,
            "received_at": now,
        }
        for one in updates
    ]
    async with db.write() as session:
        return await insert_missing(session, InboxUpdate, rows)


async def pending(db: Database, channel: str, *, after: int = 0, limit: int = 200) -> list[Pending]:
    """Unfinished updates in the order they came, those with a row id above `after`."""
    rows = (
        select(InboxUpdate)
        .where(InboxUpdate.channel == channel, InboxUpdate.state.in_(("new", "applied")), InboxUpdate.id > after)
        .order_by(InboxUpdate.id)
        .limit(limit)
    )
    async with db.read() as session:
        return [
            Pending(row.id, row.person, row.payload, row.state == "applied", row.attempts)
            for row in await session.scalars(rows)
        ]


class UpdateWork:
    """The database as a handler of one update sees it: its first write also marks the update as applied.

    So the effect and the mark are one transaction, and an update can never take effect twice.
    """

    def __init__(self, db: Database, inbox_id: int) -> None:
        self._db = db
        self._inbox_id = inbox_id
        self.applied = False

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self._db.read()

    @asynccontextmanager
    async def write(self, *, scrub: bool = False) -> AsyncIterator[AsyncSession]:
        """Raises AlreadyApplied when the update's effect is in the database already."""
        async with self._db.write(scrub=scrub) as session:
            if not self.applied:
                await self._mark(session)
            yield session
        self.applied = True

    async def _mark(self, session: AsyncSession) -> None:
        marked = await session.scalar(
            update(InboxUpdate)
            .where(InboxUpdate.id == self._inbox_id, InboxUpdate.state == "new")
            .values(state="applied", payload=None)
            .returning(InboxUpdate.id)
        )
        if marked is None:
            raise AlreadyApplied(self._inbox_id)


async def finish(db: Database, ids: Sequence[int]) -> None:
    """The screens of these updates have been shown; losing this mark only shows a screen once more."""
    async with db.write() as session:
        await session.execute(
            update(InboxUpdate)
            .where(InboxUpdate.id.in_(ids), InboxUpdate.state.in_(("new", "applied")))
            .values(state="done", payload=None)
        )


async def note_failure(db: Database, inbox_id: int, reason: str) -> int:
    """Counts a failed attempt, returns the new count. `reason` is the kind of error, never its text."""
    async with db.write() as session:
        row = await session.get_one(InboxUpdate, inbox_id, with_for_update=True)
        row.attempts += 1
        row.reason = reason[:REASON_LENGTH]
        return row.attempts


async def set_aside(db: Database, inbox_id: int, reason: str) -> None:
    """Takes an update out of the flow for a person to look at; the rest goes on.

    Of its payload only the shape is kept: it may hold an answer to an anonymous survey.
    """
    async with db.write(scrub=True) as session:
        row = await session.get_one(InboxUpdate, inbox_id, with_for_update=True)
        row.state = "aside"
        row.reason = reason[:REASON_LENGTH]
        row.payload = None if row.payload is None else json.dumps(_shape(json.loads(row.payload)))


def _shape(value: object) -> object:
    """The same structure with the name of its type in place of every value."""
    if isinstance(value, dict):
        return {key: _shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_shape(one) for one in value]
    return type(value).__name__


async def forget(db: Database, before: datetime) -> None:
    """Erases finished rows; a messenger does not repeat an update after a day (Bot API, getUpdates)."""
    async with db.write() as session:
        await session.execute(delete(InboxUpdate).where(InboxUpdate.state == "done", InboxUpdate.received_at < before))


async def count_by_state(session: AsyncSession) -> dict[str, int]:
    rows = await session.execute(select(InboxUpdate.state, func.count()).group_by(InboxUpdate.state))
    return dict(rows.all())


async def aside(session: AsyncSession, limit: int = 100) -> list[InboxUpdate]:
    """The newest updates that were set aside."""
    rows = select(InboxUpdate).where(InboxUpdate.state == "aside").order_by(InboxUpdate.id.desc()).limit(limit)
    return list(await session.scalars(rows))
