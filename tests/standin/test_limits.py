"""Limits by a clock that the test moves."""

import pytest

from playground.telegram.client import ChatUser
from playground.telegram.errors import ApiError
from playground.telegram.limits import MessageLimits
from playground.telegram.server import StandInServer
from playground.telegram.settings import StandInSettings
from tests.standin.conftest import BareBot, HandClock


def refused_after(limits: MessageLimits, chat_id: int | None) -> int:
    with pytest.raises(ApiError) as refusal:
        limits.spend(chat_id)
    assert refusal.value.code == 429
    return refusal.value.retry_after or 0


def test_one_chat_takes_a_short_burst_then_one_a_second(clock: HandClock) -> None:
    limits = MessageLimits(StandInSettings(), clock)
    for _ in range(3):
        limits.spend(1)
    assert refused_after(limits, 1) == 1
    limits.spend(2)
    clock.now += 1
    limits.spend(1)
    assert refused_after(limits, 1) == 1


def test_thirty_a_second_in_all_never_hit_the_limit(clock: HandClock) -> None:
    limits = MessageLimits(StandInSettings(overall_burst=1), clock)
    for chat in range(300):
        limits.spend(chat)
        clock.now += 1 / 30


def test_more_than_thirty_a_second_hit_it(clock: HandClock) -> None:
    limits = MessageLimits(StandInSettings(), clock)
    for chat in range(30):
        limits.spend(chat)
    assert refused_after(limits, 99) == 1
    assert refused_after(limits, None) == 1
    clock.now += 0.04
    limits.spend(None)


def test_a_refused_message_costs_nothing(clock: HandClock) -> None:
    limits = MessageLimits(StandInSettings(chat_burst=1, overall_burst=2), clock)
    limits.spend(1)
    refused_after(limits, 1)
    limits.spend(2)


@pytest.fixture
def settings() -> StandInSettings:
    return StandInSettings(chat_burst=1)


async def test_the_bot_gets_429_with_retry_after(bot: BareBot, teacher: ChatUser, clock: HandClock) -> None:
    number = await bot.say(teacher)
    body = await bot("sendMessage", chat_id=teacher.user_id, text="x")
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    await bot.ok("editMessageText", chat_id=teacher.user_id, message_id=number, text="изменено")
    await bot.ok("sendChatAction", chat_id=teacher.user_id, action="typing")
    clock.now += 1
    await bot.say(teacher)


async def test_answers_to_presses_are_free(bot: BareBot, standin: StandInServer, teacher: ChatUser) -> None:
    number = await bot.say(teacher)
    for _ in range(40):
        query = await teacher.press_raw(number, "x")
        await bot.ok("answerCallbackQuery", callback_query_id=query)
