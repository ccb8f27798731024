"""Doubled, old, forged and foreign presses, closed surveys, lost messages: answered, and nothing is corrupted."""

import asyncio
from typing import Any

import pytest

from bot.handlers import reshow
from bot.surveys import presses
from core.clock import SystemClock
from playground.telegram.client import Button
from playground.telegram.faults import Fault
from storage.models import Answer
from tests.bot.conversation.house import House
from tests.bot.conversation.reader import Reader


async def at_help(house: House, number: int = 0) -> Reader:
    """At «Хватает ли вам помощи?», with two answers stored."""
    reader = await house.teacher(number)
    await reader.open("everything")
    for what in ("Далее →", "Да", "12"):
        await reader.step(what)
    return reader


def button(reader: Reader, label: str) -> Button:
    found = reader.screen.button(label)
    assert found is not None
    return found


async def pressed(reader: Reader, data: str, message: int | None = None) -> dict[str, Any]:
    """The bot's answer to a press of these data."""
    where = reader.screen.message_id if message is None else message
    return await reader.user.answer(await reader.user.press_raw(where, data))


async def test_two_quick_presses_are_one_answer(house: House) -> None:
    reader = await at_help(house)
    data = button(reader, "Много").data or ""
    queries = [await reader.user.press_raw(reader.screen, data) for _ in range(2)]
    answers = [await reader.user.answer(query) for query in queries]
    assert [answer["text"] for answer in answers] == ["", "Эта кнопка уже не действует — вот где вы сейчас."]
    await reader.see("Какие темы вам близки?")
    assert "help" in await house.answers("everything")
    assert "topics" not in await house.answers("everything")


async def test_two_quick_presses_on_pause_stay_paused(house: House) -> None:
    reader = await at_help(house)
    data = button(reader, "Продолжить позже").data or ""
    for query in [await reader.user.press_raw(reader.screen, data) for _ in range(2)]:
        await reader.user.answer(query)
    await reader.see("Ответы сохранены")
    assert "уже не действует" in (await pressed(reader, data))["text"]
    await reader.see("Ответы сохранены")


async def test_the_same_mark_twice_is_one_mark(house: House) -> None:
    reader = await at_help(house)
    await reader.turn("Много")
    data = button(reader, "☐ Тема вторая").data or ""
    for query in [await reader.user.press_raw(reader.screen, data) for _ in range(2)]:
        await reader.user.answer(query)
    await reader.see("Отмечено: 1")
    assert (await house.answers("everything"))["topics"] == "t2"


async def test_two_quick_presses_on_send_send_once(house: House) -> None:
    reader = await at_help(house)
    await reader.walk()
    data = button(reader, "Отправить").data or ""
    message = reader.screen.message_id
    queries = [await reader.user.press_raw(message, data) for _ in range(2)]
    answers = [await reader.user.answer(query) for query in queries]
    assert "уже отправлена" in answers[1]["text"]
    await reader.user.expect("Личный результат эта анкета не считает")
    said = [one.text for one in reader.user.messages if "Спасибо!\n" in one.text and "Анкета отправлена" in one.text]
    assert len(said) == 1


async def test_an_old_keyboard_changes_nothing(house: House) -> None:
    reader = await house.teacher()
    await reader.open("everything")
    await reader.turn("Далее →")
    old = [one.data or "" for row in reader.screen.buttons for one in row]
    await reader.turn("Нет")
    await reader.turn("Много")
    before = await house.answers("everything")
    for data in old:
        assert "уже не действует" in (await pressed(reader, data))["text"]
    assert await house.answers("everything") == before
    await reader.see("Какие темы вам близки?")


async def test_the_keyboard_above_typed_words_is_taken_away(house: House) -> None:
    reader = await house.teacher()
    await reader.open("everything")
    await reader.turn("Далее →")
    await reader.turn("Да")
    above = reader.screen
    await reader.write("12")
    kept = next(one for one in reader.user.messages if one.message_id == above.message_id)
    assert (kept.labels, "Сколько часов" in kept.text) == ([], True)
    answer = await pressed(reader, above.buttons[-1][0].data or "", above.message_id)
    assert "ниже" in answer["text"]


OUT_OF_DATE = (
    "s:{r}:{v}:99:a:1",
    "s:{r}:{w}:{q}:a:1",
    "s:{r}:{v}:{q}:on:1",
    "s:{r}:{w}:{q}:num:1",
    "s:{r}:{w}:{q}:day:0",
    "s:{r}:{v}:{q}:anew",
    "s:{r}:{v}:0:send",
    "s:{r}:{v}:0:open:2",
    "s:{r}:{v}:0:page:1",
)
FORGED = (
    ("s:{r}:{v}:{q}:a:99", "Такого варианта нет"),
    ("s:{r}:{v}:{q}:a:0", "Такого варианта нет"),
    ("s:{r}:{v}:{q}:num:1", "Такого варианта нет"),
    ("s:{r}:{v}:{q}:day:0", "Такого варианта нет"),
    ("s:{r}:{v}:{q}:num", "уже не действует"),
    ("s:2147483647:{v}:{q}:a:1", "завершена или не для вас"),
    ("s:99999999999:{v}:{q}:a:1", "уже не действует"),
    ("s:{r}:{v}:{q}:a:1:1", "уже не действует"),
    ("s:{r}:{v}:{q}:drop", "уже не действует"),
    ("surveys:begin:999999", "не для вас"),
    ("surveys:begin:1-7", "не для вас"),
    ("surveys:card:1-2147483648", "уже нет"),
    ("surveys:card:1-0", "уже нет"),
    ("surveys:card:01", "уже нет"),
    ("surveys:result:1-", "уже нет"),
    ("surveys:begin:99999999999999999999", "уже нет"),
    ("surveys:card:-1", "уже нет"),
    ("surveys:card:", "уже нет"),
    ("consent:give:9", "уже не действует"),
    ("<b>", "уже не действует"),
)


