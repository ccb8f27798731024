"""What Telegram brings by itself is stored before it is confirmed, and only from Telegram."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from bot import webhook
from storage import inbox
from storage.session import Database
from tests.bot.plumbing.fakes import message, rows
from tests.clocks import SetClock

SECRET = "s3cret-of-the-webhook"
HEADERS = {webhook.SECRET_HEADER: SECRET}


class Hook:
    def __init__(self, client: httpx.AsyncClient, woken: list[int]) -> None:
        self.client = client
        self.woken = woken

    async def post(self, body: bytes, headers: dict[str, str] | None = None) -> int:
        answer = await self.client.post(webhook.PATH, content=body, headers=HEADERS if headers is None else headers)
        return answer.status_code


@pytest.fixture
async def hook(sqlite_db: Database, clock: SetClock) -> AsyncIterator[Hook]:
    woken: list[int] = []
    app = Starlette(routes=webhook.routes(sqlite_db, clock, SECRET, lambda: woken.append(1)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        yield Hook(client, woken)


async def test_an_update_is_on_disk_when_it_is_confirmed(hook: Hook, sqlite_db: Database) -> None:
    body = json.dumps(message(5, person=77)).encode()
    assert await hook.post(body) == 200
    assert await hook.post(body) == 200
    found = await rows(sqlite_db)
    assert [(row.update_id, row.person, row.state) for row in found] == [(5, "77", "new")]
    assert hook.woken == [1]


@pytest.mark.parametrize("headers", [{}, {webhook.SECRET_HEADER: "wrong"}, {webhook.SECRET_HEADER: ""}])
async def test_without_the_secret_nothing_is_taken(hook: Hook, sqlite_db: Database, headers: dict[str, str]) -> None:
    assert await hook.post(json.dumps(message(5)).encode(), headers) == 403
    assert await rows(sqlite_db) == []


async def test_an_empty_secret_opens_nothing(sqlite_db: Database, clock: SetClock) -> None:
    status = await webhook.accept(sqlite_db, clock, "", "", b'{"update_id": 1}', lambda: None)
    assert status == 403


@pytest.mark.parametrize("body", [b"", b"garbage", b"[1]", b'{"update_id": "1"}', b'{"update_id": true}', b"\xff"])
async def test_what_is_no_update_is_refused(hook: Hook, sqlite_db: Database, body: bytes) -> None:
    assert await hook.post(body) == 400
    assert await rows(sqlite_db) == []


async def test_an_update_that_makes_no_sense_is_stored_for_the_worker_to_set_aside(
    hook: Hook, sqlite_db: Database
) -> None:
    assert await hook.post(b'{"update_id": 3, "message": {"from": "\\ud800"}}') == 200
    assert [row.person for row in await rows(sqlite_db)] == ["update-3"]


async def test_a_body_too_large_is_refused(hook: Hook, sqlite_db: Database) -> None:
    assert await hook.post(b" " * (webhook.BODY_BYTES + 1)) == 413
    assert await rows(sqlite_db) == []


async def test_telegram_is_asked_to_repeat_what_could_not_be_stored(
    hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_given: object) -> int:
        raise OperationalError("insert", {}, Exception("disk is full"))

    monkeypatch.setattr(inbox, "receive", full)
    assert await hook.post(json.dumps(message(5)).encode()) == 503
    assert hook.woken == []
