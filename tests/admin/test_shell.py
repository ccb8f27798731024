"""What all pages have in common: headers, refusals, errors, escaping."""

import httpx
import pytest
from fastapi import FastAPI

from admin.shell.headers import BODY_LIMIT, CONTENT_SECURITY_POLICY
from core.accounts import queries
from tests.admin.browser import ADDRESS, Browser, words
from tests.admin.conftest import SignIn
from tests.admin.world import World

PAGES = (
    "/",
    "/campaigns",
    "/campaigns/new",
    "/campaigns/new/burnout",
    "/indicators",
    "/account",
    "/sign-in",
    "/no-such-page",
    "/healthz",
    "/own/admin.css",
    "/assets/css/vendor/tabler.min.css",
)


@pytest.mark.parametrize("path", PAGES)
async def test_every_answer_is_closed_to_foreign_content(sign_in: SignIn, world: World, path: str) -> None:
    browser = await sign_in(world.methodist)
    headers = (await browser.get(path)).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES[:8])
async def test_pages_hold_no_inline_script_or_style_and_nothing_from_outside(
    sign_in: SignIn, world: World, path: str
) -> None:
    text = (await (await sign_in(world.methodist)).get(path, follow_redirects=True)).text
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text
    assert "<script>" not in text
    assert "http://" not in text
    assert "https://" not in text


async def test_pages_are_not_kept_by_browsers_but_assets_are(sign_in: SignIn, world: World) -> None:
    browser = await sign_in(world.methodist)
    assert (await browser.get("/account")).headers["cache-control"] == "no-store"
    assert "max-age" in (await browser.get("/own/admin.css")).headers["cache-control"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
async def test_another_site_cannot_send_our_forms(
    sign_in: SignIn, app: FastAPI, world: World, headers: dict[str, str]
) -> None:
    browser = await sign_in(world.methodist)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies=dict(browser.cookies)) as other:
        answer = await other.post("/sign-out", data={"form_token": browser.form_token}, headers=headers)
    assert answer.status_code == 403
    assert (await browser.get("/account")).status_code == 200


async def test_an_old_browser_says_its_origin_instead(sign_in: SignIn, app: FastAPI, world: World) -> None:
    browser = await sign_in(world.methodist)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies=dict(browser.cookies)) as other:
        answer = await other.post("/sign-out", data={"form_token": browser.form_token}, headers={"Origin": ADDRESS})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "path", ["/sign-out", "/account/sign-out-everywhere", "/municipality", "/campaigns/new/deficits"]
)
async def test_a_form_without_this_sessions_token_is_refused(sign_in: SignIn, world: World, path: str) -> None:
    first, second = await sign_in(world.methodist), await sign_in(world.methodist)
    for token in ("", "no token", second.form_token):
        assert (await first.post(path, {"form_token": token})).status_code == 403
    assert (await first.get("/account")).status_code == 200


async def test_large_bodies_are_refused(stranger: Browser, world: World) -> None:
    answer = await stranger.post("/sign-in", {"login": "x" * BODY_LIMIT})
    assert answer.status_code == 413
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "path", ["/nowhere", "/campaigns/abc", "/campaigns/0", "/campaigns/99999999999999999999", "/indicators/XX", "/docs"]
)
async def test_unknown_addresses_lead_to_a_kind_page(sign_in: SignIn, world: World, path: str) -> None:
    answer = await (await sign_in(world.methodist)).get(path)
    assert answer.status_code == 404
    assert "Такой страницы нет" in words(answer)


async def test_an_unexpected_error_has_a_number_and_tells_nothing_else(
    sign_in: SignIn, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await sign_in(world.methodist)

    async def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(queries, "sessions_of", fail)
    answer = await browser.get("/account")
    assert answer.status_code == 500
    assert "под номером" in words(answer)
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


async def test_names_are_escaped(sign_in: SignIn, world: World) -> None:
    text = (await (await sign_in(world.methodist)).get("/account")).text
    assert "Город <b>" not in text
    assert "Город &lt;b&gt;Ясный" in text


async def test_titles_are_unique(sign_in: SignIn, stranger: Browser, world: World) -> None:
    browser = await sign_in(world.administrator)
    pages = [await browser.get(path) for path in (*PAGES[:6], "/system", "/no-such-page")]
    pages += [await stranger.get(path) for path in ("/sign-in", "/enter/x")]
    titles = [one.text.split("<title>")[1].split("</title>")[0] for one in pages]
    assert len(set(titles)) == len(titles)


async def test_a_message_is_shown_once_and_a_forged_one_never(sign_in: SignIn, world: World) -> None:
    browser = await sign_in(world.methodist)
    await browser.post("/sign-out")
    assert "Вы вышли" in words(await browser.get("/sign-in"))
    assert "Вы вышли" not in words(await browser.get("/sign-in"))
    for forged in ("x", "W10=", "bnVsbA==", "WyJubyIsIHRydWUsIHt9XQ=="):
        browser.cookies.set("flash", forged, domain="admin.test")
        assert (await browser.get("/sign-in")).status_code == 200
