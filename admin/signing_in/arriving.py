"""The moment somebody is in: a session of this browser's own."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from admin import auth
from admin.services import Services
from core.accounts import actions as accounts
from core.accounts.model import SignedIn
from core.accounts.queries import actor_of_session


async def arrive(request: Request, services: Services, entered: SignedIn, place: str) -> Response:
    """A new session; the one this browser had before ends, whoever gave it to the browser."""
    if (old := auth.session_token(request, services)) is not None:
        await accounts.leave(services.db, services.clock, old)
    response = RedirectResponse(place, status_code=303)
    auth.remember(response, services, entered)
    return response


async def is_signed_in(request: Request, services: Services) -> bool:
    token = auth.session_token(request, services)
    async with services.db.read() as session:
        return token is not None and await actor_of_session(session, services.clock, token) is not None
