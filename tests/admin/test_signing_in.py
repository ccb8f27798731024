"""Coming in, staying in, going out."""

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from admin.signing_in.throttle import PER_LOGIN_AND_ADDRESS
from core.accounts import actions as accounts
from core.people import queries
from core.people.model import Channel
from storage.models import Chat, Delivery, SignInCheck
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
    browser = Browser(make_app(sqlite_db, clock, [], [], "https://admin.example"), "https://admin.example")
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


def many_guesses(app: FastAPI, login: str) -> None:
    """Somebody tries the login from all over the world."""
    for number in range(61):
        app.state.services.throttle.password(login, f"203.0.113.{number}")


async def test_a_guessing_stranger_does_not_lock_the_owner_out(
    stranger: Browser, app: FastAPI, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    """The owner's browser is known; another one needs the chat or a link, and is told the same as a guesser."""
    await stranger.post("/sign-in", LOGIN)
    await stranger.post("/sign-out")
    many_guesses(app, LOGIN["login"])
    assert (await stranger.post("/sign-in", LOGIN)).status_code == 303
    other = Browser(app)
    right, wrong = [
        await other.post("/sign-in", {**LOGIN, "password": one}) for one in (LOGIN["password"], "мимо мимо")
    ]
    assert right.status_code == wrong.status_code == 429
    assert words(right) == words(wrong)
    link = await accounts.make_sign_in_link(sqlite_db, clock, world.methodist)
    assert (await other.post(f"/enter/{link}")).status_code == 303
    await other.aclose()


async def with_chat(db: Database, account: int) -> None:
    async with db.write() as session:
        session.add(Chat(account_id=account, channel=Channel.TELEGRAM, address="555"))


async def approve(db: Database, clock: SetClock, account: int, *, right: bool = True) -> None:
    async with db.read() as session:
        actor = await queries.actor_of_account(session, account)
        rows = select(SignInCheck).where(SignInCheck.state == "waiting")
        check = (await session.scalars(rows.order_by(SignInCheck.id.desc()))).one()
    await accounts.answer_check(db, clock, actor, check.id, check.number if right else None)


async def test_with_a_chat_the_password_is_only_the_first_half(
    stranger: Browser, world: World, sqlite_db: Database, clock: SetClock, woken: list[str]
) -> None:
    await with_chat(sqlite_db, world.methodist)
    asked = await stranger.post("/sign-in", {**LOGIN, "place": "/campaigns"})
    assert asked.headers["location"] == "/sign-in/check?place=%2Fcampaigns"
    assert woken
    assert "HttpOnly" in asked.headers["set-cookie"]
    page = await stranger.follow(asked)
    assert re.search(r'class="check-number">\d\d<', page.text)
    early = await stranger.post("/sign-in/check", {"place": "/campaigns"})
    assert "Ответа из чата пока нет" in words(early)
    assert (await stranger.get("/account")).status_code == 303
    await approve(sqlite_db, clock, world.methodist)
    entered = await stranger.post("/sign-in/check", {"place": "/campaigns"})
    assert entered.headers["location"] == "/campaigns"
    assert (await stranger.get("/account")).status_code == 200
    doubled = await stranger.post("/sign-in/check", {"place": "/campaigns"})
    assert doubled.status_code == 303


async def test_the_page_hears_that_the_chat_has_answered(
    stranger: Browser, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    await with_chat(sqlite_db, world.methodist)
    await stranger.post("/sign-in", LOGIN)
    await approve(sqlite_db, clock, world.methodist)
    assert "event: decided" in (await stranger.get("/sign-in/check/events")).text


@pytest.mark.parametrize("ending", ["refused", "late", "undelivered"])
async def test_what_cannot_come_any_more_leads_back_to_the_form(
    stranger: Browser, world: World, sqlite_db: Database, clock: SetClock, ending: str
) -> None:
    await with_chat(sqlite_db, world.methodist)
    await stranger.post("/sign-in", LOGIN)
    if ending == "refused":
        await approve(sqlite_db, clock, world.methodist, right=False)
    elif ending == "late":
        clock.advance(minutes=6)
    else:
        async with sqlite_db.write() as session:
            await session.execute(update(Delivery).values(state="unreachable"))
    for answer in (await stranger.get("/sign-in/check"), await stranger.post("/sign-in/check")):
        assert answer.status_code == 401
        assert "Войти заново" in words(answer)


async def test_another_browser_gains_nothing_from_the_approval(
    stranger: Browser, app: FastAPI, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    await with_chat(sqlite_db, world.methodist)
    await stranger.post("/sign-in", LOGIN)
    await approve(sqlite_db, clock, world.methodist)
    thief = Browser(app)
    assert (await thief.post("/sign-in/check")).status_code == 401
    assert (await thief.get("/account")).status_code == 303
    await thief.aclose()


async def test_the_second_factor_is_switched_off_with_the_password_only(
    sign_in: SignIn, stranger: Browser, world: World, sqlite_db: Database
) -> None:
    browser = await sign_in(world.methodist)
    await with_chat(sqlite_db, world.methodist)
    wrong = await browser.post("/account/second-factor", {"on": "no", "present": "мимо"})
    assert wrong.status_code == 422
    assert "не ваш нынешний пароль" in words(wrong)
    done = await browser.post("/account/second-factor", {"on": "no", "present": LOGIN["password"]})
    assert "больше не спрашивает" in words(await browser.follow(done))
    assert (await stranger.post("/sign-in", LOGIN)).headers["location"] == "/"


async def test_a_new_password_signs_every_other_browser_out(sign_in: SignIn, world: World, app: FastAPI) -> None:
    here, there = await sign_in(world.methodist), await sign_in(world.methodist)
    typed = {"login": "methodist", "old": LOGIN["password"], "password": "новая фраза из слов", "again": "другая"}
    differs = await here.post("/account/password", typed)
    assert "Пароли не совпали" in words(differs)
    assert "новая фраза" not in differs.text, "a password is never shown again"
    short = await here.post("/account/password", {**typed, "password": "коротко", "again": "коротко"})
    assert "не меньше 10" in words(short)
    obvious = await here.post("/account/password", {**typed, "password": "методкабинет1", "again": "методкабинет1"})
    assert "подбирают первым" in words(obvious)
    done = await here.post("/account/password", {**typed, "again": typed["password"]})
    assert "Новый пароль сохранён" in words(await here.follow(done))
    assert (await there.get("/account")).status_code == 303
    assert (await here.get("/account")).status_code == 200
    fresh = Browser(app)
    assert (await fresh.post("/sign-in", {"login": "methodist", "password": typed["password"]})).status_code == 303
    assert (await fresh.post("/sign-in", LOGIN)).status_code == 401
    await fresh.aclose()


async def test_one_of_the_browsers_is_signed_out(sign_in: SignIn, world: World, app: FastAPI) -> None:
    here, there = await sign_in(world.methodist), await sign_in(world.methodist)
    page = await here.get("/account")
    (ends,) = re.findall(r'action="(/account/sessions/\d+/end)"', page.text)
    foreign = await (await sign_in(world.administrator)).post(ends)
    assert foreign.status_code == 404
    assert "Этот вход завершён" in words(await here.follow(await here.post(ends)))
    assert (await there.get("/account")).status_code == 303


async def test_a_browser_that_nobody_uses_is_signed_out(sign_in: SignIn, world: World, clock: SetClock) -> None:
    browser = await sign_in(world.methodist)
    for _ in range(3):
        clock.advance(days=2)
        assert (await browser.get("/account")).status_code == 200
    clock.advance(days=3, seconds=1)
    assert (await browser.get("/account")).status_code == 303


async def test_a_session_that_somebody_planted_is_not_taken_over(stranger: Browser, world: World, app: FastAPI) -> None:
    thief = Browser(app)
    await thief.post("/sign-in", {**LOGIN, "login": "other"})
    planted = str(thief.cookies.get("session"))
    for value in (planted, "made-up"):
        stranger.cookies.set("session", value, domain="admin.test")
        await stranger.post("/sign-in", LOGIN)
        assert stranger.cookies.get("session", domain="admin.test", path="/") not in {planted, "made-up"}
    assert (await thief.get("/account")).status_code == 303, "the planted one ended"
    await thief.aclose()
