"""Reading of uploaded files in a process of its own: it may hang, grow or die, and the program goes on serving."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from core.errors import AppError

MAX_SECONDS = 60
"""By the clock on the wall; the worker's own limits of processor time and memory are stricter."""
_KEPT = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMP", "LANG")
"""Variables a Python needs. The rest stays away: tokens and passwords are none of the worker's business."""
_ROOT = Path(__file__).parents[2]
_BLOCK = 64 * 1024
_CPU_SIGNAL = 24
"""SIGXCPU, which Windows has not."""


async def in_child(
    job: Callable[..., object], content: bytes, arguments: dict[str, object], seconds: float = MAX_SECONDS
) -> object:
    """`job(content, **arguments)` in a child process; arguments and result are what JSON can hold.

    Raises AppError: what the job raised, upload.too_complex (it outgrew its memory or died),
    upload.took_too_long.
    """
    order = json.dumps({"job": job_name(job), "arguments": arguments})
    process = await started(asyncio.subprocess.PIPE)
    try:
        output, _ = await asyncio.wait_for(process.communicate(order.encode() + b"\n" + content), seconds)
    except TimeoutError as error:
        raise AppError("upload.took_too_long") from error
    finally:
        await ended(process)
    return _result(process.returncode, output)


def job_name(job: Callable[..., object]) -> str:
    """How the child finds it: it has to be a function of a module."""
    return f"{job.__module__}:{job.__name__}"


async def started(source: int | IO[bytes], longest_line: int = _BLOCK) -> asyncio.subprocess.Process:
    """A worker that reads its order from `source`; `longest_line` of what it writes, in bytes."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "core.spreadsheets.worker",
        stdin=source,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=_ROOT,
        env={name: os.environ[name] for name in _KEPT if name in os.environ} | {"OPENBLAS_NUM_THREADS": "1"},
        limit=longest_line,
    )


async def ended(process: asyncio.subprocess.Process) -> None:
    """Killed if it still runs, and waited for, so that nothing of it is left.

    What it has written is thrown away first: asyncio sees no end of a process whose output nobody reads.
    """
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        while process.stdout is not None and await process.stdout.read(_BLOCK):
            pass
        await process.wait()


def error_of(code: int | None) -> AppError:
    """Why a child ended without an answer."""
    return AppError("upload.took_too_long" if code == -_CPU_SIGNAL else "upload.too_complex")


def _result(code: int | None, output: bytes) -> object:
    try:
        answer = json.loads(output) if code == 0 else None
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise error_of(code)
    if "error" in answer:
        raise AppError(answer["error"], **answer["params"])
    return answer["result"]
