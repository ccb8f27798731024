"""Brings a database to the present shape, or back; the same on SQLite and PostgreSQL."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engine import is_sqlite

Step = Callable[[Connection], None]


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings without an ini file; `connection` is what the migrations run on."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.attributes["connection"] = connection
    return settings


async def upgrade(url: str, revision: str = "head") -> None:
    """Creates missing tables and columns; safe to call at every start, also by several processes."""
    await _migrate(url, lambda connection: command.upgrade(config(connection), revision))


async def downgrade(url: str, revision: str) -> None:
    await _migrate(url, lambda connection: command.downgrade(config(connection), revision))


async def _migrate(url: str, step: Step) -> None:
    engine = create_async_engine(url)
    try:
        await _run(engine, step, sqlite=is_sqlite(url))
    finally:
        await engine.dispose()


async def _run(engine: AsyncEngine, step: Step, *, sqlite: bool) -> None:
    async with engine.connect() as connection:
        if sqlite:
            # A table is rebuilt by copy, drop and rename; with the keys on, the drop would cascade.
            await connection.execute(text("PRAGMA foreign_keys=OFF"))
            await connection.commit()
        else:
            await connection.execute(text("SELECT pg_advisory_lock(4711)"))  # held until the connection closes
        await connection.run_sync(step)
        await connection.commit()
        if sqlite and (await connection.execute(text("PRAGMA foreign_key_check"))).first() is not None:
            raise RuntimeError("a migration left rows whose parents are missing")
