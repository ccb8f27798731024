"""Who works in an organisation in numbers, and who coordinates it."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from admin.auth import CheckedViewer, CurrentViewer
from admin.services import ServicesHere
from admin.shell import flash
from admin.shell.page import page
from admin.shell.path import RowId
from core.errors import AppError
from core.membership import actions, queries

router = APIRouter()

Identity = Annotated[int, Form(ge=1, le=2**31 - 1)]


@router.get("/organisations/{organisation_id}/staff")
async def office(
    request: Request,
    services: ServicesHere,
    viewer: CurrentViewer,
    organisation_id: RowId,
    text: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    async with services.db.read() as session:
        here = await queries.office(session, viewer.actor, organisation_id)
        found = await queries.may_coordinate(session, viewer.actor, organisation_id, text)
    return page(request, "people/office.html", viewer, office=here, found=found, text=text)


@router.post("/organisations/{organisation_id}/coordinators")
async def appoint(services: ServicesHere, viewer: CheckedViewer, organisation_id: RowId, person: Identity) -> Response:
    place = f"/organisations/{organisation_id}/staff"
    try:
        await actions.appoint_coordinator(services.db, services.clock, viewer.actor, organisation_id, person)
    except AppError as error:
        if error.key != "membership.works_elsewhere":
            raise
        return flash.redirect(place, error.key, good=False)
    return flash.redirect(place, "membership.coordinator_appointed")


@router.post("/organisations/{organisation_id}/coordinators/{account_id}/remove")
async def dismiss(services: ServicesHere, viewer: CheckedViewer, organisation_id: RowId, account_id: RowId) -> Response:
    await actions.dismiss_coordinator(services.db, services.clock, viewer.actor, organisation_id, account_id)
    return flash.redirect(f"/organisations/{organisation_id}/staff", "membership.coordinator_dismissed")
