"""Sending, scheduling, repeating, pausing, correcting and recalling announcements on the pages."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from core.announcements.model import EDIT, PREVIEW, RECALL
from storage.models import Chat, Consent, Teacher
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import START
from tests.admin.test_announcements import (
    FILLED,
    arrive,
    deliveries,
    joined,
    methodist,
    press,
    shown_revision,
    stored,
    write,
)
from tests.admin.world import World
from tests.clocks import SetClock
from tests.registry.folk import add

__all__ = ["joined", "methodist"]


async def test_from_an_empty_list_to_a_broadcast(methodist: Browser, sqlite_db: Database, woken: list[str]) -> None:
    assert "Пока ни одного объявления" in words(await methodist.get("/announcements"))
    place = await write(methodist)
    card = await methodist.get(place)
    assert "Черновик сохранён" in words(card)
    assert "&lt;b&gt;Ясного&lt;/b&gt;" in card.text
    assert "<b>&lt;b&gt;" in card.text
    assert 'href="https://example.org/a?b=1&amp;c=2"' in card.text
    question = await methodist.get(f"{place}/send")
    assert "Получат 12 человек" in words(question).replace("\u00a0", " ")
    assert "меньше минуты" in words(question)
    sent = await press(methodist, place, "send")
    assert "Адресатов: 12 человек" in words(await methodist.follow(sent)).replace("\u00a0", " ")
    assert woken == ["woken"]
    assert len(await deliveries(sqlite_db)) == 12
    row = words(await methodist.get("/announcements")).replace("\u00a0", " ")
    assert "Рассылается" in row
    assert "0 из 12" in row


async def test_what_was_not_looked_at_is_not_sent(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist)
    asked = await methodist.get(f"{place}/send")
    await methodist.post(f"{place}/edit", {**FILLED, "text": "Иначе", "revision": "1"})
    sent = await methodist.post(f"{place}/send", {"revision": shown_revision(asked.text)})
    assert "объявление изменилось" in words(await methodist.follow(sent))
    assert await deliveries(sqlite_db) == []


async def test_a_doubled_press_sends_once(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist)
    for _ in range(2):
        answer = await methodist.post(f"{place}/send", {"revision": "1"})
        assert answer.headers["location"] == place
    assert len(await deliveries(sqlite_db)) == 12
    assert (await methodist.get(f"{place}/send")).headers["location"] == place
    assert (await methodist.get(f"{place}/edit")).headers["location"] == place


@pytest.fixture
async def kashtanova(sqlite_db: Database, joined: World) -> None:
    """Somebody whose surname can stand in a text."""
    async with sqlite_db.write() as session:
        await session.execute(update(Teacher).where(Teacher.id == joined.teachers[5]).values(surname="Каштанова"))


@pytest.mark.usefixtures("kashtanova")
async def test_a_surname_of_the_registry_is_looked_at_twice(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist, text="Поздравляем Каштанову с победой")
    question = await methodist.get(f"{place}/send")
    assert "похожие на фамилии из реестра: Каштанову." in words(question)
    refused = await methodist.post(f"{place}/send", {"revision": "1"})
    assert refused.status_code == 422
    assert 'id="sure-error"' in refused.text
    assert await deliveries(sqlite_db) == []
    assert (await methodist.post(f"{place}/send", {"revision": "1", "sure": "yes"})).status_code == 303
    assert len(await deliveries(sqlite_db)) == 12


async def test_nobody_to_send_to_is_said_before(methodist: Browser, sqlite_db: Database) -> None:
    async with sqlite_db.write() as session:
        await session.execute(update(Consent).values(withdrawn_at=START))
    place = await write(methodist)
    question = words(await methodist.get(f"{place}/send")).replace("\u00a0", " ")
    assert "Сейчас его никто не получит" in question
    assert "12 человек под условия подходят, но не получат" in question
    sent = await press(methodist, place, "send")
    assert "не подходит никто из тех" in words(await methodist.follow(sent))
    assert await deliveries(sqlite_db) == []


async def test_quiet_hours_are_told(methodist: Browser, clock: SetClock) -> None:
    place = await write(methodist)
    clock.moment = START + timedelta(hours=12)
    question = words(await methodist.get(f"{place}/send")).replace("\u00a0", " ")
    assert "первые сообщения уйдут 24 ноября 2026, 08:00" in question


async def test_scheduling_and_thinking_better_of_it(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist)
    for typed, sentence in (("2026-11-23T10:59", "уже прошло"), ("скоро", "Укажите день и время")):
        refused = await press(methodist, place, "schedule", send_at=typed)
        assert refused.status_code == 422
        assert sentence in words(refused)
        assert 'id="send_at-error"' in refused.text
    done = await press(methodist, place, "schedule", send_at="2026-11-25T15:00")
    card = words(await methodist.follow(done)).replace("\u00a0", " ")
    assert "уйдёт само 25 ноября 2026, 15:00" in card
    assert "Запланировано" in card
    (row,) = await stored(sqlite_db)
    assert row.send_at is not None
    assert row.send_at.isoformat() == "2026-11-25T07:00:00+00:00"
    back = await press(methodist, place, "unschedule")
    assert "снова черновик" in words(await methodist.follow(back))


async def test_a_series_starts_and_stops(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist, repeats="yes")
    assert (await methodist.get(f"{place}/send")).headers["location"] == place
    question = words(await methodist.get(f"{place}/series")).replace("\u00a0", " ")
    assert "каждую неделю, по вторникам, в 10:00" in question
    started = words(await methodist.follow(await press(methodist, place, "series"))).replace("\u00a0", " ")
    assert "следующий раз 24 ноября 2026, 10:00" in started
    assert "Повторяется" in words(await methodist.get("/announcements"))
    stopped = words(await methodist.follow(await press(methodist, place, "stop")))
    assert "Остановлено" in stopped
    assert f"{place}/recall" not in stopped
    assert [one.state for one in await stored(sqlite_db)] == ["stopped"]


async def test_pause_go_on_correct_recall(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist)
    await press(methodist, place, "send")
    await press(methodist, place, "pause")
    assert {one.state for one in await deliveries(sqlite_db)} == {"held"}
    await press(methodist, place, "go_on")
    await arrive(sqlite_db)
    form = await methodist.get(f"{place}/correct")
    assert "12 чатов" in words(form).replace("\u00a0", " ")
    sent = {"revision": shown_revision(form.text), "text": "**Перенесли** на среду", "step": "save"}
    assert (await methodist.post(f"{place}/correct", {**sent, "step": "preview"})).status_code == 200
    bad = await methodist.post(f"{place}/correct", {**sent, "text": "**Перенесли"})
    assert bad.status_code == 422
    done = await methodist.post(f"{place}/correct", sent)
    assert "Исправляем в 12 чатах" in words(await methodist.follow(done)).replace("\u00a0", " ")
    assert len(await deliveries(sqlite_db, EDIT)) == 12
    assert (await stored(sqlite_db))[0].text == "<b>Перенесли</b> на среду"
    stale = await methodist.post(f"{place}/correct", {**sent, "text": "Ещё раз"})
    assert stale.status_code == 409
    assert "Ещё раз" in stale.text
    question = words(await methodist.get(f"{place}/recall")).replace("\u00a0", " ")
    assert "из 12 чатов" in question
    recalled = await press(methodist, place, "recall")
    assert "Отозвано" in words(await methodist.follow(recalled))
    assert len(await deliveries(sqlite_db, RECALL)) == 12


@pytest.mark.usefixtures("kashtanova")
async def test_a_correction_with_a_surname_is_looked_at_twice(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist)
    await press(methodist, place, "send")
    await arrive(sqlite_db)
    sent = {"revision": "1", "text": "Поздравляем Каштанову", "step": "save"}
    refused = await methodist.post(f"{place}/correct", sent)
    assert refused.status_code == 422
    assert 'id="sure-error"' in refused.text
    assert (await methodist.post(f"{place}/correct", {**sent, "sure": "yes"})).status_code == 303


async def test_copying_twice_by_one_press_makes_one_copy(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist)
    await press(methodist, place, "send")
    copies = {(await press(methodist, place, "copy")).headers["location"] for _ in range(2)}
    assert len(copies) == 1
    assert [one.state for one in await stored(sqlite_db)] == ["sending", "draft"]
    assert "Записаться на сайте" in (await methodist.get(copies.pop())).text


async def test_deleting_twice_leads_to_the_list(methodist: Browser, sqlite_db: Database) -> None:
    place = await write(methodist)
    for _ in range(2):
        answer = await methodist.post(f"{place}/delete", {"form_id": "once"})
        assert answer.headers["location"] == "/announcements"
    assert await stored(sqlite_db) == []
    sent = await write(methodist, form_id="form-2")
    await press(methodist, sent, "send")
    refused = await methodist.post(f"{sent}/delete", {"form_id": "other"})
    assert "перестало быть черновиком" in words(await methodist.follow(refused))


async def test_to_myself(methodist: Browser, joined: World, sqlite_db: Database) -> None:
    place = await write(methodist)
    assert "чат с ботом не подключён" in words(await methodist.follow(await methodist.post(f"{place}/preview")))
    await add(sqlite_db, Chat(account_id=joined.methodist, channel="telegram", address="500"))
    assert "в чат" in words(await methodist.follow(await methodist.post(f"{place}/preview")))
    (one,) = await deliveries(sqlite_db, PREVIEW)
    assert (one.account_id, one.urgent) == (joined.methodist, True)
