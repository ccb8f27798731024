"""Who looks at a page: the session cookie, the actor behind it, the municipality in view, the form token."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import Response

from admin.services import Services, ServicesHere
from admin.shell.origin import check_form_token, form_token
from core.accounts.actions import note_seen
from core.accounts.model import CHECK_TERM, SESSION_TERM, SignedIn
from core.accounts.queries import open_session
from core.errors import AppError
from core.people import queries
from core.people.model import Actor
from core.people.queries import AccountView, MunicipalityView

MUNICIPALITY_COOKIE = "municipality"
MARK_TERM = timedelta(days=180)
"""How long a browser is known again, so that a stranger who guesses cannot keep its owner out."""


class NotSignedIn(AppError):
    """Nobody is signed in; `place` is where to go on after signing in."""

    def __init__(self, place: str) -> None:
        super().__init__("not_signed_in")
        self.place = place


class NotStaff(AppError):
    """Somebody is signed in who has nothing to do here."""

    def __init__(self) -> None:
        super().__init__("not_staff")


@dataclass(frozen=True, slots=True)
class Viewer:
    actor: Actor
    account: AccountView
    municipality: MunicipalityView
    municipalities: tuple[MunicipalityView, ...]
    session_token: str

    @property
    def form_token(self) -> str:
        return form_token(self.session_token)

    @property
    def manages(self) -> bool:
        """May act for the municipality in view."""
        return self.actor.manages(self.municipality.id)


def cookie_name(services: Services, plain: str = "session") -> str:
    return f"__Host-{plain}" if services.secure else plain


def session_token(request: Request, services: Services) -> str | None:
    return request.cookies.get(cookie_name(services))


def check_secret(request: Request, services: Services) -> str | None:
    """Of the browser that waits for an answer from the chat."""
    return request.cookies.get(cookie_name(services, "check"))


def browser_mark(request: Request, services: Services) -> str:
    return request.cookies.get(cookie_name(services, "known"), "")


def agent(request: Request) -> str:
    """What the browser calls itself."""
    return request.headers.get("user-agent", "")


def remember(response: Response, services: Services, entered: SignedIn) -> None:
    """The cookies hold random secrets and a mark; what they stand for is in the database."""
    _set(response, services, "session", entered.secret, SESSION_TERM)
    if entered.mark is not None:
        _set(response, services, "known", entered.mark, MARK_TERM)


def remember_check(response: Response, services: Services, secret: str) -> None:
    _set(response, services, "check", secret, CHECK_TERM)


def _set(response: Response, services: Services, plain: str, value: str, term: timedelta) -> None:
    response.set_cookie(
        cookie_name(services, plain),
        value,
        max_age=int(term.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=services.secure,
        path="/",
    )


def forget(response: Response, services: Services, plain: str = "session") -> None:
    name = cookie_name(services, plain)
    response.delete_cookie(name, httponly=True, samesite="lax", secure=services.secure, path="/")


async def current_actor(request: Request, services: ServicesHere) -> Actor:
    """Raises NotSignedIn when the session is missing, ended or revoked, NotStaff for a teacher."""
    token = session_token(request, services)
    async with services.db.read() as session:
        found = await open_session(session, services.clock, token) if token else None
        actor = None if found is None else await queries.actor_of_account(session, found.account_id)
    if found is None or actor is None:
        raise NotSignedIn(_place(request))
    await note_seen(services.db, services.clock, found)
    if not actor.is_staff:
        raise NotStaff
    return actor


async def current_viewer(
    request: Request, services: ServicesHere, actor: Annotated[Actor, Depends(current_actor)]
) -> Viewer:
    """Raises what `current_actor` raises, and NotStaff when no municipality is within reach."""
    async with services.db.read() as session:
        account = await queries.account_view(session, actor)
        municipalities = tuple(await queries.municipalities(session, actor))
    if not municipalities:
        raise NotStaff
    return Viewer(
        actor, account, _chosen(request, municipalities), municipalities, session_token(request, services) or ""
    )


async def checked_viewer(request: Request, viewer: Annotated[Viewer, Depends(current_viewer)]) -> Viewer:
    """For whatever changes something: also the form token must be this session's."""
    form = await request.form(max_files=0, max_fields=500)
    check_form_token(form.get("form_token"), viewer.session_token)
    return viewer


async def uploading_viewer(
    request: Request, viewer: Annotated[Viewer, Depends(current_viewer)]
) -> AsyncIterator[Viewer]:
    """As `checked_viewer`, for forms that carry one file; the file is gone with the request."""
    try:
        form = await request.form(max_files=1, max_fields=500)
        check_form_token(form.get("form_token"), viewer.session_token)
        yield viewer
    finally:
        await request.close()


CurrentActor = Annotated[Actor, Depends(current_actor)]
CurrentViewer = Annotated[Viewer, Depends(current_viewer)]
CheckedViewer = Annotated[Viewer, Depends(checked_viewer)]
UploadingViewer = Annotated[Viewer, Depends(uploading_viewer)]


def _chosen(request: Request, municipalities: tuple[MunicipalityView, ...]) -> MunicipalityView:
    wanted = request.cookies.get(MUNICIPALITY_COOKIE)
    return next((one for one in municipalities if str(one.id) == wanted), municipalities[0])


def _place(request: Request) -> str:
    if request.method != "GET":
        return "/"
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}"


def sign_in_address(place: str) -> str:
    return "/sign-in" if place == "/" else f"/sign-in?{urlencode({'place': place})}"


def own_place(place: str | None) -> str:
    """`place` when it is an address inside the admin, else the home page: no open redirect."""
    if not place or not place.startswith("/") or place.startswith("//") or "\\" in place or not place.isprintable():
        return "/"
    return place
