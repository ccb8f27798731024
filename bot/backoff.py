"""How long to wait before the next attempt, and waiting that a stop ends at once."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any

Sleep = Callable[[float], Coroutine[Any, Any, None]]
"""Waits so many seconds, or less when the program is being stopped."""


def delay(attempt: int, *, first: float = 1.0, longest: float = 60.0) -> float:
    """Seconds before attempt number `attempt` + 1: doubled each time, with a quarter of chance up and down.

    The chance keeps many who failed together from coming back together.
    """
    grown = min(longest, first * 2.0 ** min(max(attempt - 1, 0), 30))
    return grown * random.uniform(0.75, 1.25)  # noqa: S311 - no secret


def sleeping_until(stop: asyncio.Event) -> Sleep:
    """A sleep that ends early when `stop` is set."""

    async def sleep(seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await stop.wait()
        except TimeoutError:
            return

    return sleep
