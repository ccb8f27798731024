"""A form that was sent twice does its work once.

A doubled press or a page sent again after "back" carries the same form id. The second one waits for
the first and is led to the same place. Kept in memory and per process: it spares people a duplicate,
nothing depends on it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

REMEMBERED = 500


class Once:
    def __init__(self) -> None:
        self._running: dict[str, asyncio.Lock] = {}
        self._done: OrderedDict[str, str] = OrderedDict()

    async def run(self, key: str, work: Callable[[], Awaitable[str]]) -> str:
        """Where the work led; an error is not remembered, so the corrected form can be sent again."""
        lock = self._running.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                if key not in self._done:
                    self._remember(key, await work())
                return self._done[key]
        finally:
            self._running.pop(key, None)

    def _remember(self, key: str, place: str) -> None:
        self._done[key] = place
        while len(self._done) > REMEMBERED:
            self._done.popitem(last=False)
