"""What holds for every address: own forms only, own names only, nothing kept by anybody on the way."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from admin.auth import checked_viewer, uploading_viewer
from storage.models import AuditEntry
from storage.session import Database
from tests.admin.addresses import ADDRESSES, CHANGING, READING, calls, filled, routes
from tests.admin.browser import ADDRESS, Browser
from tests.admin.conftest import SignIn
from tests.admin.world import World

BEFORE_SIGNING_IN = {"/sign-in", "/sign-in/check", "/enter/{token}", "/my-data/{token}"}
"""They have no session, so no token of one: what the browser says about where a form came from has to do."""
WITHOUT_ACCOUNT = BEFORE_SIGNING_IN | {"/sign-in/check/events", "/healthz", "/metrics", "/sign-out"}
CHECKS_ITSELF = {"/imports/upload"}
"""By a dependency of its own, which lets go of the file as well; the tests here show that it does check."""
REFUSED = {403, 404}
"""The latter where the record is looked for first."""
CHECKS = {checked_viewer, uploading_viewer}
FOREIGN: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Referer": f"{ADDRESS}/"},
]


def test_there_are_addresses() -> None:
    assert len(ADDRESSES) > 150
    assert {path for _, path in ADDRESSES} >= WITHOUT_ACCOUNT


async def test_no_change_is_asked_for_by_another_site(
    app: FastAPI, sign_in: SignIn, world: World, sqlite_db: Database
) -> None:
    browser = await sign_in(world.administrator)
    before = await entries(sqlite_db)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies=dict(browser.cookies)) as other:
        for path in CHANGING:
            for headers in FOREIGN:
                sent = {"form_token": browser.form_token}
                answer = await other.post(filled(path), data=sent, headers=headers)
                assert answer.status_code == 403, (path, headers)
    assert await entries(sqlite_db) == before


@pytest.mark.parametrize("token", ["", "0" * 64, "ключ"])
async def test_no_change_is_made_without_the_form(
    sign_in: SignIn, world: World, sqlite_db: Database, token: str
) -> None:
    browser = await sign_in(world.administrator)
    before = await entries(sqlite_db)
    for path in CHANGING:
        if path in BEFORE_SIGNING_IN:
            continue
        answer = await browser.post(filled(path), {"form_token": token})
        assert answer.status_code in REFUSED, path
    assert await entries(sqlite_db) == before


def test_every_change_checks_the_form() -> None:
    unchecked = {
        route.path for route in routes() if "POST" in (route.methods or set()) and not CHECKS & calls(route.dependant)
    }
    assert unchecked - BEFORE_SIGNING_IN == CHECKS_ITSELF


async def test_a_token_of_another_session_is_none(sign_in: SignIn, world: World) -> None:
    mine, other = await sign_in(world.administrator), await sign_in(world.administrator)
    for path in CHANGING:
        if path not in BEFORE_SIGNING_IN:
            answer = await mine.post(filled(path), {"form_token": other.form_token})
            assert answer.status_code in REFUSED, path


async def test_a_stranger_is_sent_to_the_sign_in(stranger: Browser) -> None:
    for path in READING:
        if path not in WITHOUT_ACCOUNT:
            answer = await stranger.get(filled(path))
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/sign-in"), path
    for path in CHANGING:
        if path not in WITHOUT_ACCOUNT:
            answer = await stranger.post(filled(path))
            assert answer.status_code == 303, path
            assert answer.headers["location"] == "/sign-in", path


async def test_no_page_is_kept_and_each_says_what_it_may_load(stranger: Browser, sign_in: SignIn, world: World) -> None:
    for browser in (stranger, await sign_in(world.administrator)):
        for path in READING:
            if path != "/sign-in/check/events":
                headers = (await browser.get(filled(path, "7"))).headers
                assert headers["cache-control"] == "no-store", path
                assert "script-src 'self'" in headers["content-security-policy"], path
                assert headers["x-content-type-options"] == "nosniff", path
                assert all("HttpOnly" in one and "SameSite" in one for one in headers.get_list("set-cookie")), path


@pytest.mark.parametrize("host", ["elsewhere.example", "admin.test.elsewhere.example", "admin.test@elsewhere.example"])
async def test_another_name_is_not_answered_to(stranger: Browser, host: str) -> None:
    answer = await stranger.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "ALLOWED_HOSTS" in answer.text
    assert "Логин" not in answer.text
    assert "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize("host", ["admin.test", "ADMIN.test:8080", "localhost:8080", "127.0.0.1", "[::1]:80"])
async def test_own_names_are(stranger: Browser, host: str) -> None:
    assert (await stranger.get("/sign-in", headers={"Host": host})).status_code == 200


async def test_a_body_of_unknown_or_wrong_length_is_not_read(stranger: Browser) -> None:
    for length in ("1000001", "9" * 40, "-1", "1e3"):
        answer = await stranger.post("/sign-in", headers={"Content-Length": length})
        assert answer.status_code == 413, length


async def entries(db: Database) -> int:
    async with db.read() as session:
        found: int = (await session.execute(select(func.count()).select_from(AuditEntry))).scalar_one()
    return found
