"""Expected and unexpected errors as pages: the admin's edge (STYLE.md, "One error base")."""

import secrets

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from admin import auth
from admin.services import services_of
from admin.shell import texts
from admin.shell.headers import security_headers
from admin.shell.origin import ForeignRequest
from admin.shell.page import page
from core.errors import AppError, Denied, NotFound

log = structlog.get_logger()


def install(app: FastAPI) -> None:
    app.add_exception_handler(AppError, _expected)
    app.add_exception_handler(RequestValidationError, _no_such_page)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    if isinstance(error, auth.NotSignedIn):
        return _to_sign_in(request, error)
    if isinstance(error, auth.NotStaff):
        return page(request, "shell/not_staff.html", None, status=403)
    if isinstance(error, NotFound):
        return _failure(request, 404, "Такой страницы нет", texts.text("not_found"))
    if isinstance(error, Denied | ForeignRequest):
        return _failure(request, 403, "Сюда нельзя", texts.sentence(error))
    return _failure(request, 409, "Не получилось", texts.sentence(error))


def _to_sign_in(request: Request, error: auth.NotSignedIn) -> Response:
    response = RedirectResponse(auth.sign_in_address(error.place), status_code=303)
    auth.forget(response, services_of(request))
    return response


async def _no_such_page(request: Request, _error: Exception) -> Response:
    """An address whose parts cannot be what they should be leads nowhere."""
    return _failure(request, 404, "Такой страницы нет", texts.text("not_found"))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return await _no_such_page(request, error)
    if error.status_code == 405:
        return _failure(request, 405, "Так эта страница не открывается", texts.text("wrong_method"))
    return _failure(request, error.status_code, "Не получилось", texts.text("bad_request"))


async def _unexpected(request: Request, error: Exception) -> Response:
    """A number joins what the person reports with what the log holds; the page tells nothing else."""
    number = secrets.token_hex(4)
    log.error("admin.unexpected", number=number, path=_route(request), exc_info=error)
    response = _failure(request, 500, "У нас что-то сломалось", texts.text("broken", number=number))
    # This answer is made outside the middleware, so it takes its headers along.
    response.headers.update({**security_headers(secure=services_of(request).secure), "Cache-Control": "no-store"})
    return response


def _route(request: Request) -> str:
    """The address as a pattern: a real one may hold a sign-in token."""
    route = request.scope.get("route")
    return getattr(route, "path", "unknown")


def _failure(request: Request, status: int, title: str, sentence: str) -> Response:
    return page(request, "shell/failure.html", None, status=status, title=title, sentence=sentence)
