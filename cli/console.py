"""What the commands print, and how a command ends that cannot go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

WRONG_USE = 2


def say(message: str) -> None:
    """A line as it is; addresses and file names are not broken in two."""
    console.print(message, markup=False, soft_wrap=True)


def give_up(message: str, code: int = 1) -> NoReturn:
    """Ends the command with a message for a person instead of a traceback."""
    errors.print(message, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(code)


class Stages:
    """A progress bar for each stage; `playground.seed.Progress`."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def stage(self, title: str, total: int) -> Callable[[], None]:
        if not console.is_terminal:
            say(f"{title}…")
        task = self._progress.add_task(title, total=total)
        return lambda: self._progress.advance(task)


@contextmanager
def stages() -> Iterator[Stages]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield Stages(progress)
