"""Correcting and recalling what is in a chat already."""

import asyncio

import pytest

from bot.limits import Lane
from bot.outcomes import Undelivered
from bot.screens.model import Button, Screen
from tests.bot.plumbing.fakes import settle
from tests.bot.plumbing.stage import Stage, picture

LINK = ((Button("Сайт", url="https://example.org/"),),)
INSTEAD = Screen("Объявление отозвано")


async def at_once() -> None:
    """A turn."""


async def replace(stage: Stage, message: int, screen: Screen) -> None:
    await stage.transport.replace(stage.chat, message, screen, turn=at_once)


async def remove(stage: Stage, message: int) -> bool:
    return await stage.transport.remove(stage.chat, message, INSTEAD, turn=at_once)


async def test_words_and_buttons_are_corrected(stage: Stage) -> None:
    first = await stage.show(Screen("В 15:00", LINK))
    await replace(stage, first, Screen("В <b>16:00</b>"))
    assert (stage.user.last.message_id, stage.user.last.text, stage.user.last.labels) == (first, "В 16:00", [])
    await replace(stage, first, Screen("В <b>16:00</b>"))


async def test_the_file_stays(stage: Stage) -> None:
    first = await stage.show(Screen("В 15:00", picture=picture()))
    await replace(stage, first, Screen("В 16:00", LINK, picture=picture()))
    assert stage.user.last.photo is not None
    assert (stage.user.last.text, stage.user.last.labels) == ("В 16:00", ["Сайт"])
    assert stage.methods()[-1].lower() == "editmessagecaption"


async def test_what_its_person_has_deleted_does_not_come_again(stage: Stage) -> None:
    first = await stage.show(Screen("В 15:00"))
    assert await remove(stage, first)
    shown = len(stage.user.messages)
    with pytest.raises(Undelivered) as raised:
        await replace(stage, first, Screen("В 16:00"))
    assert (raised.value.trouble.state, raised.value.trouble.reason) == ("failed", "message_gone")
    assert len(stage.user.messages) == shown


async def test_a_recalled_message_is_gone(stage: Stage) -> None:
    first = await stage.show(Screen("В 15:00", picture=picture()))
    assert await remove(stage, first)
    assert first not in {one.message_id for one in stage.user.messages}
    assert not await remove(stage, first)


@pytest.mark.parametrize("with_file", [False, True], ids=["text", "picture"])
async def test_what_is_too_old_to_be_deleted_loses_its_words(stage: Stage, with_file: bool) -> None:
    first = await stage.show(Screen("В 15:00", LINK, picture=picture() if with_file else None))
    stage.standin.state.chats[stage.chat].messages[first].date -= 49 * 3600
    assert await remove(stage, first)
    assert (stage.user.last.message_id, stage.user.last.text, stage.user.last.labels) == (first, INSTEAD.text, [])
    assert await remove(stage, first), "a second recall changes nothing"


async def test_who_has_blocked_the_bot_keeps_what_they_have(stage: Stage) -> None:
    first = await stage.show(Screen("В 15:00"))
    await stage.user.block()
    for change in (replace(stage, first, Screen("В 16:00")), remove(stage, first)):
        with pytest.raises(Undelivered) as raised:
            await change
        assert raised.value.trouble.state == "unreachable"


async def test_a_request_for_silence_at_an_edit_silences_bulk_and_people_alike(stage: Stage) -> None:
    first = await stage.show(Screen("Вопрос"))
    stage.faults.too_many(1, method="editMessageText")
    with pytest.raises(Undelivered) as raised:
        await stage.show(Screen("Вопрос 2"), edit=first)
    assert (raised.value.trouble.state, raised.value.trouble.wait) == ("retrying", 1)
    assert stage.limits.paused_for > 0
    waiting = [asyncio.create_task(stage.limits.turn(None, lane)) for lane in Lane]
    await settle()
    assert not any(one.done() for one in waiting)
    await asyncio.gather(*waiting)
    assert stage.limits.paused_for == 0
    assert await stage.show(Screen("Вопрос 2"), edit=first) == first
