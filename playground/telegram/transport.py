"""Cutting a connection without an answer, as a dying network does."""

import asyncio
from typing import cast

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol


class CuttableProtocol(H11Protocol):
    """uvicorn's protocol that lets the application reach the connection through `scope["state"]`."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast(asyncio.Transport, transport))
        self.app_state = {**self.app_state, "transport": transport}


class HangUp(Response):
    """No answer at all: the connection is cut. Without a real connection raises ConnectionAbortedError."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = scope.get("state", {}).get("transport")
        if transport is None:
            raise ConnectionAbortedError("stand-in hung up")
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            continue