@pytest.mark.parametrize(
    "forged", [[(data, "уже не действует") for data in OUT_OF_DATE], FORGED], ids=["late", "forged"]
)
async def test_a_press_that_no_button_made_is_answered(house: House, forged: list[tuple[str, str]]) -> None:
    reader = await at_help(house)
    press = presses.parse(button(reader, "Много").data or "")
    assert press is not None
    before, screen = await house.answers("everything"), reader.screen.text
    places = {"r": press.response_id, "v": press.visit, "w": press.visit - 1, "q": press.question}
    for data, why in forged:
        answer = await pressed(reader, data.format(**places))
        assert why in answer["text"], data
        assert await house.answers("everything") == before, data
        assert reader.screen.text.startswith(screen), data
    await reader.user.press("Много")
    await reader.see("Какие темы вам близки?")
    assert (await house.answers("everything"))["help"] == "high"


async def test_another_persons_button_does_nothing(house: House) -> None:
    owner, other = await at_help(house, 0), await house.teacher(1)
    data = button(owner, "Много").data or ""
    answer = await pressed(other, data)
    assert "не для вас" in answer["text"]
    assert "help" not in await house.answers("everything")
    await owner.turn("Мало")
    assert (await house.answers("everything"))["help"] == "low"


@pytest.mark.parametrize("label", ["Много", "Продолжить позже", "← Назад"])
async def test_a_press_on_a_closed_survey_is_told_so(house: House, label: str) -> None:
    reader = await at_help(house)
    data = button(reader, label).data or ""
    await house.close("everything")
    answer = await pressed(reader, data)
    assert "Анкета закрыта" in answer["text"]
    message = await reader.user.expect("Спасибо, что нашли время")
    assert message.labels == ["К списку анкет"]
    assert "help" not in await house.answers("everything")


async def test_words_for_a_closed_survey_are_no_answer(house: House) -> None:
    reader = await house.teacher()
    await reader.open("everything")
    await reader.turn("Далее →")
    await reader.turn("Да")
    await house.close("everything")
    number = await reader.user.send("12")
    await reader.user.expect("Я понимаю кнопки", after=number)
    assert "hours" not in await house.answers("everything")


async def test_a_message_that_cannot_be_edited_is_sent_anew(house: House) -> None:
    reader = await at_help(house)
    gone = reader.screen.message_id
    house.standin.state.faults.add(Fault("not_editable", 1, "*"))
    await reader.turn("Много")
    assert reader.screen.message_id > gone
    await reader.see("Какие темы вам близки?")
    response = await house.response("everything")
    assert response is not None
    await reader.turn("☐ Тема вторая")
    assert (await house.answers("everything"))["topics"] == "t2"


async def test_a_screen_that_is_owed_is_shown_again(house: House) -> None:
    tools = {"db": house.db, "clock": SystemClock(), "transport": house.transport}
    stranger = await house.standin.user("Незнакомый")
    await stranger.start()
    await stranger.expect("ссылка-приглашение")
    await reshow(str(stranger.user_id), **tools)
    await stranger.wait_for(lambda: len([one for one in stranger.messages if one.from_bot]) == 2)

    newcomer = await house.newcomer(1)
    document = await newcomer.expect("Редакция 1")
    await reshow(str(newcomer.user_id), **tools)
    await newcomer.expect("Редакция 1", after=document.message_id)

    reader = await at_help(house)
    here = reader.screen.message_id
    await reshow(str(reader.user.user_id), **tools)
    assert reader.screen.message_id == here
    await reader.turn("Продолжить позже")
    await reshow(str(reader.user.user_id), **tools)
    await reader.user.expect("Чем помочь")


async def test_thanks_that_are_owed_are_given_in_the_list(house: House) -> None:
    reader = await house.teacher()
    await reader.open("burnout")
    await reader.walk()
    await reader.turn("Отправить")
    seen = await reader.user.expect("телефон доверия")
    await reshow(str(reader.user.user_id), db=house.db, clock=SystemClock(), transport=house.transport)
    await reader.user.expect("отправлена, спасибо", after=seen.message_id)


async def test_feedback_waits_out_a_short_trouble(house: House) -> None:
    """What an anonymous survey came to is nowhere else: a cut connection must not lose it."""
    reader = await house.teacher()
    await reader.open("burnout")
    await reader.walk()
    house.standin.state.faults.hang_up(1, "sendPhoto")
    await reader.turn("Отправить")
    await reader.user.expect("не диагноз")
    await reader.user.expect("телефон доверия")


async def test_many_people_answer_at_once(house: House) -> None:
    readers = [await house.teacher(0), await house.teacher(1)]
    await asyncio.gather(*(reader.open("burnout") for reader in readers))
    await asyncio.gather(*(reader.walk() for reader in readers))
    await asyncio.gather(*(reader.turn("Отправить") for reader in readers))
    for reader in readers:
        await reader.user.expect("телефон доверия")
    assert await house.count(Answer) == 0
