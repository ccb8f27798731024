"""Engines for SQLite and PostgreSQL, set up so that no write is lost (STACK.md, "SQLite")."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_MS = 5_000
"""How long a statement waits for another process before it reports "database is locked"."""


def is_sqlite(url: str | URL) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def make_engine(url: str, *, writable: bool, pool_size: int = 5) -> AsyncEngine:
    """An engine for one purpose: a read-only one refuses to write, on SQLite by the file's own lock rules.

    On SQLite a writer takes the write lock at the start (`BEGIN IMMEDIATE`): a transaction that reads
    first and asks for the lock later fails, or loses what another one wrote in between.
    """
    if not is_sqlite(url):
        return create_async_engine(url, pool_size=pool_size, max_overflow=5, pool_pre_ping=True)
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=0 if writable else 5)
    begin = "BEGIN IMMEDIATE" if writable else "BEGIN"

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        _prepare_sqlite(connection, writable=writable)

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _prepare_sqlite(connection: Any, *, writable: bool) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would be a deferred one
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # erased answers are overwritten with zeros, not only unlinked
        f"query_only={'OFF' if writable else 'ON'}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    # SQLite's own lower() knows ASCII only, so a search for «Иванов» would miss «ИВАНОВ».
    connection.create_function("lower", 1, _lower)


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def sqlite_is_safe() -> bool:
    """False for versions whose write-ahead log can lose commits under a race (fixed in 3.51.3, 3.50.7, 3.44.6)."""
    version = sqlite3.sqlite_version_info
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
