"""`python -m cli run` as a person starts it: pages answer, a signal ends it, the second run goes on."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 180
"""Seconds; filling the database with 532 people on a busy machine."""

pytestmark = pytest.mark.processes


async def _start(data: Path, *arguments: str) -> Process:
    kept = {name: value for name, value in os.environ.items() if name not in {"TELEGRAM_TOKEN", "DATABASE_URL"}}
    environment = {**kept, "DATA_DIR": str(data), "COLUMNS": "200", "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-m", "cli", *arguments)
    return await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=STDOUT, env=environment, cwd=data.parent)


async def _until(process: Process, words: str) -> str:
    """What was printed up to the line with these words."""
    assert process.stdout is not None
    shown = ""
    async with asyncio.timeout(PATIENCE):
        while words not in shown:
            line = (await process.stdout.readline()).decode()
            assert line, f"it ended before {words!r}:\n{shown}"
            shown += line
    return shown


async def _end(process: Process, number: int) -> tuple[int, str]:
    process.send_signal(number)
    async with asyncio.timeout(PATIENCE):
        rest, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, rest.decode()


async def test_two_runs_of_the_playground(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = await _start(data, "run", "--port", "0", "--chat-port", "0")
    try:
        shown = await _until(first, "Ctrl+C")
        assert "вымышлены" in shown
        await _pages_answer(shown)
        code, rest = await _end(first, signal.SIGTERM)
        assert (code, "Остановлено" in rest) == (0, True), rest
    finally:
        await _make_sure(first)
    second = await _start(data, "run", "--port", "0", "--chat-port", "0")
    try:
        assert "Продолжаю с прежних учебных данных" in await _until(second, "Ctrl+C")
        code, rest = await _end(second, signal.SIGINT)
        assert (code, "Traceback" in rest) == (0, False), rest
    finally:
        await _make_sure(second)


async def _pages_answer(shown: str) -> None:
    """Both pages are there, and the sign-in link lets one browser in and no second one."""
    chat, sign_in = re.findall(r"http://\S+", shown)[:2]
    async with httpx.AsyncClient(follow_redirects=True) as client:
        assert (await client.get(chat)).status_code == 200
        people = (await client.get(f"{chat}chat/people")).json()
        assert len(people) == 534
        assert (await client.get(sign_in)).status_code == 200
        own = {"Origin": sign_in.partition("/enter/")[0]}
        entered = await client.post(sign_in, headers=own)
        assert entered.status_code == 200
        assert "/sign-in" not in str(entered.url)
    async with httpx.AsyncClient(follow_redirects=True) as stranger:
        assert (await stranger.post(sign_in, headers=own)).url != entered.url


async def _make_sure(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.communicate()


async def test_a_port_in_use_is_said_in_words(tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    process = await _start(tmp_path / "data", "playground", "--port", "0", "--chat-port", str(port))
    async with asyncio.timeout(PATIENCE):
        shown, _ = await process.communicate()
    server.close()
    assert process.returncode == 2
    assert "занят" in shown.decode()
    assert "Traceback" not in shown.decode()
