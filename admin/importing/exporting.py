"""The registry as a workbook in the municipality's own layout, and the same layout empty."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from admin.importing import choices, files
from admin.importing.reach import Importer
from admin.services import ServicesHere
from core.clock import local_date
from core.errors import NotFound
from core.importing import actions, exporting

router = APIRouter()

SHEETS = "sheets"
"""The layout with a sheet for each organisation."""


@router.get("/imports/export.xlsx")
async def export(
    services: ServicesHere,
    viewer: Importer,
    organisation: Annotated[str, Query(max_length=10)] = "",
    layout: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Raises NotFound for an organisation of another municipality."""
    place, by_sheet = viewer.municipality, layout == SHEETS
    async with services.db.read() as session:
        schools = {str(id_): title for id_, title in await choices.organisations(session, place.id)}
    if organisation and organisation not in schools:
        raise NotFound
    only = [int(organisation)] if organisation else None
    details = {"organisation": only[0] if only else None, "by_sheet": by_sheet}
    await actions.note_export(services.db, services.clock, viewer.actor, place.id, details)
    today = local_date(services.clock.now(), place.timezone)
    async with services.db.read() as session:
        content = await exporting.export(
            session, viewer.actor, place.id, by_sheet=by_sheet, organisation_ids=only, today=today
        )
    return files.attachment(content, f"Педагоги, {schools.get(organisation, place.name)}, {today:%d.%m.%Y}")


@router.get("/imports/template.xlsx")
async def template(services: ServicesHere, viewer: Importer) -> Response:
    today = local_date(services.clock.now(), viewer.municipality.timezone)
    async with services.db.read() as session:
        content = await exporting.export(
            session, viewer.actor, viewer.municipality.id, by_sheet=False, organisation_ids=[], today=today
        )
    return files.attachment(content, "Педагоги, пустая таблица")
