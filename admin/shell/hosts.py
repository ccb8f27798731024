"""Under which names the admin answers (ASVS 5, 3.5 and 13.4): a foreign name is a page of another site, or a trick."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from core.settings import Settings

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""This machine, whatever the admin is called outside; also health checks come so."""
ANY = frozenset({"", "0.0.0.0", "::", "*"})  # noqa: S104 - compared with, nothing listens here
"""No names: the program listens on every address of the machine."""

REFUSAL = "Такого адреса у кабинета нет. Если он верный, добавьте его в ALLOWED_HOSTS."


def allowed(settings: Settings) -> frozenset[str]:
    """Names without ports, in small letters."""
    named = {one.strip().casefold().strip("[]") for one in (settings.allowed_hosts or "").split(",")}
    own = {urlsplit(settings.public_admin_url).hostname or "", settings.admin_host.casefold()}
    return (LOCAL | named | own) - ANY


class HostMiddleware:
    def __init__(self, app: ASGIApp, *, allowed: Collection[str]) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _name(Headers(scope=scope).getlist("host")) not in self._allowed:
            await PlainTextResponse(REFUSAL, 400)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _name(given: list[str]) -> str | None:
    """The host without its port; None for an address that is none, or for several."""
    if len(given) != 1:
        return None
    try:
        return urlsplit(f"//{given[0]}").hostname
    except ValueError:
        return None
