"""The child process of core.spreadsheets.child and streaming: one order on standard input, JSON on standard output."""

import importlib
import json
import sys
from collections.abc import Callable
from typing import Any

from core.errors import AppError

MAX_MEMORY = 1024 * 1024 * 1024
"""Bytes of address space; reading the largest workbook that passes preflight takes under half of it."""
MAX_CPU_SECONDS = 40


def main() -> None:
    order = json.loads(sys.stdin.buffer.readline())
    _limit(order.get("memory", MAX_MEMORY), order.get("cpu_seconds", MAX_CPU_SECONDS))
    module, _, name = order["job"].partition(":")
    job = getattr(importlib.import_module(module), name)
    try:
        answer = (_streamed if order.get("stream") else _whole)(job, order["arguments"])
    except AppError as error:
        answer = {"error": error.key, "params": error.params}
    except (MemoryError, RecursionError):
        answer = {"error": "upload.too_complex", "params": {}}
    _write(answer)


def _whole(job: Callable[..., object], arguments: dict[str, object]) -> dict[str, Any]:
    return {"result": job(sys.stdin.buffer.read(), **arguments)}


def _streamed(job: Callable[..., Any], arguments: dict[str, object]) -> dict[str, Any]:
    """A line for each finding; the last line is the answer."""
    for item in job(sys.stdin.buffer.read(), **arguments):
        _write({"item": item})
    return {"end": True}


def _write(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")


def _limit(memory: int, cpu_seconds: int) -> None:
    """On Windows there are no such limits; there the clock on the wall has to do."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
