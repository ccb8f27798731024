"""Ending invites before their time: of chosen people, or all working ones of an organisation."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.auth import CheckedViewer
from admin.invites.reach import Place, PlaceHere, chosen
from admin.services import Services, ServicesHere
from admin.shell import flash
from admin.shell.page import page
from core.invites import actions, queries

router = APIRouter()


@router.get("/invites/{organisation_id}/revoke")
async def ask(request: Request, services: ServicesHere, here: PlaceHere) -> Response:
    """For the people that the list sends; it sends none when nobody was marked."""
    teachers = chosen(request.query_params.getlist("person"))
    if not teachers:
        return flash.redirect(here.address, "invite.nobody_chosen", good=False)
    return await _ask(request, services, here, teachers)


@router.get("/invites/{organisation_id}/revoke-all")
async def ask_for_all(request: Request, services: ServicesHere, here: PlaceHere) -> Response:
    return await _ask(request, services, here, None)


@router.post("/invites/{organisation_id}/revoke")
async def revoke(request: Request, services: ServicesHere, here: PlaceHere, _checked: CheckedViewer) -> Response:
    return await _revoke(services, here, chosen((await request.form()).getlist("person")))


@router.post("/invites/{organisation_id}/revoke-all")
async def revoke_all(services: ServicesHere, here: PlaceHere, _checked: CheckedViewer) -> Response:
    return await _revoke(services, here, None)


async def _ask(request: Request, services: Services, here: Place, teachers: frozenset[int] | None) -> Response:
    async with services.db.read() as session:
        found = await queries.working(session, here.viewer.actor, here.id, teachers, services.clock.now())
    return page(request, "invites/revoke.html", here.viewer, here=here, found=found, everybody=teachers is None)


async def _revoke(services: Services, here: Place, teachers: frozenset[int] | None) -> Response:
    count = await actions.revoke(services.db, services.clock, here.viewer.actor, here.id, teachers)
    services.sheets.forget(here.id, services.clock.now())
    return flash.redirect(here.address, "invite.revoked", count=count)
