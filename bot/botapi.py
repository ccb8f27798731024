"""The Bot API in raw JSON, for what must not depend on a model of it: fetching updates and introducing ourselves."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.outcomes import CUT, GARBLED, NO_ANSWER, NOT_CONNECTED, Trouble, Undelivered, gateway, refused

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0


class BotApi:
    """Use as an async context manager. `url` is the server's address without the token."""

    def __init__(self, url: str, token: str) -> None:
        self._base = f"{url.rstrip('/')}/bot{token}"
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "BotApi":
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_error: object) -> None:
        assert self._session is not None
        await self._session.close()

    async def call(self, method: str, params: Mapping[str, Any], *, timeout: float = ANSWER_SECONDS) -> Any:  # noqa: ASYNC109
        """The `result` of the answer. Raises Undelivered; `timeout` in seconds for the whole exchange."""
        assert self._session is not None
        limits = aiohttp.ClientTimeout(total=timeout, sock_connect=CONNECT_SECONDS)
        try:
            async with self._session.post(f"{self._base}/{method}", json=params, timeout=limits) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Undelivered(silence(error)) from None  # its words hold the address, and so the token
        return result_of(response.status, body)


def silence(error: Exception) -> Trouble:
    """What it means that no answer came."""
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return NOT_CONNECTED
    return NO_ANSWER if isinstance(error, asyncio.TimeoutError) else CUT


def result_of(status: int, body: bytes) -> Any:
    """The `result` of an answer. Raises Undelivered for a refusal and for what is no answer of the Bot API."""
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or "ok" not in answer:
        # A page of something in between, whose 404 says nothing about the token.
        raise Undelivered(gateway(status) if status >= 500 else GARBLED)
    if answer["ok"] is True:
        return answer.get("result")
    extra = answer.get("parameters")
    wait = extra.get("retry_after") if isinstance(extra, dict) else None
    code = int(answer.get("error_code") or status)
    raise Undelivered(refused(code, str(answer.get("description", "")), wait), code)
