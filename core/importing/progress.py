"""How far this process has come with the loading of a file: its transaction shows nothing to others until it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class Progress:
    """In rows of the file."""

    done: int = 0
    whole: int = 0


_going: dict[int, Progress] = {}


def progress(run_id: int) -> Progress | None:
    """None when this process is not at work on it."""
    return _going.get(run_id)


@contextmanager
def shown(run_id: int) -> Iterator[Progress]:
    _going[run_id] = found = Progress()
    try:
        yield found
    finally:
        _going.pop(run_id, None)
