"""Answers per second on disk: writers who share commits against one commit for each answer (decision 0005)."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.result import Row
from core.clock import SystemClock
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.models import AuditEntry
from storage.session import open_database

CLIENTS = 50
PER_CLIENT = 20


async def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{(Path(folder) / 'bench.db').as_posix()}"
        await upgrade(url)
        single = await _one_commit_each(url)
        grouped = await _grouped(url)
    return [
        Row(f"запись ответа, {CLIENTS} человек, один ответ — один commit", f"{single:.0f} в секунду", 1.0),
        Row(f"запись ответа, {CLIENTS} человек, общий commit", f"{grouped:.0f} в секунду", grouped / single),
    ]


async def _one_commit_each(url: str) -> float:
    engine = make_engine(url, writable=True, pool_size=1)

    async def write() -> None:
        async with AsyncSession(engine) as session, session.begin():
            await _answer(session)

    try:
        return await _per_second(write)
    finally:
        await engine.dispose()


async def _grouped(url: str) -> float:
    async with open_database(url) as db:

        async def write() -> None:
            async with db.write() as session:
                await _answer(session)

        return await _per_second(write)


async def _answer(session: AsyncSession) -> None:
    session.add(AuditEntry(at=SystemClock().now(), action="benchmark", details={}))
    await session.flush()


async def _per_second(write: Callable[[], Awaitable[None]]) -> float:
    async def client() -> None:
        for _ in range(PER_CLIENT):
            await write()

    await write()
    begun = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return CLIENTS * PER_CLIENT / (time.perf_counter() - begun)
