"""Loading, giving up and undoing: a page that asks, a press that does."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from admin.auth import CheckedViewer
from admin.campaigns.reach import managing, zone_title
from admin.importing import facts, questions, working
from admin.importing.reach import ImportHere, place_of
from admin.services import ServicesHere
from admin.shell import flash
from admin.shell.page import page
from admin.shell.path import RowId
from core.errors import AppError, Denied, NotFound
from core.importing import actions
from core.importing.model import ImportState

router = APIRouter()


@router.get("/imports/{run_id}/apply")
@router.get("/imports/{run_id}/discard")
@router.get("/imports/{run_id}/undo")
async def ask(request: Request, services: ServicesHere, here: ImportHere) -> Response:
    """The question before the change; when there is nothing to decide any more, the card."""
    question = questions.asked(here.run, request.url.path.rpartition("/")[2])
    if question is None:
        return RedirectResponse(here.address, status_code=303)
    return page(
        request,
        "importing/confirm.html",
        here.viewer,
        question=question,
        zone_title=zone_title(services, here.viewer),
        **facts.of(here),
    )


@router.post("/imports/{run_id}/apply")
async def apply(services: ServicesHere, viewer: CheckedViewer, run_id: RowId) -> Response:
    """A second press finds the file being loaded, or loaded, and leads to the same page."""
    here = await place_of(services, managing(viewer), run_id)
    if here.run.state in {ImportState.APPLYING, ImportState.APPLIED}:
        return RedirectResponse(here.address, status_code=303)
    try:
        over = await working.is_over(working.apply(services, viewer.actor, run_id))
    except (Denied, NotFound):
        raise
    except AppError as error:
        return flash.redirect(here.address, error.key, good=False, **error.params)
    return flash.redirect(here.address, "import.applied" if over else "import.applying")


@router.post("/imports/{run_id}/undo")
async def undo(services: ServicesHere, viewer: CheckedViewer, run_id: RowId) -> Response:
    """A second press finds it undone and leads to the same page."""
    here = await place_of(services, managing(viewer), run_id)
    if here.run.state is ImportState.UNDONE:
        return RedirectResponse(here.address, status_code=303)
    try:
        over = await working.is_over(working.undo(services, viewer.actor, run_id), working.LONG_PATIENCE)
    except (Denied, NotFound):
        raise
    except AppError as error:
        return flash.redirect(here.address, error.key, good=False, **error.params)
    return flash.redirect(here.address) if over else flash.redirect(here.address, "import.undoing")


@router.post("/imports/{run_id}/discard")
async def discard(services: ServicesHere, viewer: CheckedViewer, run_id: RowId) -> Response:
    """A second press finds nothing to give up and leads to the same list."""
    managing(viewer)
    try:
        await place_of(services, viewer, run_id)
        await actions.discard(services.db, services.clock, viewer.actor, run_id)
    except (Denied, NotFound):
        raise
    except AppError as error:
        return flash.redirect(f"/imports/{run_id}", error.key, good=False, **error.params)
    return flash.redirect("/imports", "import.discarded")
