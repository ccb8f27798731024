"""Pages of saved audiences, and what the builder asks for while it is being used."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from admin.audiences import editing, fields
from admin.audiences.counting import counted
from admin.audiences.groups import groups
from admin.audiences.reach import Manager, today
from admin.services import ServicesHere
from admin.shell.page import fragment, page
from core.audiences import queries, saved
from core.audiences.describing import describe
from core.audiences.model import Audience
from core.audiences.options import Part
from core.errors import NotFound

router = APIRouter()
Parts = Annotated[Sequence[Part], Query(max_length=len(Part))]
Saved = Annotated[int | None, Query(alias="saved", ge=1, le=2**31 - 1)]


@router.get("/audiences")
async def listing(request: Request, services: ServicesHere, viewer: Manager) -> Response:
    """What the viewer may take, each with its conditions and how many people it reaches today."""
    here, day = viewer.municipality.id, today(services, viewer)
    async with services.db.read() as session:
        rows = [
            (
                one,
                await describe(session, viewer.actor, here, one.audience),
                await queries.count(session, viewer.actor, here, one.audience, day),
            )
            for one in await saved.listing(session, viewer.actor, here)
        ]
    return page(request, "audiences/list.html", viewer, rows=rows)


@router.get("/audiences/count")
async def count(request: Request, services: ServicesHere, viewer: Manager) -> HTMLResponse:
    """How many people the conditions in the query reach, and the conditions in words: a part of a page."""
    audience = fields.typed(request.query_params)
    async with services.db.read() as session:
        said = await counted(session, viewer.actor, viewer.municipality.id, audience, today(services, viewer))
    return HTMLResponse(said.html())


@router.get("/audiences/choices")
async def choices(
    services: ServicesHere, viewer: Manager, saved_id: Saved = None, parts: Parts = fields.EVERYTHING
) -> HTMLResponse:
    """The fields of the builder with the choices of a saved audience, or with none: a part of a page."""
    here = viewer.municipality.id
    async with services.db.read() as session:
        row = None if saved_id is None else await saved.one(session, viewer.actor, saved_id)
        if row is not None and row.municipality_id != here:
            raise NotFound
        shown = await groups(session, viewer.actor, here, row.audience if row else Audience(), parts)
    return HTMLResponse(fragment("audiences/choices.html", audience={"groups": shown}))


router.include_router(editing.router)
