"""The child process of core.spreadsheets.child: one order on standard input, one answer on standard output."""

import importlib
import json
import sys

from core.errors import AppError

MAX_MEMORY = 1024 * 1024 * 1024
"""Bytes of address space; reading the largest workbook that passes preflight takes under half of it."""
MAX_CPU_SECONDS = 40


def main() -> None:
    _limit()
    order = json.loads(sys.stdin.buffer.readline())
    module, _, name = order["job"].partition(":")
    job = getattr(importlib.import_module(module), name)
    try:
        answer = {"result": job(sys.stdin.buffer.read(), **order["arguments"])}
    except AppError as error:
        answer = {"error": error.key, "params": error.params}
    except (MemoryError, RecursionError):
        answer = {"error": "upload.too_complex", "params": {}}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit() -> None:
    """On Windows there are no such limits; there the clock on the wall has to do."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
