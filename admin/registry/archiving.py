"""Putting a record away and bringing it back, with a question first."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.registry import headings, rooms
from admin.registry.rooms import Room
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.shell.path import RowId
from core.clock import Clock
from core.errors import AppError, Denied, NotFound
from core.people.model import Actor
from core.registry import actions, kinds, queries
from core.registry.depending import depends
from core.registry.model import Kind
from storage.session import Store

Act = Callable[[Store, Clock, Actor, Kind, int], Awaitable[None]]


def add(router: APIRouter, room: Room) -> None:
    """Not for looks at rows that another kind puts away."""
    if room.kind.view:
        return

    _add(router, room, "archive", actions.archive, archived=False)
    _add(router, room, "restore", actions.restore, archived=True)


def _add(router: APIRouter, room: Room, step: str, act: Act, *, archived: bool) -> None:
    """`archived` says where a record is before the step."""

    @router.get(f"{room.path}/{{record_id}}/{step}")
    async def ask(request: Request, services: ServicesHere, viewer: CurrentViewer, record_id: RowId) -> Response:
        return await _ask(request, services, viewer, room, record_id, archived=archived)

    @router.post(f"{room.path}/{{record_id}}/{step}")
    async def carry_out(request: Request, services: ServicesHere, viewer: CheckedViewer, record_id: RowId) -> Response:
        try:
            await act(services.db, services.clock, viewer.actor, room.kind, record_id)
        except (NotFound, Denied):
            raise
        except AppError as error:
            told = texts.sentence(error)
            return await _ask(request, services, viewer, room, record_id, archived=archived, error=told)
        return flash.redirect(room.place(record_id), "registry.brought_back" if archived else "registry.put_away")


async def _ask(
    request: Request,
    services: Services,
    viewer: Viewer,
    room: Room,
    record_id: int,
    *,
    archived: bool,
    error: str = "",
) -> Response:
    """A record that is already where it should go needs no question."""
    async with services.db.read() as session:
        record = await queries.record(session, viewer.actor, room.kind, record_id)
        if not record.editable:
            raise Denied
        name = await queries.name_of(session, room.kind, record_id)
        hanging = [] if archived else await depends(session, room.kind, record_id)
    if record.archived is not archived:
        return RedirectResponse(room.place(record_id), status_code=303)
    return page(
        request,
        "registry/archive.html",
        viewer,
        status=409 if error else 200,
        room=rooms.called(room, viewer.municipality.settings),
        name=name,
        place=room.place(record_id),
        action=f"{room.path}/{record_id}/{'restore' if archived else 'archive'}",
        archived=archived,
        error=error,
        hanging=[(count, headings.HANGING[code], _list(room, record_id)) for code, count in hanging],
        explained=texts.text(f"registry.{'restoring' if archived else 'archiving'}.{room.code}"),
    )


def _list(room: Room, record_id: int) -> str:
    """Where those are seen who depend on the record."""
    return f"{rooms.PATHS[kinds.TEACHERS.code]}?{room.kind.noun}_id={record_id}"
