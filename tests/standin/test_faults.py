"""Troubles that are switched on, from Python and over HTTP."""

import httpx
import pytest

from playground.telegram.client import ChatUser
from playground.telegram.remote import RemoteStandIn
from playground.telegram.server import StandInServer
from tests.standin.conftest import BareBot


async def test_429_and_5xx_for_the_next_calls(bot: BareBot, standin: StandInServer, teacher: ChatUser) -> None:
    standin.state.faults.too_many(retry_after=7, times=2)
    standin.state.faults.server_error(502, method="sendMessage")
    assert len(await bot.ok("getUpdates")) == 1
    for _ in range(2):
        body = await bot("sendMessage", chat_id=teacher.user_id, text="x")
        assert body["parameters"] == {"retry_after": 7}
    await bot.ok("getMe")
    assert await bot.refused("sendMessage", chat_id=teacher.user_id, text="x") == "502 Bad Gateway"
    await bot.say(teacher)
    assert len([message for message in teacher.messages if message.from_bot]) == 1


async def test_hang_up_before_and_after_the_effect(bot: BareBot, standin: StandInServer, teacher: ChatUser) -> None:
    standin.state.faults.hang_up()
    with pytest.raises(httpx.TransportError):
        await bot.say(teacher, "до")
    standin.state.faults.hang_up_after()
    with pytest.raises(httpx.TransportError):
        await bot.say(teacher, "после")
    assert [message.text for message in teacher.messages if message.from_bot] == ["после"]
    assert [call.ok for call in standin.state.calls] == [False, True]


async def test_delay(bot: BareBot, standin: StandInServer) -> None:
    standin.state.faults.delay(0.01, method="getMe")
    await bot.ok("getMe")
    assert list(standin.state.faults.listed()) == []


async def test_telegram_down(bot: BareBot, standin: StandInServer) -> None:
    standin.state.faults.down = True
    for method in ("getMe", "getUpdates"):
        with pytest.raises(httpx.TransportError):
            await bot.ok(method)
    standin.state.clear_faults()
    await bot.ok("getMe")


async def test_the_port_itself_goes_and_comes_back(bot: BareBot, standin: StandInServer, teacher: ChatUser) -> None:
    port = standin.port
    await standin.stop()
    with pytest.raises(httpx.ConnectError):
        await bot.ok("getMe")
    await standin.start()
    assert standin.port == port
    await bot.say(teacher)


async def test_doubled_held_and_reordered_updates(bot: BareBot, standin: StandInServer, teacher: ChatUser) -> None:
    (start,) = await bot.ok("getUpdates")
    offset = start["update_id"] + 1
    standin.state.hold_updates(on=True)
    standin.state.repeat_updates(1)
    await teacher.send("раз")
    await teacher.send("два")
    assert await bot.ok("getUpdates", offset=offset) == []
    standin.state.faults.reorder = 1
    standin.state.hold_updates(on=False)
    numbers = [update["update_id"] for update in await bot.ok("getUpdates", offset=offset)]
    assert numbers == [offset + 1, offset]
    again = await bot.ok("getUpdates", offset=offset + 2)
    assert [update["update_id"] for update in again] == [offset]
    assert await bot.ok("getUpdates", offset=offset + 2) == []


async def test_undecodable_updates(bot: BareBot, standin: StandInServer) -> None:
    number = standin.state.inject_update({"message": {"garbage": 1}})
    assert await bot.ok("getUpdates") == [{"update_id": number, "message": {"garbage": 1}}]


async def test_everything_over_http(bot: BareBot, standin: StandInServer) -> None:
    async with RemoteStandIn(standin.base_url) as remote:
        user = await remote.user("Далёкая")
        await user.start("abc")
        await bot.ok(
            "sendMessage",
            chat_id=user.user_id,
            text="привет",
            reply_markup={"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]},
        )
        await user.expect("привет")
        query = await user.press("Да")
        await bot.ok("answerCallbackQuery", callback_query_id=query, text="принято")
        assert (await user.answer(query))["text"] == "принято"
        await remote.fault("too_many", value=3)
        assert "retry after 3" in await bot.refused("getMe")
        await remote.switch(down=True)
        with pytest.raises(httpx.TransportError):
            await bot.ok("getMe")
        await remote.clear_faults()
        await remote.switch(hold=True, reorder=1, repeat=1)
        await remote.clear_faults()
        assert await remote.inject_update({"x": 1}) > 0
        assert "привет" in await remote.outgoing_text()
        assert (await remote.calls())[0]["method"] == "sendMessage"
        with pytest.raises(ValueError, match="unknown fault"):
            await remote.fault("earthquake")
        with pytest.raises(ValueError, match="no such act"):
            await remote.act(user.user_id, "dance", {})
