"""Every kind of page in one real browser, on a phone and on a PC: sound for axe, never too wide, usable by keyboard."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass

import pytest

from core.announcements.model import ANNOUNCEMENT
from storage.models import Announcement, Delivery
from storage.session import Database
from tests.admin.addresses import READING
from tests.admin.browser import Browser
from tests.admin.conftest import START, SignIn
from tests.admin.rooms_full import Ids, fill
from tests.admin.rooms_full import address as filled
from tests.admin.test_access import STREAMS
from tests.admin.test_browser import CHROMIUM, SIZES, Watch, address, axe, enter, playwright
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.test_import_browser import ROWS
from tests.admin.test_imports import plain_names, sent, table
from tests.admin.test_results import campaigns, named
from tests.admin.world import World
from tests.campaigns.world import World as Campaigns
from tests.clocks import SetClock
from tests.registry.folk import add

pytestmark = needs_browser
__all__ = ["address", "campaigns"]

OpenAs = Callable[..., Awaitable[list[Watch]]]
"""Takes the id of an account and how many pages."""
ENDLESS = STREAMS | {"/campaigns/{campaign_id}/figures", "/announcements/{announcement_id}/figures"}
PARTS = {"/audiences/choices", "/audiences/count", "/campaigns/new/{survey_code}/recipients"}
"""What pages ask for to refresh a part of themselves; that is looked at where it stands."""
GRAVE = {"serious", "critical"}
TABS = 2
"""Pages looked at together: as many as the smallest machine has cores."""
ONCE = f"if (!window.axe) {{ {axe.Axe().axe_script} }}"
RUN = """async () => {
    const found = await axe.run({resultTypes: ["violations"]});
    return found.violations.map(one => [one.impact, one.id, one.nodes[0].html]);
}"""
SHAPE = """() => ({
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    headings: document.querySelectorAll("h1").length,
    title: document.title.trim(),
})"""
MARK = """() => {
    const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const seen = one => one.checkVisibility({visibilityProperty: true}) && !one.disabled;
    // Radio buttons of one name are one stop; the arrows go on from the marked one.
    const stop = one => one.type !== "radio" || one.checked;
    [...document.querySelectorAll(all)].filter(one => seen(one) && stop(one)).forEach((one, at) => one.dataset.at = at);
    return [...document.querySelectorAll("[data-at]")].map(one => [one.dataset.at, one.outerHTML.slice(0, 200)]);
}"""
FOCUSED = """() => {
    const one = document.activeElement, look = getComputedStyle(one);
    const ring = (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
    return [one.dataset.at ?? null, ring && one.getBoundingClientRect().height > 0];
}"""


@dataclass(frozen=True)
class Rooms:
    """Numbers of records for the addresses, and addresses of an import that waits for a decision."""

    ids: Ids
    run: str
    campaign: int
    announcement: str
    """Of one that has been sent."""

    def of(self, path: str) -> Iterator[str]:
        answered = {
            **self.ids,
            "campaigns": str(self.campaign),
            "announcements": self.announcement,
            "/announcements/{announcement_id}/{code}": "recall",
            "{question}": "words",
        }
        ready = {**self.ids, "imports": self.run.rsplit("/", 1)[1]}
        yield from dict.fromkeys(filled(path, ids) for ids in (self.ids, answered, ready))


@pytest.fixture
async def rooms(sqlite_db: Database, world: World, sign_in: SignIn, campaigns: Campaigns) -> Rooms:
    await plain_names(sqlite_db)
    methodist = await sign_in(world.methodist)
    ids = await fill(sqlite_db, world, sign_in)
    run = await sent(methodist, table(*ROWS))
    campaign = await named(methodist, campaigns, world.teachers[:6])
    return Rooms(ids, run, campaign, await told(sqlite_db, world))


async def told(db: Database, world: World) -> str:
    """The number of an announcement that one person has and another does not."""
    (announcement,) = await add(
        db,
        Announcement(
            municipality_id=world.town,
            category="news",
            text="Разослано",
            state="done",
            created_at=START,
            changed_at=START,
            published_at=START,
            finished_at=START,
        ),
    )
    outcomes = {world.teacher: "sent", world.coordinator: "unreachable"}
    await add(
        db,
        *(
            Delivery(kind=ANNOUNCEMENT, subject=announcement, account_id=one, state=state, not_before=START)
            for one, state in outcomes.items()
        ),
    )
    return str(announcement)


@pytest.fixture
async def open_as(address: str, sqlite_db: Database, clock: SetClock) -> AsyncIterator[OpenAs]:
    """Opens pages of one browser, signed in as one account."""
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = await browser.new_context(locale="ru-RU")

        async def opened(account: int, pages: int = 1) -> list[Watch]:
            watches = [Watch(await context.new_page()) for _ in range(pages)]
            await enter(watches[0], address, sqlite_db, clock, account)
            return watches

        yield opened
        await browser.close()


async def pages_of(browser: Browser, rooms: Rooms) -> list[str]:
    """Addresses that give this person a page; files, streams and refusals are looked at elsewhere."""
    found = []
    for path in READING:
        if path in ENDLESS | PARTS or "." in path.rpartition("/")[2]:
            continue
        for place in rooms.of(path):
            answer = await browser.get(place)
            if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
                found.append(place)
    return found


async def faults(watch: Watch, place: str) -> list[object]:
    """What is wrong with one page, at every width."""
    page, found = watch.page, []
    await page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    await page.goto(place)
    await page.evaluate(ONCE)
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        shape = await page.evaluate(SHAPE)
        if shape["wider"] or shape["headings"] != 1 or not shape["title"]:
            found.append((place, width, shape))
        found += [(place, width, *one) for one in await page.evaluate(RUN) if one[0] in GRAVE]
    return [*found, *((place, said) for said in watch.complaints)]


async def walk(watch: Watch, waiting: list[str]) -> list[object]:
    found: list[object] = []
    while waiting:
        watch.complaints.clear()
        found += await faults(watch, waiting.pop())
    return found


@pytest.mark.parametrize(("who", "least"), [("administrator", 100), ("coordinator", 25)])
async def test_every_kind_of_page_is_sound(
    open_as: OpenAs, address: str, world: World, sign_in: SignIn, rooms: Rooms, who: str, least: int
) -> None:
    account = getattr(world, who)
    waiting = [address + place for place in await pages_of(await sign_in(account), rooms)]
    assert len(waiting) >= least
    watches = await open_as(account, TABS)
    found = await asyncio.gather(*(walk(watch, waiting) for watch in watches))
    assert [one for part in found for one in part] == []


async def test_every_control_is_reached_by_tab_and_seen(
    open_as: OpenAs, address: str, world: World, rooms: Rooms
) -> None:
    (watch,) = await open_as(world.administrator)
    for place in ("/people", "/imports", rooms.run, "/accounts"):
        await watch.page.goto(address + place)
        controls = dict(await watch.page.evaluate(MARK))
        assert len(controls) > 10
        for _ in range(len(controls) + 5):
            await watch.page.keyboard.press("Tab")
            at, seen = await watch.page.evaluate(FOCUSED)
            if at is not None:
                assert seen, (place, controls.get(at, at))
                controls.pop(at, None)
        assert list(controls.values()) == [], place
