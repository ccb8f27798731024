"""The chat page over HTTP: what it shows, and whom it lets in."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from playground.telegram.people import Persona
from playground.telegram.server import StandInServer
from playground.telegram.state import StandIn
from tests.standin.conftest import BareBot

PEOPLE = [
    Persona(501, 'Проба <b>"Пробная"</b>', "учитель, школа № 1", "Педагоги", "code1"),
    Persona(900, "Методист Пробный", "методист", "Методист"),
]


@pytest.fixture
async def standin() -> AsyncIterator[StandInServer]:
    async with StandInServer(StandIn(), PEOPLE) as server:
        yield server


@pytest.fixture
async def browser(standin: StandInServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=standin.base_url, trust_env=False, timeout=10) as http:
        yield http


async def test_the_page_has_no_inline_script_and_its_files_exist(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/")
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert "style=" not in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    for name in ("chat.js", "chat.css", "icon.svg", "api.js", "people.js", "timeline.js", "richtext.js"):
        assert (await browser.get(f"/static/telegram/{name}")).status_code == 200


async def test_people_and_their_chats(browser: httpx.AsyncClient, bot: BareBot) -> None:
    people = (await browser.get("/chat/people")).json()
    assert [(person["name"], person["start_payload"]) for person in people] == [
        ('Проба <b>"Пробная"</b>', "code1"),
        ("Методист Пробный", None),
    ]
    await browser.post("/chat/users/501/start", json={"payload": "code1"})
    await bot.ok("sendMessage", chat_id=501, text="<b>Здравствуйте</b>", parse_mode="HTML")
    chat = (await browser.get("/chat/users/501")).json()
    assert [message["text"] for message in chat["messages"]] == ["/start code1", "Здравствуйте"]
    assert chat["unread"] == 1
    await browser.post("/chat/users/501/read", json={})
    assert (await browser.get("/chat/people")).json()[0]["unread"] == 0
    assert (await browser.get("/chat/users/1")).status_code == 404
    assert (await browser.post("/chat/users/501/press", json={})).status_code == 400


async def test_the_bot_s_name_is_escaped(browser: httpx.AsyncClient, bot: BareBot) -> None:
    await bot.ok("setMyName", name='<i>"Кабинет"</i>')
    page = await browser.get("/")
    assert "&lt;i&gt;&#34;Кабинет" in page.text
    assert "<i>" not in page.text.replace("<i></i>", "")


async def test_changes_come_as_events(browser: httpx.AsyncClient, standin: StandInServer) -> None:
    async with browser.stream("GET", "/chat/events") as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == "retry: 1000"
        user = await standin.user(PEOPLE[0].name, 501)
        await user.start()
        async with asyncio.timeout(5):
            line = next_data = ""
            while not line.startswith("data: "):
                line = next_data = await anext(lines)
        assert json.loads(next_data.removeprefix("data: "))["501"] == {"unread": 0, "started": True, "blocked": False}


async def test_a_server_with_an_open_stream_stops(standin: StandInServer, browser: httpx.AsyncClient) -> None:
    async with browser.stream("GET", "/chat/events") as stream:
        await anext(stream.aiter_lines())
        async with asyncio.timeout(5):
            await standin.stop()


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"host": "attacker.example"}),
        ("/control/faults", {"host": "attacker.example"}),
        ("/chat/people", {"host": "attacker.example:80"}),
    ],
)
async def test_other_hosts_are_turned_away(browser: httpx.AsyncClient, path: str, headers: dict[str, str]) -> None:
    assert (await browser.get(path, headers=headers)).status_code == 403


async def test_other_sites_cant_act(browser: httpx.AsyncClient) -> None:
    response = await browser.post("/chat/users/501/start", json={}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403


async def test_a_link_with_only_a_code_opens_on_a_new_phone(browser: httpx.AsyncClient) -> None:
    places = [(await browser.get("/", params={"start": "code1"})).headers["location"] for _ in range(2)]
    assert all(place.endswith("&start=code1") for place in places)
    assert len(set(places)) == 2
    opened = await browser.get(places[0])
    assert opened.status_code == 200
    assert (await browser.get("/chat/users/" + places[0].partition("=")[2].partition("&")[0])).status_code == 200
