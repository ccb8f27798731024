"""What runs by the clock. A tick only wakes an action that looks for due rows, so a lost tick loses nothing.

APScheduler keeps no state: its store is memory. With several processes only the holder of the lease
"scheduler" acts.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.failures import caught, kind_of

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """`run` is called every `seconds`, and once more after it was late; never twice at the same time."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[object]]


class Ticker:
    """Runs jobs while `may_work` says so. A job that fails is logged and runs again at its next time."""

    def __init__(self, jobs: Sequence[Job], may_work: Callable[[], bool]) -> None:
        self._jobs = jobs
        self._may_work = may_work
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Every job at once, then at its interval; ends when `stop` is set and running jobs have ended."""
        scheduler = self.build()
        scheduler.start()
        try:
            await stop.wait()
            scheduler.pause()
            # APScheduler's own shutdown would cancel them in the middle.
            await self._idle.wait()
        finally:
            scheduler.shutdown(wait=False)

    def build(self) -> AsyncIOScheduler:
        scheduler = AsyncIOScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            executors={"default": AsyncIOExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for job in self._jobs:
            trigger = IntervalTrigger(seconds=int(job.seconds), timezone=UTC)
            scheduler.add_job(self.tick, trigger, [job], id=job.name, next_run_time=datetime.now(UTC))
        return scheduler

    async def tick(self, job: Job) -> None:
        """One run of one job, if this process is the one to do it."""
        if not self._may_work():
            return
        self._running += 1
        self._idle.clear()
        result = await caught(job.run())
        self._running -= 1
        if not self._running:
            self._idle.set()
        if isinstance(result, Exception):
            log.error("job failed", job=job.name, error=kind_of(result))
