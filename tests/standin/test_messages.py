"""Sending and editing texts and keyboards: what Telegram refuses, in its words."""

from typing import Any

import pytest

from playground.telegram.client import ChatUser
from playground.telegram.server import StandInServer
from tests.standin.conftest import BareBot, HandClock


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str = "Да", data: str = "yes") -> dict[str, Any]:
    return {"text": text, "callback_data": data}


async def test_who_the_bot_is(bot: BareBot, standin: StandInServer) -> None:
    me = await bot.ok("getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (1000000001, True, "metodkabinet_bot")
    assert await bot.ok("GETME") == me


async def test_a_sent_text_is_seen_and_returned(bot: BareBot, teacher: ChatUser) -> None:
    sent = await bot.ok("sendMessage", chat_id=str(teacher.user_id), text=" <b>Вопрос</b> 1 \n", parse_mode="HTML")
    assert sent["text"] == "Вопрос 1"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 6}]
    assert sent["chat"]["id"] == teacher.user_id
    assert teacher.last.text == "Вопрос 1"


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"text": ""}, "400 Bad Request: message text is empty"),
        ({}, "400 Bad Request: message text is empty"),
        ({"text": "  \n"}, "400 Bad Request: text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "400 Bad Request: text must be non-empty"),
        ({"text": "я" * 4097}, "400 Bad Request: message is too long"),
        ({"text": "я" * 17000}, "400 Bad Request: text is too long"),
        (
            {"text": "<p>x", "parse_mode": "HTML"},
            '400 Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        ({"text": "x", "parse_mode": "rtf"}, "400 Bad Request: unsupported parse_mode"),
        (
            {"text": "x", "parse_mode": "MarkdownV2"},
            "400 Bad Request: stand-in does not know parse_mode MarkdownV2, only HTML",
        ),
        (
            {"text": "x", "message_effect_id": "1"},
            '400 Bad Request: stand-in does not know the parameter "message_effect_id" of sendMessage',
        ),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "400 Bad Request: message to be replied not found"),
        ({"text": "x", "reply_markup": "{"}, "400 Bad Request: can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": [1]}, "400 Bad Request: object expected as reply markup"),
    ],
)
async def test_refused_texts(bot: BareBot, teacher: ChatUser, params: dict[str, Any], refusal: str) -> None:
    assert await bot.refused("sendMessage", chat_id=teacher.user_id, **params) == refusal
    assert all(not message.from_bot for message in teacher.messages)


