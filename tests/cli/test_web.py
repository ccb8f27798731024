"""Whose word is taken about where a request comes from."""

import pytest
from fastapi import FastAPI, Request
from httpx import ASGITransport, AsyncClient

from cli.web import WebServer, listen

PROXY = "10.0.0.1"


@pytest.mark.parametrize(("client", "seen"), [(PROXY, "203.0.113.7"), ("10.0.0.9", "10.0.0.9")])
async def test_only_the_named_proxy_is_believed(client: str, seen: str) -> None:
    app = FastAPI()

    @app.get("/")
    async def address(request: Request) -> str | None:
        return request.client.host if request.client else None

    with listen("127.0.0.1", 0) as listener:
        server = WebServer(app, listener, PROXY)
        server.config.load()
        transport = ASGITransport(app=server.config.loaded_app, client=(client, 5000))
        async with AsyncClient(transport=transport, base_url="http://admin.test") as browser:
            answer = await browser.get("/", headers={"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"})
    assert answer.json() == seen
