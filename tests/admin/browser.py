"""A browser without a screen: keeps cookies, sends what forms send, and the headers that browsers send."""

import re
from html import unescape
from typing import Any

import httpx

ADDRESS = "http://admin.test"


class Browser:
    def __init__(self, app: Any = None, address: str = ADDRESS) -> None:
        """In front of an app of this process, or of a program that listens at `address`."""
        transport = None if app is None else httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url=address, trust_env=False, timeout=30)
        self.form_token = ""
        self.last: httpx.Response | None = None

    @property
    def cookies(self) -> httpx.Cookies:
        return self._client.cookies

    async def get(self, path: str, **options: Any) -> httpx.Response:
        return self._seen(await self._client.get(path, **options))

    async def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> httpx.Response:
        """As a form of the page seen last: with its token."""
        headers = {"Sec-Fetch-Site": "same-origin", **options.pop("headers", {})}
        sent = {"form_token": self.form_token, **(data or {})}
        return self._seen(await self._client.post(path, data=sent, headers=headers, **options))

    async def follow(self, response: httpx.Response) -> httpx.Response:
        """The page that a change leads to."""
        assert response.status_code == 303, response.text
        return await self.get(response.headers["location"])

    def _seen(self, response: httpx.Response) -> httpx.Response:
        self.last = response
        if found := re.search(r'name="form_token" value="([^"]+)"', response.text):
            self.form_token = found[1]
        return response

    async def aclose(self) -> None:
        await self._client.aclose()


def words(response: httpx.Response) -> str:
    """What a person reads, in one line."""
    text = re.sub(r"<(script|style).*?</\1>", " ", response.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
