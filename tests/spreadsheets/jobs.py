"""Jobs for the child process: one answer, or one after another."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

from core.errors import AppError
from core.spreadsheets.tables import Bounds, open_tables


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


def counting(content: bytes, upto: int) -> Iterator[int]:
    yield from range(upto)


def failing_midway(content: bytes) -> Iterator[str]:
    yield "first"
    raise AppError("upload.broken", row=2)


def dying_midway(content: bytes) -> Iterator[str]:
    yield "first" * 20_000
    os.kill(os.getpid(), signal.SIGKILL)


def growing(content: bytes) -> Iterator[int]:
    yield len(bytearray(4 * 1024 * 1024 * 1024))


def chatting(content: bytes, note: str) -> Iterator[str]:
    """Writes down how far it has come, so that a test sees whether it ran ahead."""
    Path(note).with_suffix(".pid").write_text(str(os.getpid()), encoding="ascii")
    for number in range(10_000):
        fresh = Path(note).with_suffix(".new")
        fresh.write_text(str(number), encoding="ascii")
        fresh.replace(note)  # the child may be ended at any moment, and a number must not be half written
        yield "x" * 10_000


def spinning(content: bytes) -> Iterator[int]:
    yield 1
    while True:
        pass


def rows(content: bytes, file_name: str) -> Iterator[object]:
    for sheet in open_tables(content, file_name, Bounds()):
        for number, cells in sheet.rows:
            yield [number, cells]
