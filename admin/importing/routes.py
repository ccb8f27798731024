"""Import: the list of what was loaded, one import from reading to its undoing, files to take away."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from admin.campaigns.reach import zone_title
from admin.importing import correcting, deciding, exporting, facts, listing, outcome, previewing, progress, uploading
from admin.importing.reach import Importer, ImportHere
from admin.importing.upload_form import UploadForm
from admin.services import ServicesHere
from admin.shell.live import guarded
from admin.shell.page import page

router = APIRouter()
router.include_router(uploading.router)
router.include_router(exporting.router)


@router.get("/imports")
async def first(request: Request, services: ServicesHere, viewer: Importer) -> Response:
    return await listing.show(request, services, viewer, UploadForm())


@router.get("/imports/{run_id}")
async def card(request: Request, services: ServicesHere, here: ImportHere) -> Response:
    run = here.run
    return page(
        request,
        "importing/card.html",
        here.viewer,
        going=run.state in progress.GOING,
        progress=progress.html(run),
        advice=outcome.advice(here),
        tiles=outcome.tiles(run),
        kept=outcome.kept(run),
        zone_title=zone_title(services, here.viewer),
        **facts.of(here),
    )


@router.get("/imports/{run_id}/progress", response_class=EventSourceResponse)
async def live(services: ServicesHere, here: ImportHere) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events for the card."""
    async for event in guarded(progress.stream(services, here), "/imports/{run_id}/progress"):
        yield event


router.include_router(correcting.router)
router.include_router(deciding.router)
router.include_router(previewing.router)
