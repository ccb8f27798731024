"""Coming in, staying in, going out."""

import pytest
from fastapi import FastAPI

from admin.signing_in.throttle import PER_LOGIN_AND_ADDRESS
from core.accounts import actions as accounts
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn, make_app
from tests.admin.world import PASSWORD, World
from tests.clocks import SetClock

LOGIN = {"login": "methodist", "password": PASSWORD}


async def test_pages_lead_to_the_sign_in_and_back(stranger: Browser, world: World) -> None:
    page = await stranger.get("/campaigns?x=1")
    assert page.headers["location"] == "/sign-in?place=%2Fcampaigns%3Fx%3D1"
    form = await stranger.follow(page)
    assert 'value="/campaigns?x=1"' in form.text
    entered = await stranger.post("/sign-in", {**LOGIN, "place": "/campaigns?x=1"})
    assert entered.headers["location"] == "/campaigns?x=1"
    assert (await stranger.get("/account")).status_code == 200


@pytest.mark.parametrize(
    "place", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/\n/x"]
)
async def test_signing_in_never_leads_away(stranger: Browser, world: World, place: str) -> None:
    assert (await stranger.post("/sign-in", {**LOGIN, "place": place})).headers["location"] == "/"


async def test_a_wrong_login_and_a_wrong_password_look_the_same(stranger: Browser, world: World) -> None:
    answers = [
        await stranger.post("/sign-in", {"login": login, "password": "не та, что нужна"})
        for login in ("methodist", "nobody")
    ]
    assert [one.status_code for one in answers] == [401, 401]
    assert words(answers[0]) == words(answers[1])
    assert "Логин или пароль не подошли" in words(answers[0])
    assert 'value="methodist"' in answers[0].text
    assert "не та, что нужна" not in answers[0].text


async def test_many_tries_are_stopped_before_the_password_is_looked_at(stranger: Browser, world: World) -> None:
    for _ in range(PER_LOGIN_AND_ADDRESS.amount):
        await stranger.post("/sign-in", {"login": "methodist", "password": "x"})
    refused = await stranger.post("/sign-in", LOGIN)
    assert refused.status_code == 429
    assert "Слишком много попыток" in words(refused)
    assert (await stranger.post("/sign-in", {**LOGIN, "login": "admin"})).status_code == 303


async def test_the_right_password_forgets_earlier_slips(stranger: Browser, world: World) -> None:
    for _ in range(PER_LOGIN_AND_ADDRESS.amount - 1):
        await stranger.post("/sign-in", {"login": "methodist", "password": "x"})
    assert (await stranger.post("/sign-in", LOGIN)).status_code == 303
    assert (await stranger.post("/sign-in", LOGIN)).status_code == 303


async def test_a_link_opens_once_and_looking_at_it_costs_nothing(
    stranger: Browser, app: FastAPI, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    token = await accounts.make_sign_in_link(sqlite_db, clock, world.methodist)
    for _ in range(3):
        assert "Войти в Методкабинет" in (await stranger.get(f"/enter/{token}")).text
    assert (await stranger.post(f"/enter/{token}")).headers["location"] == "/"
    second = Browser(app)
    refused = await second.post(f"/enter/{token}")
    assert refused.status_code == 401
    assert "уже использована" in words(refused)
    assert (await second.get("/account")).status_code == 303
    await second.aclose()


async def test_a_doubled_press_on_the_link_simply_goes_on(
    stranger: Browser, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    token = await accounts.make_sign_in_link(sqlite_db, clock, world.methodist)
    await stranger.post(f"/enter/{token}")
    again = await stranger.post(f"/enter/{token}")
    assert again.status_code == 303
    assert (await stranger.follow(again)).status_code == 200


async def test_an_old_link_is_refused(stranger: Browser, world: World, sqlite_db: Database, clock: SetClock) -> None:
    token = await accounts.make_sign_in_link(sqlite_db, clock, world.methodist)
    clock.advance(minutes=16)
    assert (await stranger.post(f"/enter/{token}")).status_code == 401


async def test_the_cookie_is_closed_to_scripts_and_to_other_sites(stranger: Browser, world: World) -> None:
    cookie = (await stranger.post("/sign-in", LOGIN)).headers["set-cookie"]
    assert cookie.startswith("session=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


async def test_over_https_the_cookie_belongs_to_the_host(world: World, sqlite_db: Database, clock: SetClock) -> None:
    browser = Browser(make_app(sqlite_db, clock, [], [], "https://admin.example"))
    answer = await browser.post("/sign-in", LOGIN)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie
    assert "Path=/;" in cookie
    assert "max-age" in answer.headers["strict-transport-security"]
    await browser.aclose()


async def test_signing_out_ends_the_session_on_the_server(sign_in: SignIn, world: World) -> None:
    browser = await sign_in(world.methodist)
    kept = browser.cookies.get("session")
    out = await browser.post("/sign-out")
    assert "Вы вышли" in words(await browser.follow(out))
    browser.cookies.set("session", str(kept), domain="admin.test")
    assert (await browser.get("/account")).status_code == 303


async def test_signing_out_everywhere_ends_all_browsers(sign_in: SignIn, world: World) -> None:
    first, second = await sign_in(world.methodist), await sign_in(world.methodist)
    assert words(await first.get("/account")).count("неизвестный браузер") + words(first.last).count("httpx") >= 2
    await first.post("/account/sign-out-everywhere")
    assert (await second.get("/account")).status_code == 303


async def test_a_session_ends_by_itself(sign_in: SignIn, world: World, clock: SetClock) -> None:
    browser = await sign_in(world.methodist)
    clock.advance(days=15)
    assert (await browser.get("/account")).status_code == 303


async def test_signing_in_again_ends_the_session_this_browser_had(sign_in: SignIn, world: World, app: FastAPI) -> None:
    browser = await sign_in(world.methodist)
    old = str(browser.cookies.get("session"))
    await browser.post("/sign-in", LOGIN)
    thief = Browser(app)
    thief.cookies.set("session", old, domain="admin.test")
    assert (await thief.get("/account")).status_code == 303
    await thief.aclose()
