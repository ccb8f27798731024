"""Screens in a real chat of the stand-in, with everything that Telegram may answer."""

import pytest
from aiogram import Bot

from bot.connection import Connection
from bot.outcomes import Undelivered
from bot.screens.model import Button, Screen
from bot.transport import Transport
from core.people.model import Unreachable
from tests.bot.plumbing.stage import Stage, picture

BUTTONS = ((Button("Дальше", "x:next:1"), Button("Сайт", url="https://example.org/")),)


async def test_a_screen_becomes_a_message_and_the_next_one_takes_its_place(stage: Stage) -> None:
    first = await stage.show(Screen("<b>Вопрос</b> 1 &lt; 2", BUTTONS))
    assert stage.user.last.text == "Вопрос 1 < 2"
    assert stage.user.last.labels == ["Дальше", "Сайт"]
    second = await stage.show(Screen("Вопрос 2"), edit=first)
    assert second == first
    assert stage.user.last.text == "Вопрос 2"
    assert stage.user.last.labels == []


async def test_the_same_screen_again_is_no_trouble(stage: Stage) -> None:
    first = await stage.show(Screen("Вопрос", BUTTONS))
    assert await stage.show(Screen("Вопрос", BUTTONS), edit=first) == first


async def test_what_cannot_be_edited_is_replaced_by_a_new_message(stage: Stage) -> None:
    first = await stage.show(Screen("Вопрос", BUTTONS))
    stage.faults.not_editable()
    second = await stage.show(Screen("Вопрос 2"), edit=first)
    assert second > first
    assert await stage.show(Screen("Вопрос 3"), edit=999_999) > second


async def test_text_becomes_a_picture_in_place(stage: Stage) -> None:
    first = await stage.show(Screen("Вопрос", BUTTONS))
    shown = await stage.show(Screen("Итог", BUTTONS, picture=picture()), edit=first)
    assert shown == first
    assert stage.user.last.photo is not None
    assert stage.user.last.text == "Итог"
    assert await stage.show(Screen("Итог 2", picture=picture(9)), edit=first) == first


async def test_a_picture_stays_and_loses_its_buttons_when_text_follows(stage: Stage) -> None:
    first = await stage.show(Screen("Итог", BUTTONS, picture=picture()))
    second = await stage.show(Screen("Меню", BUTTONS), edit=first)
    assert second > first
    old = next(one for one in stage.user.messages if one.message_id == first)
    assert old.photo is not None
    assert old.labels == []
    assert stage.user.last.labels == ["Дальше", "Сайт"]


async def test_a_long_text_comes_in_parts_with_the_buttons_below(stage: Stage) -> None:
    first = await stage.show(Screen("Вопрос", BUTTONS))
    last = await stage.show(Screen("слово " * 1500, BUTTONS), edit=first)
    parts = [one for one in stage.user.messages if one.from_bot]
    assert len(parts) == 4
    assert parts[0].labels == []
    assert [part.labels for part in parts[1:]] == [[], [], ["Дальше", "Сайт"]]
    assert parts[-1].message_id == last


async def test_a_long_text_does_not_fit_under_a_picture(stage: Stage) -> None:
    last = await stage.show(Screen("слово " * 200, BUTTONS, picture=picture()))
    image, words = [one for one in stage.user.messages if one.from_bot]
    assert image.photo is not None
    assert image.text == ""
    assert words.message_id == last
    assert words.labels == ["Дальше", "Сайт"]


async def test_the_menu_is_set_and_taken_away(stage: Stage) -> None:
    first = await stage.show(Screen("Здравствуйте", menu=(("Анкеты", "Помощь"),)))
    assert stage.user.keyboard == [["Анкеты", "Помощь"]]
    assert await stage.show(Screen("До встречи", menu=()), edit=first) > first
    assert stage.user.keyboard == []


