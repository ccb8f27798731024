"""Long polling, presses, and what people do."""

import asyncio

import pytest

from playground.telegram.client import ChatUser, NotSeen
from playground.telegram.person import NotPossible
from playground.telegram.server import StandInServer
from tests.standin.conftest import BareBot, HandClock


async def test_updates_rise_by_one_and_stay_until_confirmed(bot: BareBot, teacher: ChatUser) -> None:
    await teacher.send("раз")
    first = await bot.ok("getUpdates")
    assert [update["update_id"] - first[0]["update_id"] for update in first] == [0, 1]
    assert await bot.ok("getUpdates") == first
    assert await bot.ok("getUpdates", limit=1) == first[:1]
    assert await bot.ok("getUpdates", offset=first[1]["update_id"]) == first[1:]
    assert await bot.ok("getUpdates", offset=first[1]["update_id"] + 1) == []
    assert await bot.ok("getUpdates") == []


async def test_negative_offset_keeps_the_last(bot: BareBot, teacher: ChatUser) -> None:
    await teacher.send("раз")
    await teacher.send("два")
    (last,) = await bot.ok("getUpdates", offset=-1)
    assert last["message"]["text"] == "два"
    assert len(await bot.ok("getUpdates")) == 1


async def test_a_long_poll_ends_when_something_comes(bot: BareBot, teacher: ChatUser) -> None:
    (start,) = await bot.ok("getUpdates")
    poll = asyncio.create_task(bot.ok("getUpdates", offset=start["update_id"] + 1, timeout=9))
    await asyncio.wait([poll], timeout=0.05)
    assert not poll.done()
    await teacher.send("раз")
    (update,) = await poll
    assert update["message"]["text"] == "раз"


async def test_the_older_of_two_pollers_gets_409(bot: BareBot, teacher: ChatUser) -> None:
    (start,) = await bot.ok("getUpdates")
    older = asyncio.create_task(bot.refused("getUpdates", offset=start["update_id"] + 1, timeout=9))
    await asyncio.wait([older], timeout=0.05)
    newer = asyncio.create_task(bot.ok("getUpdates", offset=start["update_id"] + 1, timeout=9))
    assert await older == (
        "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await teacher.send("раз")
    assert len(await newer) == 1


async def test_updates_older_than_a_day_are_dropped(bot: BareBot, teacher: ChatUser, wall: HandClock) -> None:
    wall.now += 24 * 3600 + 1
    assert await bot.ok("getUpdates") == []


async def test_only_wanted_kinds_come(bot: BareBot, teacher: ChatUser) -> None:
    await bot.ok("getUpdates", allowed_updates=["callback_query"], offset=-1)
    await teacher.send("не придёт")
    await teacher.press_raw(1, "x")
    assert [set(update) - {"update_id"} for update in await bot.ok("getUpdates")] == [{"message"}, {"callback_query"}]
    assert "stand-in does not know allowed_updates" in await bot.refused("getUpdates", allowed_updates=["telepathy"])


async def test_a_press_and_its_answer(bot: BareBot, teacher: ChatUser, clock: HandClock) -> None:
    number = await bot.say(teacher, reply_markup={"inline_keyboard": [[{"text": "Да ✓", "callback_data": "yes"}]]})
    query_id = await teacher.press("Да")
    query = (await bot.ok("getUpdates"))[-1]["callback_query"]
    assert (query["id"], query["data"], query["message"]["message_id"]) == (query_id, "yes", number)
    await bot.ok("answerCallbackQuery", callback_query_id=query_id, text="Принято", show_alert=True)
    await bot.ok("answerCallbackQuery", callback_query_id=query_id, text="ещё раз")
    answer = await teacher.answer(query_id)
    assert (answer["text"], answer["show_alert"]) == ("Принято", True)
    assert teacher.callback_answers == ["Принято"]
    clock.now += 31
    old = await bot.refused("answerCallbackQuery", callback_query_id=query_id)
    assert old == "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await bot.refused("answerCallbackQuery", callback_query_id="1") == old


async def test_press_names_the_labels_that_are_there(bot: BareBot, teacher: ChatUser) -> None:
    await bot.say(teacher, reply_markup={"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]})
    with pytest.raises(NotSeen, match=r"no button 'Нет'; inline: \[\['Да'\]\]"):
        await teacher.press("Нет", patience=0.01)


async def test_forged_presses_arrive(bot: BareBot, teacher: ChatUser) -> None:
    await teacher.press_raw(12345, "подделка")
    query = (await bot.ok("getUpdates"))[-1]["callback_query"]
    assert query["message"] == {"chat": query["message"]["chat"], "message_id": 12345, "date": 0}
    assert query["data"] == "подделка"


async def test_blocking_and_unblocking_are_told(bot: BareBot, teacher: ChatUser) -> None:
    await teacher.block()
    await teacher.block()
    with pytest.raises(NotPossible):
        await teacher.send("меня не слышно")
    await teacher.start()
    changes = [update["my_chat_member"] for update in await bot.ok("getUpdates") if "my_chat_member" in update]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]


async def test_deep_links_and_edits_of_the_person(bot: BareBot, standin: StandInServer) -> None:
    user = await standin.user("Новая")
    number = await user.start("inv_Ab-1")
    await user.edit(number, "передумала")
    start, edit = await bot.ok("getUpdates")
    assert start["message"]["text"] == "/start inv_Ab-1"
    assert start["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert edit["edited_message"]["text"] == "передумала"
    for payload in ("с кириллицей", "x" * 65):
        with pytest.raises(NotPossible):
            await user.start(payload)


async def test_a_deep_link_button_starts_the_bot(bot: BareBot, teacher: ChatUser) -> None:
    link = {"text": "Записаться", "url": "https://t.me/metodkabinet_bot?start=event_1"}
    await bot.say(teacher, reply_markup={"inline_keyboard": [[link]]})
    await teacher.press("Записаться")
    assert (await bot.ok("getUpdates"))[-1]["message"]["text"] == "/start event_1"


async def test_waiting_for_words(bot: BareBot, teacher: ChatUser) -> None:
    waiting = asyncio.create_task(teacher.expect("второй"))
    number = await bot.say(teacher, "первый")
    await bot.ok("editMessageText", chat_id=teacher.user_id, message_id=number, text="второй раз")
    assert (await waiting).message_id == number
    with pytest.raises(NotSeen, match="второй раз"):
        await teacher.expect("первый", patience=0.01)
