"""Keeps the page and the control routes to this machine: other hosts and other sites' scripts are turned away."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-cache"),
)


class LoopbackOnly:
    """ASGI middleware. The Bot API itself is let through: its token guards it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 403 or pass on."""
        if scope["type"] != "http" or scope["path"].startswith(("/bot", "/file/bot")):
            await self.app(scope, receive, send)
            return
        if not _is_local(scope):
            await PlainTextResponse("Доступ только с этого компьютера", 403)(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _is_local(scope: Scope) -> bool:
    client = scope.get("client")
    headers = Headers(scope=scope)
    host = urlsplit(f"//{headers.get('host', '')}").hostname
    if (client and client[0] not in LOOPBACK) or host not in LOOPBACK:
        return False
    return headers.get("sec-fetch-site", "none") in ("none", "same-origin") or scope["method"] == "GET"
