"""Pages of the rights of the person (152-ФЗ)."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.rights import files
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.shell.path import RowId
from admin.shell.peer import address
from core.errors import AppError
from core.rights import actions, queries

router = APIRouter()

As = Annotated[str, Form(alias="as", max_length=10)]


@router.get("/my-data/{token}")
async def link_page(request: Request, token: str) -> Response:
    """Only buttons: messengers open links to preview them, and that must not use the link up."""
    return page(request, "rights/link.html", None, action=f"/my-data/{quote(token, safe='')}", error=None)


@router.post("/my-data/{token}")
async def my_data(request: Request, services: ServicesHere, token: str, form: As = "page") -> Response:
    if not services.throttle.allows_link(address(request)):
        return _refused(request, "sign_in.too_many", 429)
    try:
        data = await actions.open_data_link(services.db, services.clock, token)
    except AppError as error:
        return _refused(request, error.key, 401)
    return files.answer(request, data, form)


def _refused(request: Request, key: str, status: int) -> Response:
    return page(request, "rights/link.html", None, status=status, action=None, error=texts.text(key))


@router.get("/people/{teacher_id}/rights")
async def rights_page(request: Request, services: ServicesHere, viewer: CurrentViewer, teacher_id: RowId) -> Response:
    return await _card(request, services, viewer, teacher_id)


@router.post("/people/{teacher_id}/rights/data")
async def data_of(
    request: Request, services: ServicesHere, viewer: CheckedViewer, teacher_id: RowId, form: As = "page"
) -> Response:
    data = await actions.show_person(services.db, services.clock, viewer.actor, teacher_id)
    return files.answer(request, data, form)


@router.post("/people/{teacher_id}/rights/withdraw")
async def withdraw(services: ServicesHere, viewer: CheckedViewer, teacher_id: RowId) -> Response:
    await actions.withdraw_for(services.db, services.clock, viewer.actor, teacher_id)
    return flash.redirect(f"/people/{teacher_id}/rights", "rights.withdrawn")


@router.post("/people/{teacher_id}/rights/erase")
async def erase(
    request: Request,
    services: ServicesHere,
    viewer: CheckedViewer,
    teacher_id: RowId,
    surname: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    try:
        await actions.erase_person(services.db, services.clock, viewer.actor, teacher_id, surname)
    except AppError as error:
        if error.key != "rights.other_surname":
            raise
        return await _card(request, services, viewer, teacher_id, {"surname": texts.sentence(error)})
    return flash.redirect("/people", "rights.erased")


async def _card(
    request: Request, services: Services, viewer: Viewer, teacher_id: int, errors: dict[str, str] | None = None
) -> Response:
    async with services.db.read() as session:
        card = await queries.card(session, viewer.actor, teacher_id)
    return page(request, "rights/card.html", viewer, status=422 if errors else 200, card=card, errors=errors or {})
