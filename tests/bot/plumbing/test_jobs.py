"""Jobs only run where the lease is, one failing job stops nothing, and a stop waits for a job that is running."""

import asyncio

from bot.jobs import inbox
from bot.jobs.scheduler import Job, Ticker
from storage.inbox import finish
from storage.session import Database
from tests.bot.plumbing.fakes import message, rows, store, until
from tests.clocks import SetClock


async def test_every_job_runs_at_once_and_a_failing_one_stops_nobody() -> None:
    ran: list[str] = []

    async def good() -> None:
        ran.append("good")

    async def bad() -> None:
        ran.append("bad")
        raise ValueError("x")

    stop = asyncio.Event()
    ticker = Ticker([Job("bad", 3600, bad), Job("good", 3600, good)], lambda: True)
    task = asyncio.create_task(ticker.run(stop))
    await until(lambda: sorted(ran) == ["bad", "good"])
    stop.set()
    await task


async def test_without_the_lease_a_tick_does_nothing() -> None:
    ran: list[str] = []

    async def job() -> None:
        ran.append("x")

    await Ticker([], lambda: False).tick(Job("job", 1, job))
    assert ran == []


async def test_a_late_job_is_neither_dropped_nor_doubled() -> None:
    async def job() -> None: ...

    [added] = Ticker([Job("job", 60, job)], lambda: True).build().get_jobs()
    assert added.id == "job"
    scheduler = Ticker([Job("job", 60, job)], lambda: True).build()
    scheduler.start(paused=True)
    [started] = scheduler.get_jobs()
    assert (started.misfire_grace_time, started.coalesce, started.max_instances) == (None, True, 1)
    scheduler.shutdown(wait=False)


async def test_a_stop_lets_a_running_job_end() -> None:
    begun, go_on, ended = asyncio.Event(), asyncio.Event(), []

    async def job() -> None:
        begun.set()
        await go_on.wait()
        ended.append(1)

    stop = asyncio.Event()
    task = asyncio.create_task(Ticker([Job("job", 3600, job)], lambda: True).run(stop))
    await begun.wait()
    stop.set()
    asyncio.get_running_loop().call_later(0.01, go_on.set)
    await task
    assert ended == [1]


async def test_finished_updates_are_forgotten_when_telegram_cannot_repeat_them(
    sqlite_db: Database, clock: SetClock
) -> None:
    await store(sqlite_db, clock, message(1), message(2))
    await finish(sqlite_db, [1])
    job = inbox.job(sqlite_db, clock)
    clock.advance(hours=47)
    await job.run()
    assert len(await rows(sqlite_db)) == 2
    clock.advance(hours=2)
    await job.run()
    assert [row.update_id for row in await rows(sqlite_db)] == [2]
