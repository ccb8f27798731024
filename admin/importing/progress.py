"""How far the reading or the loading has come, told while it goes on."""

from collections.abc import AsyncIterator

from fastapi.sse import ServerSentEvent
from markupsafe import Markup

from admin.importing.reach import ImportPlace, place_of
from admin.services import Services
from admin.shell import live
from admin.shell.page import fragment
from core.accounts.queries import actor_of_session
from core.errors import AppError
from core.importing.model import ImportState
from core.importing.views import RunView

LOOK_EVERY = 1.0
"""Seconds between two looks."""

GOING = frozenset({ImportState.READING, ImportState.APPLYING})


def html(run: RunView) -> Markup:
    body = fragment("importing/progress.html", run=run, reading=run.state is ImportState.READING)
    return Markup(body)  # noqa: S704 - made by a template that escapes what it is given


async def stream(services: Services, here: ImportPlace) -> AsyncIterator[ServerSentEvent]:
    """Sends the progress whenever it has moved; ends with "finished" as soon as there is something to look at."""
    shown: Markup | None = None
    while not services.stopping.is_set():
        run = await _now(services, here)
        if run is None or run.state not in GOING:
            yield ServerSentEvent(event="finished", data="")
            return
        current = html(run)
        if current != shown:
            shown = current
            yield ServerSentEvent(event="figures", data=str(current))
        await live.pause(services.stopping, LOOK_EVERY)


async def _now(services: Services, here: ImportPlace) -> RunView | None:
    """None when it is out of reach by now, or the session has ended."""
    async with services.db.read() as session:
        actor = await actor_of_session(session, services.clock, here.viewer.session_token)
    if actor is None:
        return None
    try:
        return (await place_of(services, here.viewer, here.run.id)).run
    except AppError:
        return None
