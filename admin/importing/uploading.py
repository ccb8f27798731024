"""A file comes in: it is kept, and the reading begins."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from admin.auth import CurrentViewer, Viewer
from admin.importing import listing, upload_form, working
from admin.services import Services, ServicesHere
from admin.shell import flash
from admin.shell.origin import check_form_token
from core.clock import local_date
from core.errors import AppError, Denied
from core.importing import actions
from core.importing.model import ImportKind
from core.spreadsheets.bounds import Bounds

router = APIRouter()


async def uploading(request: Request, viewer: CurrentViewer) -> AsyncIterator[Viewer]:
    """As `admin.auth.uploading_viewer`, but a second file comes through, so that it can be said what is wrong."""
    try:
        form = await request.form(max_files=2, max_fields=20)
        check_form_token(form.get("form_token"), viewer.session_token)
        yield viewer
    finally:
        await request.close()


@router.post("/imports/upload")
async def upload(request: Request, services: ServicesHere, viewer: Annotated[Viewer, Depends(uploading)]) -> Response:
    """A doubled press is read once."""
    if not viewer.manages:
        raise Denied
    sent = await request.form()
    form = upload_form.typed(sent)

    async def work() -> str:
        return await _keep(services, viewer, sent, form)

    try:
        place = await services.once.run(f"{viewer.actor.account_id}:import:{form.form_id}", work)
    except Denied:
        raise
    except AppError as error:
        form.complain(error)
        return await listing.show(request, services, viewer, form, status=422)
    return flash.redirect(place)


async def _keep(services: Services, viewer: Viewer, sent: FormData, form: upload_form.UploadForm) -> str:
    """Address of the new import."""
    today = local_date(services.clock.now(), viewer.municipality.timezone)
    options = form.options(upload_form.sources(viewer.municipality.settings), today)
    name, content = await upload_form.content_of(sent, Bounds().bytes)
    run_id = await actions.upload(
        services.db,
        services.clock,
        viewer.actor,
        viewer.municipality.id,
        ImportKind(form.kind),
        name,
        content,
        options,
    )
    await working.given_a_moment(working.read(services, run_id))
    return f"/imports/{run_id}"
