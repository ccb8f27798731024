"""Delivery to a webhook: the secret, repeats, order."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from playground.telegram.client import ChatUser
from playground.telegram.server import StandInServer
from tests.standin.conftest import BareBot, HandClock


class Receiver:
    """A small HTTP server that keeps what it gets and answers what it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[str, bytes]] = []
        self.statuses: list[str] = []
        self.body = b""
        self.url = ""
        self.more = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().split("content-length: ")[1].split("\r\n")[0])
        self.got.append((head, await reader.readexactly(length)))
        status = self.statuses.pop(0) if self.statuses else "200 OK"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(self.body)}\r\n\r\n".encode() + self.body)
        writer.close()
        self.more.set()

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.got) < count:
                self.more.clear()
                await self.more.wait()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook?x=1"
    yield receiver
    server.close()
    await server.wait_closed()


async def pending(bot: BareBot, count: int) -> dict[str, object]:
    """getWebhookInfo once so many updates are pending."""
    async with asyncio.timeout(5):
        while True:
            info: dict[str, object] = await bot.ok("getWebhookInfo")
            if info["pending_update_count"] == count:
                return info


async def test_delivery_with_the_secret_in_order(bot: BareBot, teacher: ChatUser, receiver: Receiver) -> None:
    await bot.ok("setWebhook", url=receiver.url, secret_token="s-e_cret1", max_connections=2)
    for text in ("раз", "два"):
        await teacher.send(text)
    await receiver.wait_for(3)
    assert all("X-Telegram-Bot-Api-Secret-Token: s-e_cret1" in head for head, _ in receiver.got)
    texts = [json.loads(body)["message"]["text"] for _, body in receiver.got]
    assert texts == ["/start", "раз", "два"]
    info = await pending(bot, 0)
    assert (info["url"], info["max_connections"]) == (receiver.url, 2)
    assert "last_error_message" not in info


async def test_repeats_carry_the_same_number(bot: BareBot, teacher: ChatUser, receiver: Receiver) -> None:
    receiver.statuses = ["500 Oh", "503 No"]
    await bot.ok("setWebhook", url=receiver.url)
    await receiver.wait_for(3)
    assert len({body for _, body in receiver.got}) == 1
    info = await pending(bot, 0)
    assert info["last_error_message"] == "Wrong response from the webhook: 503 No"


async def test_polling_and_webhook_exclude_each_other(
    bot: BareBot, standin: StandInServer, receiver: Receiver, clock: HandClock
) -> None:
    poll = asyncio.create_task(bot.refused("getUpdates", timeout=9))
    await asyncio.wait([poll], timeout=0.05)
    await bot.ok("setWebhook", url=receiver.url)
    assert await poll == "409 Conflict: terminated by setWebhook request"
    refused = await bot.refused("getUpdates")
    assert refused.startswith("409 Conflict: can't use getUpdates method while webhook is active")
    assert await bot.refused("setWebhook", url=receiver.url) == "429 Too Many Requests: retry after 1"
    await bot.ok("deleteWebhook", drop_pending_updates=True)
    assert (await bot.ok("getWebhookInfo"))["url"] == ""
    assert await bot.ok("getUpdates") == []


async def test_nobody_listens(bot: BareBot, teacher: ChatUser) -> None:
    await bot.ok("setWebhook", url="http://127.0.0.1:1/hook")
    async with asyncio.timeout(5):
        while "last_error_message" not in (info := await bot.ok("getWebhookInfo")):
            continue
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)


async def test_methods_in_answers_are_refused(bot: BareBot, teacher: ChatUser, receiver: Receiver) -> None:
    receiver.body = b'{"method": "sendMessage"}'
    await bot.ok("setWebhook", url=receiver.url)
    await receiver.wait_for(2)
    info = await bot.ok("getWebhookInfo")
    assert info["last_error_message"] == "stand-in does not know methods in answers to the webhook"


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:444/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "ftp://x"}, "invalid webhook URL specified"),
        ({"url": "https://example.org/", "secret_token": "я"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org/", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_refused_webhooks(bot: BareBot, params: dict[str, str], refusal: str) -> None:
    assert await bot.refused("setWebhook", **params) == f"400 Bad Request: {refusal}"
