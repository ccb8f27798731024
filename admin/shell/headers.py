"""Headers that every answer carries, and the largest body that is read (ASVS 5, 3.4 and 4.3)."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Tabler's own stylesheet draws its arrows and ticks from data: addresses
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

BODY_LIMIT = 1_000_000
"""Bytes; no form of the admin that carries no file comes near it."""

UPLOAD_LIMITS = {
    "/surveys/upload": 11_000_000,
    "/imports/upload": 27_000_000,
    "/announcements/new": 21_000_000,
    "/announcements/{id}/edit": 21_000_000,
}
"""Bytes, by address, where a file may come; the file itself is measured by who reads it."""

_NUMBER = re.compile(r"(?<=/)[0-9]+(?=/)")

ASSETS = ("/assets/", "/own/", "/font/")


def security_headers(*, secure: bool) -> dict[str, str]:
    """`secure`: the admin is reached by https."""
    headers = {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        # Not "no-referrer": with it browsers send "Origin: null" and the same-origin check would refuse them.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
        "X-Frame-Options": "DENY",
    }
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


class HeadersMiddleware:
    """Plain ASGI, so that streams pass through unbuffered."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = security_headers(secure=secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asset = scope["path"].startswith(ASSETS)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "public, max-age=604800" if asset else "no-store")
            await send(message)

        if _too_large(Headers(scope=scope), _limit(scope["path"])):
            await PlainTextResponse("Слишком большой запрос.", 413)(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)


def _limit(path: str) -> int:
    return UPLOAD_LIMITS.get(_NUMBER.sub("{id}", path), BODY_LIMIT)


def _too_large(headers: Headers, limit: int) -> bool:
    """A body must say how long it is, so that nothing is read before that is known."""
    length = headers.get("content-length")
    if length is not None:
        return not length.isdigit() or int(length) > limit
    return "transfer-encoding" in headers
