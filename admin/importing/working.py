"""Work of the import that may outlast the answer; the admin's edge for what goes wrong in it."""

import asyncio
import contextlib
import secrets
from collections.abc import Coroutine
from typing import Any

import structlog

from admin.services import Services
from core.errors import AppError
from core.importing import actions, queries
from core.people.model import Actor

log = structlog.get_logger()

Outcome = asyncio.Future[AppError | None]
"""The expected error that ended the work, or None."""

PATIENCE = 1.0
"""Seconds that an answer waits for work that may be short; then the page tells of the progress."""
LONG_PATIENCE = 20.0
"""Seconds that an answer waits for work that has no progress to show."""


def read(services: Services, run_id: int) -> Outcome:
    """Given up when the program stops: the next start takes it up again."""
    return _start(services, run_id, _unless_stopped(services, actions.read(services.db, services.clock, run_id)))


def apply(services: Services, actor: Actor, run_id: int) -> Outcome:
    """Whatever was changed in the registry since the reading makes it begin again."""
    return _start(services, run_id, _apply(services, actor, run_id))


def undo(services: Services, actor: Actor, run_id: int) -> Outcome:
    return _start(services, run_id, actions.undo(services.db, services.clock, actor, run_id))


async def take_up(services: Services) -> None:
    """At the program's start: goes on with what its last end has interrupted."""
    async with services.db.read() as session:
        interrupted = await queries.unfinished(session)
    for run_id in interrupted:
        read(services, run_id)


async def given_a_moment(outcome: Outcome) -> None:
    """A short file is read by the time the page is shown; how that ended stands on the page."""
    await asyncio.wait([outcome], timeout=PATIENCE)


async def is_over(outcome: Outcome, patience: float = PATIENCE) -> bool:
    """Whether the work has ended within these seconds. Raises the AppError that ended it."""
    await asyncio.wait([outcome], timeout=patience)
    if not outcome.done():
        return False
    if (error := outcome.result()) is not None:
        raise error
    return True


async def _apply(services: Services, actor: Actor, run_id: int) -> None:
    try:
        await actions.apply(services.db, services.clock, actor, run_id)
    except AppError as error:
        if error.key == "import.outdated":
            read(services, run_id)
        raise


async def _unless_stopped(services: Services, work: Coroutine[Any, Any, None]) -> None:
    task, stop = asyncio.ensure_future(work), asyncio.ensure_future(services.stopping.wait())
    try:
        await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.cancel()
        if not task.done():
            task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _start(services: Services, run_id: int, work: Coroutine[Any, Any, object]) -> Outcome:
    outcome: Outcome = asyncio.get_running_loop().create_future()
    services.spawn(_watched(services, run_id, work, outcome))
    return outcome


async def _watched(services: Services, run_id: int, work: Coroutine[Any, Any, object], outcome: Outcome) -> None:
    """An unexpected error must not end the whole program: it is logged under a number that the page tells."""
    error: AppError | None = None
    try:
        await work
    except AppError as expected:
        error = expected
        log.info("import.stopped", run=run_id, key=expected.key)
    except Exception as unexpected:  # the edge of work that no request may be waiting for
        number = secrets.token_hex(4)
        error = AppError("import.broken", number=number)
        log.error("import.unexpected", number=number, run=run_id, exc_info=unexpected)
        await actions.broke(services.db, services.clock, run_id, number)
    if not outcome.done():
        outcome.set_result(error)