async def test_the_length_counts_after_parsing(bot: BareBot, teacher: ChatUser) -> None:
    await bot.say(teacher, f"<b>{'я' * 4096}</b>", parse_mode="HTML")


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (inline([button(data="я" * 33)]), "BUTTON_DATA_INVALID"),
        (inline([button(text=" ")]), "inline keyboard button text must be non-empty"),
        (
            inline([{"text": "x"}]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline([button(data="")]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline([button() | {"url": "https://example.org"}]),
            "can't parse inline keyboard button: stand-in: exactly one of ['callback_data', 'url'] must be used",
        ),
        (
            inline([{"text": "x", "url": "http://localhost"}]),
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        (inline(*[[button()] for _ in range(101)]), "reply markup is too long"),
        (inline([button()] * 9), "reply markup is too long"),
        (
            {"inline_keyboard": [button()]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            inline([{"text": "x", "web_app": {"url": "https://example.org"}}]),
            "stand-in does not know ['web_app'] of an inline keyboard button",
        ),
        ({"keyboard": [["да", {"text": ""}]]}, "keyboard button text must be non-empty"),
        (
            {"keyboard": [[{"text": "x", "request_contact": True}]]},
            "stand-in does not know ['request_contact'] of a keyboard button",
        ),
    ],
)
async def test_refused_keyboards(bot: BareBot, teacher: ChatUser, markup: dict[str, Any], refusal: str) -> None:
    answer = await bot.refused("sendMessage", chat_id=teacher.user_id, text="x", reply_markup=markup)
    assert answer == f"400 Bad Request: {refusal}"


async def test_keyboards_at_the_limits(bot: BareBot, teacher: ChatUser) -> None:
    rows = [[button(data="z" * 64)] * 8 for _ in range(12)]
    await bot.say(teacher, reply_markup=inline(*rows, [button()] * 4))
    assert sum(map(len, teacher.last.buttons)) == 100


async def test_reply_keyboard_appears_and_goes(bot: BareBot, teacher: ChatUser) -> None:
    await bot.say(teacher, reply_markup={"keyboard": [["Меню"], [{"text": "Помощь"}]], "resize_keyboard": True})
    assert teacher.keyboard == [["Меню"], ["Помощь"]]
    await teacher.press("Помощь")
    assert teacher.messages[-1].text == "Помощь"
    await bot.say(teacher, reply_markup={"remove_keyboard": True})
    assert teacher.keyboard == []


async def test_edit_changes_text_and_keyboard(bot: BareBot, teacher: ChatUser, wall: HandClock) -> None:
    number = await bot.say(teacher, reply_markup=inline([button()]))
    wall.now += 10
    edited = await bot.ok("editMessageText", chat_id=teacher.user_id, message_id=number, text="Вопрос 2")
    assert edited["edit_date"] == int(wall.now)
    assert (teacher.last.text, teacher.last.edits, teacher.last.buttons) == ("Вопрос 2", 1, [])
    await bot.ok(
        "editMessageReplyMarkup", chat_id=teacher.user_id, message_id=number, reply_markup=inline([button("Нет")])
    )
    assert teacher.last.labels == ["Нет"]


async def test_edit_refusals(bot: BareBot, standin: StandInServer, teacher: ChatUser) -> None:
    number = await bot.say(teacher, reply_markup=inline([button()]))
    here = {"chat_id": teacher.user_id, "message_id": number}
    same = await bot.refused("editMessageText", **here, text="Здравствуйте", reply_markup=inline([button()]))
    assert same == (
        "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the "
        "same as a current content and reply markup of the message"
    )
    assert "is not modified" in await bot.refused("editMessageReplyMarkup", **here, reply_markup=inline([button()]))
    gone = await bot.refused("editMessageText", chat_id=teacher.user_id, message_id=999, text="x")
    assert gone == "400 Bad Request: message to edit not found"
    own = teacher.messages[0].message_id
    not_mine = await bot.refused("editMessageText", chat_id=teacher.user_id, message_id=own, text="x")
    assert not_mine == "400 Bad Request: message can't be edited"
    other = await bot.refused("editMessageText", **here, text="x", reply_markup={"remove_keyboard": True})
    assert other == "400 Bad Request: inline keyboard expected"
    assert "no caption in the message to edit" in await bot.refused("editMessageCaption", **here, caption="x")
    standin.state.faults.not_editable()
    assert "can't be edited" in await bot.refused("editMessageText", **here, text="y")


async def test_a_message_with_a_reply_keyboard_cant_be_edited(bot: BareBot, teacher: ChatUser) -> None:
    number = await bot.say(teacher, reply_markup={"keyboard": [["Меню"]]})
    answer = await bot.refused("editMessageText", chat_id=teacher.user_id, message_id=number, text="x")
    assert answer == "400 Bad Request: message can't be edited"


async def test_deleting(bot: BareBot, teacher: ChatUser, wall: HandClock) -> None:
    first, second = await bot.say(teacher), await bot.say(teacher)
    await bot.ok("deleteMessage", chat_id=teacher.user_id, message_id=first)
    again = await bot.refused("deleteMessage", chat_id=teacher.user_id, message_id=first)
    assert again == "400 Bad Request: message to delete not found"
    await bot.ok("deleteMessages", chat_id=teacher.user_id, message_ids=[first, second])
    third = await bot.say(teacher)
    wall.now += 48 * 3600 + 1
    old = await bot.refused("deleteMessage", chat_id=teacher.user_id, message_id=third)
    assert old == "400 Bad Request: message can't be deleted for everyone"


async def test_who_can_be_written_to(bot: BareBot, standin: StandInServer, teacher: ChatUser) -> None:
    stranger = await standin.user("Новая")
    send = {"text": "x"}
    assert await bot.refused("sendMessage", chat_id=1, **send) == "400 Bad Request: chat not found"
    assert await bot.refused("sendMessage", chat_id="@x", **send) == "400 Bad Request: chat not found"
    assert await bot.refused("sendMessage", **send) == "400 Bad Request: chat_id is empty"
    answer = await bot.refused("sendMessage", chat_id=stranger.user_id, **send)
    assert answer == "403 Forbidden: bot can't initiate conversation with a user"
    await teacher.block()
    answer = await bot.refused("sendMessage", chat_id=teacher.user_id, **send)
    assert answer == "403 Forbidden: bot was blocked by the user"
    await teacher.unblock()
    await bot.say(teacher)
    await teacher.deactivate()
    answer = await bot.refused("sendMessage", chat_id=teacher.user_id, **send)
    assert answer == "403 Forbidden: user is deactivated"


async def test_unknown_method_and_wrong_token(bot: BareBot, standin: StandInServer) -> None:
    assert await bot.refused("sendDice") == "404 Not Found: stand-in does not know the method sendDice"
    response = await bot.http.get(f"{standin.base_url}/bot1:wrong/getMe")
    assert response.status_code == 401
    assert response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_the_record_holds_all_outgoing_text(bot: BareBot, standin: StandInServer, teacher: ChatUser) -> None:
    await bot.say(teacher, "слово", reply_markup=inline([button("Кнопка")]))
    await bot("sendDocument", {"document": ("имя.txt", b"x")}, chat_id=teacher.user_id, caption="подпись")
    texts = list(standin.state.outgoing_text())
    assert {"слово", "Кнопка", "имя.txt", "подпись"} <= set(texts)
    assert [call.method for call in standin.state.calls] == ["sendMessage", "sendDocument"]
    assert all(call.ok for call in standin.state.calls)


async def test_typing_is_shown_for_a_while(bot: BareBot, teacher: ChatUser, wall: HandClock) -> None:
    await bot.ok("sendChatAction", chat_id=teacher.user_id, action="typing")
    assert teacher.chat["action"] == "typing"
    wall.now += 6
    assert teacher.chat["action"] is None
    wrong = await bot.refused("sendChatAction", chat_id=teacher.user_id, action="dancing")
    assert wrong == "400 Bad Request: wrong parameter action in request"


async def test_commands(bot: BareBot, teacher: ChatUser) -> None:
    start = {"command": "start", "description": "Начать"}
    await bot.ok("setMyCommands", commands=[start])
    own = [{"command": "menu", "description": "Меню"}]
    await bot.ok("setMyCommands", commands=own, scope={"type": "chat", "chat_id": teacher.user_id})
    assert teacher.chat["commands"] == own
    await bot.ok("deleteMyCommands", scope={"type": "chat", "chat_id": teacher.user_id})
    assert teacher.chat["commands"] == [start] == await bot.ok("getMyCommands")
    bad = [{"command": "Меню", "description": "x"}]
    assert await bot.refused("setMyCommands", commands=bad) == "400 Bad Request: BOT_COMMAND_INVALID"


async def test_profile_and_menu_button(bot: BareBot) -> None:
    await bot.ok("setMyDescription", description="Анкеты")
    await bot.ok("setMyShortDescription", short_description="Анкеты")
    await bot.ok("setChatMenuButton", menu_button={"type": "commands"})
    assert "at most 512" in await bot.refused("setMyDescription", description="x" * 513)
    await bot.ok("setMyName", name="Кабинет")
    assert (await bot.ok("getMe"))["first_name"] == "Кабинет"


async def test_get_chat(bot: BareBot, standin: StandInServer, teacher: ChatUser) -> None:
    assert (await bot.ok("getChat", chat_id=teacher.user_id))["type"] == "private"
    stranger = await standin.user("Новая")
    assert await bot.refused("getChat", chat_id=stranger.user_id) == "400 Bad Request: chat not found"
