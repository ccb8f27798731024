"""Updates that Telegram brings by itself (Bot API, setWebhook), into the same inbox as those we fetch."""

import hmac
import json
from collections.abc import Callable

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.failures import DATABASE_AWAY
from bot.intake import incoming
from core.clock import Clock
from core.people.model import Channel
from storage import inbox
from storage.session import Database

log = structlog.get_logger()

PATH = "/telegram/updates"
BODY_BYTES = 1024 * 1024
"""Far more than an update has; more is not Telegram's."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header


async def accept(
    db: Database, clock: Clock, secret: str, given: str | None, body: bytes, wake: Callable[[], None]
) -> int:
    """The HTTP status of the answer; 200 only when the update is on disk, so that Telegram repeats it otherwise.

    `given` is the secret of the request's header. What is no update at all is refused for good with 400, and
    what is one but makes no sense is stored: the worker sets it aside.
    """
    if not secret or given is None or not hmac.compare_digest(secret.encode(), given.encode()):
        return 403
    if len(body) > BODY_BYTES:
        return 413
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return 400
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        return 400
    try:
        new = await inbox.receive(db, Channel.TELEGRAM, [incoming(update)], clock.now())
    except DATABASE_AWAY as error:
        log.warning("update not stored", error=type(error).__name__)
        return 503
    if new:
        wake()
    return 200


def routes(db: Database, clock: Clock, secret: str, wake: Callable[[], None]) -> list[Route]:
    """To be mounted where Telegram can reach it; see `PATH`."""

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER)
        if given is None or not hmac.compare_digest(secret.encode(), given.encode()):
            return Response(status_code=403)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_BYTES:
                return Response(status_code=413)
        return Response(status_code=await accept(db, clock, secret, given, bytes(body), wake))

    return [Route(PATH, receive, methods=["POST"])]
