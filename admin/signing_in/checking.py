"""The second factor: the browser shows a number and waits until it was pressed in the chat."""

from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from admin import auth
from admin.services import Services, ServicesHere
from admin.shell import texts
from admin.shell.live import guarded, pause
from admin.shell.page import page
from admin.signing_in.arriving import arrive, is_signed_in
from core.accounts import actions as accounts
from core.accounts.model import CHECK_TERM, CheckView, Progress
from core.accounts.queries import check_view
from core.errors import AppError, Denied

router = APIRouter()

LOOK_EVERY = 1.0
"""Seconds between two looks at whether the number was pressed."""


def ask(services: Services, secret: str, place: str) -> Response:
    """To the page that waits. The secret is in a cookie, so the address alone opens nothing."""
    query = "" if place == "/" else f"?{urlencode({'place': place})}"
    response = RedirectResponse(f"/sign-in/check{query}", status_code=303)
    auth.remember_check(response, services, secret)
    return response


@router.get("/sign-in/check")
async def check_page(request: Request, services: ServicesHere, place: str = "/") -> Response:
    return _waiting(request, await _view(request, services), auth.own_place(place))


@router.post("/sign-in/check")
async def confirm(request: Request, services: ServicesHere, place: Annotated[str, Form()] = "/") -> Response:
    """«Я подтвердил»; the page's script presses it by itself when the chat has answered."""
    place = auth.own_place(place)
    secret = auth.check_secret(request, services)
    try:
        entered = await accounts.enter_by_check(services.db, services.clock, secret or "", auth.agent(request))
    except Denied:
        return page(request, "shell/not_staff.html", None, status=403)
    except AppError as error:
        if error.key == "sign_in.check_over" and await is_signed_in(request, services):
            return RedirectResponse(place, status_code=303)  # a doubled press
        return _waiting(request, await _view(request, services), place, pressed=True)
    response = await arrive(request, services, entered, place)
    auth.forget(response, services, "check")
    return response


@router.get("/sign-in/check/events", response_class=EventSourceResponse)
async def events(request: Request, services: ServicesHere) -> AsyncIterator[ServerSentEvent]:
    """One event when there is nothing to wait for any more; the time of a check bounds the stream."""
    async for event in guarded(_decided(request, services), "/sign-in/check/events"):
        yield event


async def _decided(request: Request, services: Services) -> AsyncIterator[ServerSentEvent]:
    while not services.stopping.is_set():
        if (await _view(request, services)).progress is not Progress.WAITING:
            yield ServerSentEvent(event="decided", data="")
            return
        await pause(services.stopping, LOOK_EVERY)


async def _view(request: Request, services: Services) -> CheckView:
    async with services.db.read() as session:
        return await check_view(session, services.clock, auth.check_secret(request, services) or "")


def _waiting(request: Request, view: CheckView, place: str, *, pressed: bool = False) -> Response:
    """After a press that came too early the page says so; what cannot come any more leads back to the form."""
    going = view.progress in {Progress.WAITING, Progress.APPROVED}
    error = texts.text("sign_in.check_waiting" if going else f"sign_in.check_{view.progress}")
    return page(
        request,
        "signing_in/check.html",
        None,
        status=200 if going else 401,
        number=view.number if going else None,
        minutes=int(CHECK_TERM.total_seconds()) // 60,
        error=error if pressed or not going else None,
        place=place,
        back=auth.sign_in_address(place),
    )
