"""Waiting for whichever comes first."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


async def first_of(*waits: Coroutine[Any, Any, object]) -> None:
    """Returns when one of them has ended; the others are cancelled, and none is left behind."""
    tasks = [asyncio.ensure_future(one) for one in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, Result]) -> Result | None:
    """What the work returned or raised; None when `stop` came first, which cancels the work."""
    task = asyncio.ensure_future(work)
    await first_of(_end_of(task), stop.wait())
    return None if task.cancelled() else task.result()


async def _end_of(task: "asyncio.Future[Result]") -> None:
    await task
