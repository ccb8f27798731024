"""A stand-in on a real port with a clock that tests move, and a bot that is nothing but HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from playground.telegram.client import ChatUser
from playground.telegram.server import StandInServer
from playground.telegram.settings import StandInSettings
from playground.telegram.state import StandIn


@dataclass
class HandClock:
    """Seconds that pass only when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class BareBot:
    """Calls methods and returns the whole JSON."""

    http: httpx.AsyncClient

    async def __call__(self, method: str, files: dict[str, Any] | None = None, **params: Any) -> dict[str, Any]:
        if files:
            response = await self.http.post(method, data=params, files=files)
        else:
            response = await self.http.post(method, json=params)
        body: dict[str, Any] = response.json()
        assert response.status_code == (200 if body["ok"] else body["error_code"])
        return body

    async def ok(self, method: str, files: dict[str, Any] | None = None, **params: Any) -> Any:
        body = await self(method, files, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, files: dict[str, Any] | None = None, **params: Any) -> str:
        body = await self(method, files, **params)
        assert not body["ok"], body
        return f"{body['error_code']} {body['description']}"

    async def say(self, user: ChatUser, text: str = "Здравствуйте", **params: Any) -> int:
        """Send a text; returns its number."""
        message = await self.ok("sendMessage", chat_id=user.user_id, text=text, **params)
        return int(message["message_id"])


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def wall() -> HandClock:
    return HandClock(1_790_000_000.0)


@pytest.fixture
def settings() -> StandInSettings:
    return StandInSettings(chat_burst=1000, overall_burst=1000, webhook_first_retry=0.0, webhook_timeout=5.0)


@pytest.fixture
async def standin(settings: StandInSettings, clock: HandClock, wall: HandClock) -> AsyncIterator[StandInServer]:
    async with StandInServer(StandIn(settings, clock=clock, wall=wall)) as server:
        yield server


@pytest.fixture
async def bot(standin: StandInServer) -> AsyncIterator[BareBot]:
    address = f"{standin.base_url}/bot{standin.token}/"
    async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=10) as http:
        yield BareBot(http)


@pytest.fixture
async def teacher(standin: StandInServer) -> ChatUser:
    """A person who has started the bot."""
    user = await standin.user("Проба <b>Пробная</b>")
    await user.start()
    return user
