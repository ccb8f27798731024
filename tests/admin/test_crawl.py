"""Every page that a role can reach by links: it opens, it has a title and one heading, its forms carry their token."""

import re
from html import unescape
from urllib.parse import urldefrag, urlsplit

import httpx
import pytest

from storage.session import Database
from tests.admin.browser import Browser
from tests.admin.conftest import SignIn
from tests.admin.rooms_full import fill
from tests.admin.test_access import account_of
from tests.admin.world import World
from tests.clocks import SetClock

MOST = 400
"""Pages for one role; lists of many pages look alike."""
NUMBER = re.compile(r"(?<=/)[0-9]+")
OWN = ("/assets/", "/own/", "/font/")


@pytest.mark.parametrize("letter", "CLMAI")
async def test_every_link_leads_somewhere(
    sign_in: SignIn, world: World, sqlite_db: Database, clock: SetClock, letter: str
) -> None:
    await fill(sqlite_db, world, sign_in)
    browser = await sign_in(await account_of(letter, world, sqlite_db, clock))
    seen: dict[str, str] = {"/": ""}
    waiting = ["/"]
    while waiting and len(seen) < MOST:
        place = waiting.pop(0)
        answer = await arrive(browser, place)
        assert answer.status_code == 200, (place, answer.status_code, "from", seen[place])
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        check(place, answer.text)
        for found in [*links(answer.text), *searches(answer.text)]:
            if shape(found) not in {shape(one) for one in seen}:
                seen[found] = place
                waiting.append(found)
    assert len(seen) > 15


async def arrive(browser: Browser, place: str) -> httpx.Response:
    return await browser.get(place, follow_redirects=True)


def check(place: str, text: str) -> None:
    assert re.search(r"<title>[^<]{3,}</title>", text), place
    assert len(re.findall(r"<h1[ >]", text)) == 1, place
    for form in re.findall(r"<form.*?</form>", text, re.DOTALL):
        if re.search(r'method="post"', form):
            assert 'name="form_token" value="' in form, place


def links(text: str) -> list[str]:
    found = (urldefrag(unescape(one)).url for one in re.findall(r'<a [^>]*?href="(/[^"]*)"', text))
    return [one for one in found if not one.startswith(OWN)]


def searches(text: str) -> list[str]:
    """Forms that only ask, as they stand."""
    return re.findall(r'<form[^>]*method="get"[^>]*action="(/[^"?]*)"', text)


def shape(place: str) -> str:
    """Pages of one kind: the numbers in their address, and what their lists are narrowed by, do not count."""
    return NUMBER.sub("n", urlsplit(place).path) + ("?" if "?" in place else "")
