"""Jobs for the child process."""

import os
import signal

from core.errors import AppError


def measured(content: bytes, factor: int) -> dict[str, int]:
    return {"length": len(content) * factor}


def refusing(content: bytes) -> None:
    raise AppError("upload.broken", limit=3)


def greedy(content: bytes) -> int:
    return len(bytearray(4 * 1024 * 1024 * 1024))


def dying(content: bytes) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hanging(content: bytes) -> None:
    signal.pause()


def environment(content: bytes) -> list[str]:
    return [name for name, value in os.environ.items() if "secret" in value]
