"""One's own account, and which municipality is in view."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from admin import auth
from admin.auth import CheckedViewer, CurrentViewer
from admin.services import ServicesHere
from admin.shell import flash
from admin.shell.page import page
from core.accounts import actions as accounts
from core.errors import NotFound
from core.people import queries

router = APIRouter()


@router.get("/account")
async def account_page(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    async with services.db.read() as session:
        sessions = await queries.sessions_of(session, services.clock, viewer.actor)
    return page(request, "account/card.html", viewer, sessions=sessions)


@router.post("/account/sign-out-everywhere")
async def sign_out_everywhere(services: ServicesHere, viewer: CheckedViewer) -> Response:
    await accounts.leave_everywhere(services.db, services.clock, viewer.actor)
    response = flash.redirect("/sign-in", "sign_out.everywhere_done")
    auth.forget(response, services)
    return response


@router.post("/municipality")
async def choose_municipality(
    services: ServicesHere, viewer: CheckedViewer, municipality_id: Annotated[int, Form()]
) -> Response:
    if municipality_id not in {one.id for one in viewer.municipalities}:
        raise NotFound
    response = flash.redirect("/")
    response.set_cookie(
        auth.MUNICIPALITY_COOKIE, str(municipality_id), httponly=True, samesite="lax", secure=services.secure
    )
    return response
