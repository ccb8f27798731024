"""One's own account: password, second factor, browsers; and which municipality is in view."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from admin import auth
from admin.account.browsers import in_words
from admin.auth import CheckedViewer, CurrentViewer, Viewer
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.shell.path import RowId
from core.accounts import actions as accounts
from core.accounts import queries
from core.errors import AppError, NotFound

router = APIRouter()

Typed = Annotated[str, Form(max_length=2000)]
FIELDS = {"login.unsound": "login", "login.taken": "login", "password.wrong": "old"}
"""Which field an error belongs to; the new password where nothing is said."""


@router.get("/account")
async def account_page(request: Request, services: ServicesHere, viewer: CurrentViewer) -> Response:
    return await _card(request, services, viewer)


@router.post("/account/password")
async def set_password(
    request: Request,
    services: ServicesHere,
    viewer: CheckedViewer,
    login: Typed = "",
    old: Typed = "",
    password: Typed = "",
    again: Typed = "",
) -> Response:
    """Every other browser is signed out with it."""
    try:
        _check_typing(services, viewer, password, again)
        entered = await accounts.set_own_password(
            services.db, services.clock, viewer.actor, login, password, old=old, agent=auth.agent(request)
        )
    except AppError as error:
        if not texts.knows(error.key):
            raise
        field = "again" if error.key == "password.differs" else FIELDS.get(error.key, "password")
        return await _card(request, services, viewer, login=login, errors={field: texts.sentence(error)})
    response = flash.redirect("/account", "account.password_set")
    auth.remember(response, services, entered)
    return response


def _check_typing(services: Services, viewer: Viewer, password: str, again: str) -> None:
    if password != again:
        raise AppError("password.differs")
    if not services.throttle.allows_own_password(viewer.actor.account_id):
        raise AppError("password.too_many")


@router.post("/account/second-factor")
async def second_factor(
    request: Request, services: ServicesHere, viewer: CheckedViewer, on: Typed = "", present: Typed = ""
) -> Response:
    try:
        if not services.throttle.allows_own_password(viewer.actor.account_id):
            raise AppError("password.too_many")
        await accounts.set_second_factor(services.db, services.clock, viewer.actor, present, on=on == "yes")
    except AppError as error:
        if error.key not in {"password.wrong", "password.too_many"}:
            raise
        return await _card(request, services, viewer, errors={"present": texts.sentence(error)})
    return flash.redirect("/account", "account.factor_on" if on == "yes" else "account.factor_off")


@router.post("/account/sessions/{session_id}/end")
async def end_session(services: ServicesHere, viewer: CheckedViewer, session_id: RowId) -> Response:
    await accounts.leave_one(services.db, services.clock, viewer.actor, session_id)
    return flash.redirect("/account", "sign_out.one_done")


@router.post("/account/sign-out-others")
async def sign_out_others(services: ServicesHere, viewer: CheckedViewer) -> Response:
    await accounts.leave_others(services.db, services.clock, viewer.actor, viewer.session_token)
    return flash.redirect("/account", "sign_out.others_done")


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


async def _card(
    request: Request,
    services: Services,
    viewer: Viewer,
    *,
    login: str | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    async with services.db.read() as session:
        access = await queries.own_access(session, viewer.actor)
        found = await queries.sessions_of(session, services.clock, viewer.actor.account_id, viewer.session_token)
    return page(
        request,
        "account/card.html",
        viewer,
        status=422 if errors else 200,
        access=access,
        sessions=[(one, in_words(one.agent)) for one in found],
        login=access.login or "" if login is None else login,
        errors=errors or {},
    )
