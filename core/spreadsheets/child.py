"""Reading of uploaded files in a process of its own: it may hang, grow or die, and the program goes on serving."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from core.errors import AppError

MAX_SECONDS = 60
"""By the clock on the wall; the worker's own limits of processor time and memory are stricter."""
_KEPT = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMP", "LANG")
"""Variables a Python needs. The rest stays away: tokens and passwords are none of the worker's business."""
_ROOT = Path(__file__).parents[2]


async def in_child(
    job: Callable[..., object], content: bytes, arguments: dict[str, object], seconds: float = MAX_SECONDS
) -> object:
    """`job(content, **arguments)` in a child process; arguments and result are what JSON can hold.

    Raises AppError: what the job raised, upload.too_complex (it outgrew its memory or died),
    upload.took_too_long.
    """
    order = json.dumps({"job": f"{job.__module__}:{job.__name__}", "arguments": arguments})
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "core.spreadsheets.worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=_ROOT,
        env={name: os.environ[name] for name in _KEPT if name in os.environ} | {"OPENBLAS_NUM_THREADS": "1"},
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(order.encode() + b"\n" + content), seconds)
    except TimeoutError as error:
        raise AppError("upload.took_too_long") from error
    finally:
        await _ended(process)
    return _result(process.returncode, output)


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _result(code: int | None, output: bytes) -> object:
    if code == -_CPU_SIGNAL:
        raise AppError("upload.took_too_long")
    try:
        answer = json.loads(output) if code == 0 else None
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise AppError("upload.too_complex")
    if "error" in answer:
        raise AppError(answer["error"], **answer["params"])
    return answer["result"]


_CPU_SIGNAL = 24
"""SIGXCPU, which Windows has not."""
