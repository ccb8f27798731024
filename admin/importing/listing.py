"""The first page of the import: what was loaded before, the form for a file, the way out as a file."""

from fastapi import Request
from fastapi.responses import Response

from admin.auth import Viewer
from admin.campaigns.reach import zone_title
from admin.importing import upload_form
from admin.importing.choices import organisations
from admin.importing.words import KINDS, STATES
from admin.services import Services
from admin.shell.page import page
from core.importing import queries
from core.spreadsheets.bounds import Bounds


async def show(
    request: Request, services: Services, viewer: Viewer, form: upload_form.UploadForm, *, status: int = 200
) -> Response:
    async with services.db.read() as session:
        runs = await queries.runs(session, viewer.actor, viewer.municipality.id)
        schools = await organisations(session, viewer.municipality.id)
    return page(
        request,
        "importing/list.html",
        viewer,
        status=status,
        runs=runs,
        states=STATES,
        kinds=KINDS,
        form=form,
        sources=upload_form.sources(viewer.municipality.settings),
        organisations=schools,
        limit=Bounds().bytes // 1024 // 1024,
        zone_title=zone_title(services, viewer),
    )
