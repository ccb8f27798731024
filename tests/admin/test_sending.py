"""The page «Правила рассылки»."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from core.outgoing import actions, queries
from core.outgoing.model import AT_ANY_HOUR, SendingRules
from core.people import queries as people
from storage.models import AuditEntry
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.test_campaigns import make
from tests.admin.world import World
from tests.clocks import SetClock


@pytest.fixture
async def browser(sign_in: SignIn, world: World) -> Browser:
    return await sign_in(world.methodist)


async def rules(db: Database, town: int) -> SendingRules:
    async with db.read() as session:
        return await queries.rules_of(session, town)


async def form(browser: Browser, **changes: object) -> dict[str, object]:
    """What the page would send, with these changes."""
    page = await browser.get("/sending")
    assert page.status_code == 200
    seen = page.text.split('name="seen" value="')[1].split('"')[0]
    usual = {"quiet_from": "21:00", "quiet_to": "08:00", "daily_limit": "3", "digest_at": "18:00"}
    return {**usual, "silent_days": "", "step": "save", "seen": seen, **changes}


async def test_says_what_holds_now(browser: Browser, clock: SetClock) -> None:
    said = words(await browser.get("/sending"))
    assert "С 21:00 до 8:00 сообщения не приходят." in said
    assert "Объявление, отправленное сейчас, уйдёт сразу." in said
    clock.moment = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert "уйдёт 24 ноября 2026, 08:00" in words(await browser.get("/sending"))


async def test_new_rules_are_kept_and_noted(browser: Browser, world: World, sqlite_db: Database) -> None:
    sent = await form(
        browser,
        quiet_from="20:30",
        weekday=["5", "6"],
        silent_days="31.12.2026\n2027-01-01, 07.01.2027",
        daily_limit="5",
        digest_at="17:15",
    )
    answer = await browser.post("/sending", sent)
    assert answer.status_code == 303
    assert await rules(sqlite_db, world.town) == SendingRules(
        time(20, 30),
        time(8),
        frozenset({5, 6}),
        frozenset({date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 7)}),
        5,
        time(17, 15),
    )
    page = await browser.get("/sending")
    assert "По субботам и воскресеньям сообщения не приходят." in words(page)
    assert "31.12.2026\n01.01.2027\n07.01.2027</textarea>" in page.text
    async with sqlite_db.read() as session:
        noted = (await session.scalars(select(AuditEntry).where(AuditEntry.action == "sending.changed"))).all()
    assert [one.municipality_id for one in noted] == [world.town]
    assert await rules(sqlite_db, world.other_town) == SendingRules()


async def test_no_quiet_hours_at_all(browser: Browser, world: World, sqlite_db: Database) -> None:
    await browser.post("/sending", await form(browser, quiet_from="", quiet_to=""))
    assert await rules(sqlite_db, world.town) == AT_ANY_HOUR
    assert "Тихих часов нет" in words(await browser.get("/sending"))


async def test_holidays_are_filled_in_and_nothing_is_saved(browser: Browser, world: World, sqlite_db: Database) -> None:
    sent = await form(browser, step="holidays", silent_days="31.12.2026\nзавтра", daily_limit="7")
    answer = await browser.post("/sending", sent)
    assert answer.status_code == 200
    days = answer.text.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0].split("\n")
    assert days[:3] == ["31.12.2026", "01.01.2027", "02.01.2027"]
    assert days[-2:] == ["04.11.2027", "завтра"]
    assert 'value="7"' in answer.text
    assert await rules(sqlite_db, world.town) == SendingRules()


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"quiet_from": "поздно"}, "quiet_from", "Укажите время"),
        ({"quiet_to": ""}, "quiet_to", "и начало, и конец"),
        ({"quiet_to": "21:00"}, "quiet_to", "в одно время"),
        ({"weekday": list("0123456")}, "weekday", "хотя бы один день"),
        ({"silent_days": "30.02.2027"}, "silent_days", "«30.02.2027»"),
        ({"silent_days": "<b>завтра</b>"}, "silent_days", "«&lt;b&gt;завтра&lt;/b&gt;»"),
        ({"daily_limit": "много"}, "daily_limit", "от 0 до 50"),
        ({"daily_limit": "51"}, "daily_limit", "от 0 до 50"),
        ({"daily_limit": "²"}, "daily_limit", "от 0 до 50"),
        ({"digest_at": ""}, "digest_at", "Укажите время"),
        ({"digest_at": "22:00"}, "digest_at", "тихие часы"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    browser: Browser, world: World, sqlite_db: Database, changes: dict[str, object], field: str, said: str
) -> None:
    answer = await browser.post("/sending", await form(browser, **{"silent_days": "31.12.2026", **changes}))
    assert answer.status_code == 422
    error = answer.text.split(f'id="{field}-error">')[1].split("</p>")[0]
    assert said in error
    if "silent_days" not in changes:
        assert "31.12.2026</textarea>" in answer.text
    assert await rules(sqlite_db, world.town) == SendingRules()


async def test_two_at_once_the_second_is_told_and_may_insist(
    browser: Browser, world: World, sqlite_db: Database, clock: SetClock
) -> None:
    mine = await form(browser, daily_limit="9")
    async with sqlite_db.read() as session:
        other = await people.actor_of_account(session, world.administrator)
    await actions.set_rules(sqlite_db, clock, other, world.town, AT_ANY_HOUR)
    answer = await browser.post("/sending", mine)
    assert answer.status_code == 422
    assert "изменил кто-то ещё" in words(answer)
    assert 'value="9"' in answer.text
    assert await rules(sqlite_db, world.town) == AT_ANY_HOUR
    seen = answer.text.split('name="seen" value="')[1].split('"')[0]
    assert (await browser.post("/sending", {**mine, "seen": seen})).status_code == 303
    assert (await rules(sqlite_db, world.town)).daily_limit == 9


async def test_a_campaign_in_the_evening_says_when_its_first_invitation_goes(
    browser: Browser, clock: SetClock, sqlite_db: Database
) -> None:
    clock.moment = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    place = await make(browser)
    asked = words(await browser.get(f"{place}/open"))
    assert "первые приглашения уйдут 24 ноября 2026, 08:00" in asked
    await browser.post(f"{place}/open")
    card = words(await browser.get(place))
    assert "Первые приглашения уйдут 24 ноября 2026, 08:00" in card
    assert "Первые приглашения" in words(await browser.get(place))
