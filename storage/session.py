"""The one way to the database: `read()` for a snapshot, `write()` for a transaction.

On SQLite only one transaction can write at a time, and each commit waits for the disk. So writers of
this process take turns inside a shared transaction, each in a savepoint of its own, and one commit
serves all of them ("group commit"). Nobody is told of success before that commit.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from storage.engine import BUSY_MS, is_sqlite, make_engine

GROUP_LIMIT = 64
"""Turns in one commit; bounds how long the first one waits."""

SCRUB_WAIT_MS = 100


class Store(Protocol):
    """What actions need of a database; `Database` is one, `storage.inbox.UpdateWork` another."""

    def read(self) -> AbstractAsyncContextManager[AsyncSession]: ...

    def write(self, *, scrub: bool = False) -> AbstractAsyncContextManager[AsyncSession]: ...


class Database:
    """Open with `open_database`; share one object in the process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sqlite = is_sqlite(url)
        if self.sqlite:
            self._readers = make_engine(url, writable=False)
            self._writers = make_engine(url, writable=True, pool_size=1)
            self._group: _GroupCommit | None = _GroupCommit(self._writers)
        else:
            self._readers = self._writers = make_engine(url, writable=True, pool_size=10)
            self._group = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """One consistent look; whatever is changed through it is discarded."""
        async with AsyncSession(self._readers, expire_on_commit=False) as session:
            if not self.sqlite:
                await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @asynccontextmanager
    async def write(self, *, scrub: bool = False) -> AsyncIterator[AsyncSession]:
        """One transaction, committed when the block ends and undone when it raises.

        Returns only when the data are on disk. `scrub` asks that what this transaction deletes also
        disappears from SQLite's write-ahead log. Raises whatever the commit raises.
        """
        if self._group is None:
            async with AsyncSession(self._writers, expire_on_commit=False) as session, session.begin():
                yield session
            return
        async with self._group.turn(scrub=scrub) as session:
            yield session

    async def open(self) -> None:
        if self._group is not None:
            self._group.start()

    async def close(self) -> None:
        if self._group is not None:
            await self._group.stop()
        await self._readers.dispose()
        await self._writers.dispose()


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


@dataclass(eq=False)
class _Turn:
    scrub: bool
    granted: "asyncio.Future[AsyncConnection]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    released: "asyncio.Future[None]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    committed: "asyncio.Future[None]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class _GroupCommit:
    """Hands the write transaction from turn to turn and commits when nobody is waiting."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queue: asyncio.Queue[_Turn | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._scrub_due = False

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="group-commit")
        self._task.add_done_callback(self._turn_away)

    async def stop(self) -> None:
        if self._task is not None:
            self._queue.put_nowait(None)
            await self._task

    @asynccontextmanager
    async def turn(self, *, scrub: bool) -> AsyncIterator[AsyncSession]:
        if self._task is None or self._task.done():
            raise RuntimeError("the database is not open")
        turn = _Turn(scrub)
        self._queue.put_nowait(turn)
        try:
            connection = await turn.granted
            async with AsyncSession(
                connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
            ) as session:
                yield session
                await session.commit()
        finally:
            if not turn.released.done():
                turn.released.set_result(None)
        await turn.committed

    def _turn_away(self, _task: "asyncio.Task[None]") -> None:
        """Nobody may wait for a writer that has ended."""
        while not self._queue.empty():
            if (turn := self._queue.get_nowait()) is not None and not turn.granted.done():
                turn.granted.set_exception(RuntimeError("the database is closed"))

    async def _run(self) -> None:
        while (first := await self._queue.get()) is not None:
            turns: list[_Turn] = []
            try:
                async with self._engine.connect() as connection:
                    stopping = await self._serve(connection, first, turns)
                    if self._scrub_due:
                        await self._scrub(connection)
            except SQLAlchemyError as error:
                stopping = False
                for turn in [*turns, first]:
                    _fail(turn, error)
            if stopping:
                return

    async def _serve(self, connection: AsyncConnection, first: _Turn, turns: list[_Turn]) -> bool:
        """One transaction for all who are waiting; True when the database is being closed."""
        turn: _Turn | None = first
        async with connection.begin():
            while turn is not None:
                turns.append(turn)
                if not turn.granted.done():
                    turn.granted.set_result(connection)
                    await turn.released
                if len(turns) == GROUP_LIMIT or self._queue.empty():
                    break
                turn = self._queue.get_nowait()
        for done in turns:
            self._scrub_due = self._scrub_due or done.scrub
            if not done.committed.done():
                done.committed.set_result(None)
        return turn is None

    async def _scrub(self, connection: AsyncConnection) -> None:
        """Folds the write-ahead log into the file and empties it; tried again later while a reader is in the way."""
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        await raw.execute(f"PRAGMA busy_timeout={SCRUB_WAIT_MS}")
        async with raw.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
            busy = (await cursor.fetchone())[0]
        await raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        self._scrub_due = bool(busy)


def _fail(turn: _Turn, error: SQLAlchemyError) -> None:
    """Tells whoever waits for this turn, at whichever of its two points, that nothing was stored."""
    waiting = turn.committed if turn.granted.done() else turn.granted
    if not waiting.done():
        waiting.set_exception(error)