@pytest.mark.parametrize(
    "screen",
    [
        Screen("x", ((Button("b", "я" * 33),),)),
        Screen("x", ((Button("b", ""),),)),
        Screen("x", ((Button("b"),),)),
        Screen("x", ((Button("b", "a", "https://x.ru"),),)),
        Screen("x", ((Button("b", "a"),),), menu=(("m",),)),
    ],
    ids=["65 bytes", "empty", "neither", "both", "menu too"],
)
async def test_impossible_buttons_are_a_mistake_at_once(stage: Stage, screen: Screen) -> None:
    before = len(stage.methods())
    with pytest.raises(ValueError, match=r"button"):
        await stage.show(screen, edit=1)
    assert len(stage.methods()) == before


async def test_sixty_four_bytes_fit(stage: Stage) -> None:
    await stage.show(Screen("x", ((Button("b", "я" * 32),),)))
    assert stage.user.last.labels == ["b"]


async def test_a_press_is_answered_and_an_old_one_is_no_trouble(stage: Stage) -> None:
    await stage.show(Screen("Вопрос", BUTTONS))
    press = await stage.user.press("Дальше")
    assert not stage.transport.answered(press)
    await stage.transport.answer_press(press, "т" * 300, alert=True)
    answer = await stage.user.answer(press)
    assert answer["text"] == "т" * 200
    assert stage.transport.answered(press)
    await stage.transport.answer_press("12345")
    await stage.transport.typing(stage.chat)
    assert stage.methods()[-1].lower() == "sendchataction"


async def test_answering_a_press_is_never_what_fails(stage: Stage) -> None:
    stage.faults.down = True
    await stage.transport.answer_press("1")
    await stage.transport.typing(stage.chat)
    await stage.transport.strip(stage.chat, 1)


async def test_who_cannot_be_reached(stage: Stage) -> None:
    await stage.user.block()
    with pytest.raises(Undelivered) as raised:
        await stage.show(Screen("x"))
    assert raised.value.trouble.unreachable is Unreachable.BLOCKED
    with pytest.raises(Undelivered) as raised:
        await stage.transport.show(5, Screen("x"))
    assert raised.value.trouble.unreachable is Unreachable.GONE
    stranger = await stage.standin.user("Чужой")
    with pytest.raises(Undelivered) as raised:
        await stage.transport.show(stranger.user_id, Screen("x"))
    assert raised.value.trouble.state == "unreachable"


async def test_a_request_for_silence_silences_everything(stage: Stage) -> None:
    stage.faults.too_many(7)
    with pytest.raises(Undelivered) as raised:
        await stage.show(Screen("x"))
    assert raised.value.trouble.wait == 7
    assert 6 < stage.limits.paused_for <= 7


async def test_bad_markup_is_a_refusal_that_quotes_nothing(stage: Stage) -> None:
    with pytest.raises(Undelivered) as raised:
        await stage.show(Screen("<blink>Иванов</blink>"))
    assert (raised.value.trouble.state, raised.value.trouble.reason) == ("failed", "bad_markup")
    assert "Иванов" not in str(raised.value)


async def test_network_troubles_say_whether_it_may_have_arrived(stage: Stage) -> None:
    stage.faults.server_error(502)
    with pytest.raises(Undelivered) as raised:
        await stage.show(Screen("x"))
    assert raised.value.trouble.state == "retrying"
    stage.faults.hang_up()
    with pytest.raises(Undelivered) as raised:
        await stage.show(Screen("x"))
    assert raised.value.trouble.reason == "connection_cut"
    await stage.standin.stop()
    with pytest.raises(Undelivered) as raised:
        await stage.show(Screen("x"))
    assert raised.value.trouble.reason == "not_connected"


async def test_an_answer_that_never_comes_leaves_it_unknown(stage: Stage) -> None:
    quick = Connection(stage.standin.base_url, answer_seconds=0.2)
    async with Bot(stage.standin.token, session=quick) as bot:
        stage.faults.delay(3, method="sendMessage")
        with pytest.raises(Undelivered) as raised:
            await Transport(bot, stage.limits).show(stage.chat, Screen("x"))
    assert raised.value.trouble.state == "unknown"
