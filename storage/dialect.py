"""The few statements that SQLite and PostgreSQL spell the same but SQLAlchemy keeps apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models.base import Base

CHUNK = 500
"""Rows in one statement; SQLite takes at most 32,766 values in one."""


async def insert_missing(session: AsyncSession, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Inserts the rows that break no unique key, leaves the others alone; returns how many were new."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    added = 0
    for start in range(0, len(rows), CHUNK):
        statement = dialect.insert(table).on_conflict_do_nothing()
        result = await session.execute(statement.values(rows[start : start + CHUNK]))
        added += max(0, getattr(result, "rowcount", 0))
    return added
