"""Putting a record away and bringing it back, with a question first."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.registry import headings, rooms
from admin.registry.rooms import Room
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.shell.path import RowId
from core.errors import AppError, Denied, NotFound
from core.registry import actions, kinds, queries
from core.registry.depending import depends


def add(router: APIRouter, room: Room) -> None:
    """Not for looks at rows that another kind puts away."""
    if room.kind.view:
        return

    @router.get(f"{room.path}/{{record_id}}/archive")
    async def ask(request: Request, services: ServicesHere, viewer: CurrentViewer, record_id: RowId) -> Response:
        return await _ask(request, services, viewer, room, record_id, archived=False)

    @router.post(f"{room.path}/{{record_id}}/archive")
    async def archive(request: Request, services: ServicesHere, viewer: CheckedViewer, record_id: RowId) -> Response:
        try:
            await actions.archive(services.db, services.clock, viewer.actor, room.kind, record_id)
        except (NotFound, Denied):
            raise
        except AppError as error:
            return await _ask(request, services, viewer, room, record_id, archived=False, error=texts.sentence(error))
        return flash.redirect(room.place(record_id), "registry.put_away")

    @router.get(f"{room.path}/{{record_id}}/restore")
    async def ask_back(request: Request, services: ServicesHere, viewer: CurrentViewer, record_id: RowId) -> Response:
        return await _ask(request, services, viewer, room, record_id, archived=True)

    @router.post(f"{room.path}/{{record_id}}/restore")
    async def restore(request: Request, services: ServicesHere, viewer: CheckedViewer, record_id: RowId) -> Response:
        try:
            await actions.restore(services.db, services.clock, viewer.actor, room.kind, record_id)
        except (NotFound, Denied):
            raise
        except AppError as error:
            return await _ask(request, services, viewer, room, record_id, archived=True, error=texts.sentence(error))
        return flash.redirect(room.place(record_id), "registry.brought_back")


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
