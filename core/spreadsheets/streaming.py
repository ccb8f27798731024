"""A long reading in a process of its own, whose findings arrive one by one as they are made.

Neither process grows with the length of the file: the child waits while nobody takes what it has written (the pipe
holds some 64 KB), and the content goes through a file that has no name instead of a second copy in memory.
Measured with 100,000 rows of 16 columns on two slow cores: the serving process grows by less than 64 MB beyond the
content, the child stays under 256 MB and takes under a minute of processor time (tests/spreadsheets/test_much.py).
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO, Any

from core.errors import AppError
from core.spreadsheets.child import ended, error_of, job_name, started

_LONGEST_LINE = 8 * 1024 * 1024
"""Bytes of one finding as JSON."""


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What a child may take; it is ended when it wants more."""

    memory: int = 1024 * 1024 * 1024
    """Bytes of address space."""
    cpu_seconds: int = 240
    wall_seconds: float = 900
    """Longer than the processor time: the child also waits for whoever takes its findings."""


async def stream(
    job: Callable[..., Iterator[object]], content: bytes, arguments: dict[str, object], limits: ChildLimits
) -> AsyncGenerator[Any, None]:
    """What `job(content, **arguments)` yields, each as JSON gives it back.

    The child is ended when the consumer stops early or is cancelled; close the iterator (contextlib.aclosing) to have
    that at once.

    Raises AppError: what the job raised, upload.too_complex (it outgrew its memory or died), upload.took_too_long.
    """
    deadline = asyncio.get_running_loop().time() + limits.wall_seconds
    order = {
        "job": job_name(job),
        "arguments": arguments,
        "stream": True,
        "memory": limits.memory,
        "cpu_seconds": limits.cpu_seconds,
    }
    async with _child(order, content) as process:
        whole = False
        while line := await _line(process, deadline):
            answer = json.loads(line)
            if "item" not in answer:
                if "error" in answer:
                    raise AppError(answer["error"], **answer["params"])
                whole = True
                break
            yield answer["item"]
        if not whole:
            await process.wait()
            raise error_of(process.returncode)


@asynccontextmanager
async def _child(order: dict[str, object], content: bytes) -> AsyncIterator[asyncio.subprocess.Process]:
    with await asyncio.to_thread(_spooled, json.dumps(order).encode() + b"\n", content) as source:
        process = await started(source, _LONGEST_LINE)
    try:
        yield process
    finally:
        await ended(process)


def _spooled(order: bytes, content: bytes) -> IO[bytes]:
    """A file without a name: nothing of it is left, whoever is killed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asks closes it
    file.write(order)
    file.write(content)
    file.flush()
    file.seek(0)
    return file


async def _line(process: asyncio.subprocess.Process, deadline: float) -> bytes:
    """b"" at the end, also in the midst of a line that the child could not finish."""
    if process.stdout is None:
        return b""
    try:
        async with asyncio.timeout_at(deadline):
            line = await process.stdout.readline()
    except TimeoutError as error:
        raise AppError("upload.took_too_long") from error
    except ValueError as error:
        raise AppError("upload.too_complex") from error
    return line if line.endswith(b"\n") else b""
