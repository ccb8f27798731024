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
from core.accounts import actions as accounts
from core.errors import AppError, Denied
from core.people import queries

router = APIRouter()

Token = Annotated[str, Form(max_length=200)]


@router.get("/sign-in")
async def sign_in_page(request: Request, services: ServicesHere, place: str = "/") -> Response:
    if await _is_signed_in(request, services):
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
    login = login.strip()
    if not login or not password:
        return _form(request, services, place, login, "sign_in.empty")
    if not services.throttle.allows_password(login, _address(request)):
        return _form(request, services, place, login, "sign_in.too_many", status=429)
    try:
        token = await accounts.enter_by_password(services.db, services.clock, login[:200], password[:1000])
    except Denied:
        return page(request, "shell/not_staff.html", None, status=403)
    except AppError as error:
        return _form(request, services, place, login, error.key, status=401)
    services.throttle.forget(login, _address(request))
    return await _enter(request, services, token, auth.own_place(place))


@router.get("/enter/{token}")
async def link_page(request: Request, token: str) -> Response:
    """Only a button: messengers open links to preview them, and that must not use the link up."""
    return page(request, "signing_in/link.html", None, action=f"/enter/{quote(token, safe='')}", error=None)


@router.post("/enter/{token}")
async def enter(request: Request, services: ServicesHere, token: str) -> Response:
    if not services.throttle.allows_link(_address(request)):
        return page(
            request, "signing_in/link.html", None, status=429, action=None, error=texts.text("sign_in.too_many")
        )
    try:
        session_token = await accounts.enter_by_link(services.db, services.clock, token)
    except Denied:
        return page(request, "shell/not_staff.html", None, status=403)
    except AppError:
        return await _spent_link(request, services)
    return await _enter(request, services, session_token, "/")


@router.post("/sign-out")
async def sign_out(services: ServicesHere, viewer: CheckedViewer) -> Response:
    await accounts.leave(services.db, viewer.session_token)
    response = flash.redirect("/sign-in", "sign_out.done")
    auth.forget(response, services)
    return response


async def _enter(request: Request, services: Services, token: str, place: str) -> Response:
    """A new session; the one this browser had before ends."""
    if (old := auth.session_token(request, services)) is not None:
        await accounts.leave(services.db, old)
    response = RedirectResponse(place, status_code=303)
    auth.remember(response, services, token)
    return response


async def _spent_link(request: Request, services: Services) -> Response:
    """A doubled press finds the link used, but by this very browser: it simply goes on."""
    if await _is_signed_in(request, services):
        return RedirectResponse("/", status_code=303)
    error = texts.text("sign_in.link_refused")
    return page(request, "signing_in/link.html", None, status=401, action=None, error=error)


async def _is_signed_in(request: Request, services: Services) -> bool:
    token = auth.session_token(request, services)
    async with services.db.read() as session:
        return token is not None and await queries.actor_of_session(session, services.clock, token) is not None


def _form(
    request: Request, services: Services, place: str, login: str = "", error: str | None = None, *, status: int = 200
) -> Response:
    return page(
        request,
        "signing_in/form.html",
        None,
        status=status if error is None or status != 200 else 422,
        place=auth.own_place(place),
        login=login,
        error=texts.text(error) if error else None,
        hint=services.sign_in_hint,
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
