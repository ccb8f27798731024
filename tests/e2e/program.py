"""The program as `make run` starts it, in a process of its own, on an empty folder and free ports."""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.session import Database, open_database

ROOT = Path(__file__).parents[2]
START_SECONDS = 180
STOP_SECONDS = 60
CHAT = re.compile(r"(http://127\.0\.0\.1:\d+)/\s*$", re.MULTILINE)
CABINET = re.compile(r"(http://127\.0\.0\.1:\d+)(/enter/\S+)")


@dataclass(frozen=True)
class Program:
    """Addresses that it printed, what it keeps, and a look at its database with a session of our own."""

    chat: str
    admin: str
    sign_in: str
    folder: Path
    db: Database
    process: asyncio.subprocess.Process

    def cast(self) -> list[dict[str, Any]]:
        """Everybody who was made up."""
        content = json.loads((self.folder / "playground" / "cast.json").read_text(encoding="utf-8"))
        members: list[dict[str, Any]] = content["members"]
        return members


@asynccontextmanager
async def running(folder: Path, *command: str) -> AsyncIterator[Program]:
    """Starts it (`run` unless said) and, at the end, stops it with SIGTERM; it must then end by itself with code 0."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "cli", *(command or ("run",)), "--port", "0", "--chat-port", "0"),
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder), "TELEGRAM_TOKEN": "", "COLUMNS": "200"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        printed = await asyncio.wait_for(_until_ready(process), START_SECONDS)
        chat, cabinet = CHAT.search(printed), CABINET.search(printed)
        assert chat is not None, printed
        assert cabinet is not None, printed
        database = folder / "playground" / "metodkabinet.db"
        async with asyncio.TaskGroup() as group, open_database(f"sqlite+aiosqlite:///{database.as_posix()}") as db:
            reading = group.create_task(_read_on(process))
            yield Program(chat[1], cabinet[1], cabinet[2], folder, db, process)
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), STOP_SECONDS) == 0, await reading
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _until_ready(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    printed = ""
    while "Ctrl+C" not in printed:
        line = (await process.stdout.readline()).decode()
        assert line, f"the program ended: {printed}"
        printed += line
    return printed


async def _read_on(process: asyncio.subprocess.Process) -> str:
    """What it prints afterwards; a pipe that nobody reads would stop it."""
    assert process.stdout is not None
    return (await process.stdout.read()).decode()


async def until(look: Callable[[], Awaitable[bool]], what: str, seconds: float = 120) -> None:
    """Waits for a state that nothing announces."""
    try:
        async with asyncio.timeout(seconds):
            while not await look():  # noqa: ASYNC110 - the state is another process's
                await asyncio.sleep(0.2)
    except TimeoutError:
        raise AssertionError(f"never happened: {what}") from None
