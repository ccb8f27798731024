"""Signing in by a one-time link or by password, and signing out."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from admin import auth
from admin.auth import CheckedViewer
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from admin.shell.peer import address
from admin.signing_in import checking
from admin.signing_in.arriving import arrive, is_signed_in
from admin.signing_in.throttle import Verdict
from core.accounts import actions as accounts
from core.accounts.model import AskedInChat, SignedIn
from core.errors import AppError, Denied

router = APIRouter()
router.include_router(checking.router)

REFUSED_STATUS = {"sign_in.empty": 422, "sign_in.too_many": 429, "sign_in.too_many_checks": 429}


@router.get("/sign-in")
async def sign_in_page(request: Request, services: ServicesHere, place: str = "/") -> Response:
    if await is_signed_in(request, services):
        return RedirectResponse(auth.own_place(place), status_code=303)
    return _form(request, services, place)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    services: ServicesHere,
    login: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    place: Annotated[str, Form()] = "/",
) -> Response:
    """One answer for every wrong pair; too many tries are refused before the password is looked at."""
    login = login.strip()[:200]
    try:
        entered = await _enter(request, services, login, password[:1000])
    except Denied:
        return page(request, "shell/not_staff.html", None, status=403)
    except AppError as error:
        return _form(request, services, place, login, error.key)
    services.throttle.forget(login, address(request))
    if isinstance(entered, AskedInChat):
        services.wake_sender()
        return checking.ask(services, entered.secret, auth.own_place(place))
    return await arrive(request, services, entered, auth.own_place(place))


async def _enter(request: Request, services: Services, login: str, password: str) -> SignedIn | AskedInChat:
    if not login or not password:
        raise AppError("sign_in.empty")
    verdict = services.throttle.password(login, address(request))
    if verdict is Verdict.CLOSED:
        raise AppError("sign_in.too_many")
    return await accounts.enter_by_password(
        services.db,
        services.clock,
        login,
        password,
        agent=auth.agent(request),
        mark=auth.browser_mark(request, services),
        wary=verdict is Verdict.WARY,
    )


@router.get("/enter/{token}")
async def link_page(request: Request, token: str) -> Response:
    """Only a button: messengers open links to preview them, and that must not use the link up."""
    return page(request, "signing_in/link.html", None, action=f"/enter/{quote(token, safe='')}", error=None)


@router.post("/enter/{token}")
async def enter(request: Request, services: ServicesHere, token: str) -> Response:
    if not services.throttle.allows_link(address(request)):
        return page(
            request, "signing_in/link.html", None, status=429, action=None, error=texts.text("sign_in.too_many")
        )
    try:
        entered = await accounts.enter_by_link(services.db, services.clock, token, auth.agent(request))
    except Denied:
        return page(request, "shell/not_staff.html", None, status=403)
    except AppError:
        return await _spent_link(request, services)
    return await arrive(request, services, entered, "/")


@router.post("/sign-out")
async def sign_out(services: ServicesHere, viewer: CheckedViewer) -> Response:
    await accounts.leave(services.db, services.clock, viewer.session_token)
    response = flash.redirect("/sign-in", "sign_out.done")
    auth.forget(response, services)
    return response


async def _spent_link(request: Request, services: Services) -> Response:
    """A doubled press finds the link used, but by this very browser: it simply goes on."""
    if await is_signed_in(request, services):
        return RedirectResponse("/", status_code=303)
    error = texts.text("sign_in.link_refused")
    return page(request, "signing_in/link.html", None, status=401, action=None, error=error)


def _form(request: Request, services: Services, place: str, login: str = "", error: str | None = None) -> Response:
    return page(
        request,
        "signing_in/form.html",
        None,
        status=200 if error is None else REFUSED_STATUS.get(error, 401),
        place=auth.own_place(place),
        login=login,
        error=texts.text(error) if error else None,
        hint=services.sign_in_hint,
    )
