"""Brings a database to the present shape, or back; the same on SQLite and PostgreSQL."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engine import is_sqlite

Step = Callable[[Connection], None]

PATIENCE_MS = 60_000
"""How long a process waits for another one that is migrating the same SQLite file."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings without an ini file; `connection` is what the migrations run on."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.attributes["connection"] = connection
    return settings


async def upgrade(url: str, revision: str = "head") -> None:
    """Creates missing tables and columns; safe to call at every start, also by several processes.

    All or nothing: what fails half-way leaves the database as it was. One call at a time in a process,
    since Alembic keeps its context in a global.
    """
    await _migrate(url, lambda connection: command.upgrade(config(connection), revision))


async def downgrade(url: str, revision: str) -> None:
    await _migrate(url, lambda connection: command.downgrade(config(connection), revision))


async def _migrate(url: str, step: Step) -> None:
    engine = create_async_engine(url)
    sqlite = is_sqlite(url)
    if sqlite:
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _lock_sqlite)
    try:
        await _run(engine, step, sqlite=sqlite)
    finally:
        await engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
    # A table is rebuilt by copy, drop and rename; with the keys on, the drop would cascade.
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def _lock_sqlite(connection: Connection) -> None:
    """The write lock from the first look on: a second process waits, then finds everything done."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


async def _run(engine: AsyncEngine, step: Step, *, sqlite: bool) -> None:
    async with engine.connect() as connection:
        if not sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(4711)"))
        await connection.run_sync(step)
        if sqlite and (await connection.execute(text("PRAGMA foreign_key_check"))).first() is not None:
            raise RuntimeError("a migration left rows whose parents are missing")
        await connection.commit()
