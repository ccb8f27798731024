"""The near end of benchmarks.telegram_apart."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

LONGEST_LINE = 2**24
"""Bytes; the figures of a broadcast are one line."""


class Apart:
    """`base_url` and `token` are for the bot."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.base_url = ""
        self.token = ""

    async def begin(self) -> None:
        there = await self._answer()
        self.base_url, self.token = there["base_url"], there["token"]

    async def ask(self, do: str, **more: Any) -> Any:
        """One of benchmarks.telegram_apart.Orders; returns when it is done."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **more}).encode() + b"\n")
        await self._process.stdin.drain()
        return await self._answer()

    async def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        assert line, "the stand-in has died"
        return json.loads(line)


@asynccontextmanager
async def telegram_apart() -> AsyncIterator[Apart]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.telegram_apart", stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE
    )
    try:
        apart = Apart(process)
        await apart.begin()
        yield apart
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
