"""A broadcast at Telegram's limit against the shortest time the limit allows, and how it is for people meanwhile."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks import conversation, crowd
from benchmarks.result import Row
from benchmarks.town import Town, bot_at_work, open_town
from bot.service import BotService
from core.announcements import actions
from core.announcements.model import ANNOUNCEMENT, Category, Content
from core.clock import SystemClock
from playground.telegram.acts import perform
from playground.telegram.model import Call, User
from playground.telegram.server import StandInServer
from playground.telegram.state import StandIn

LIMIT = 30
"""Messages a second in all (Bot FAQ); edits count."""
RECIPIENTS = 3_000
TEXT = "Курсы начинаются в понедельник"
PRESSERS = 12
PRESSES = 20
"""Of each of them; one after the other, so that the limit has room for nearly nothing but the broadcast."""
ALONE = 3
"""How many of them press before the broadcast."""
BETWEEN = 0.4
"""Seconds that somebody thinks before a press."""


@dataclass(frozen=True, slots=True)
class Figures:
    recipients: int
    received: Counter[int]
    """How often the announcement came, by person."""
    counted: int
    """Messages and edits while it went on."""
    refused: int
    """Answers 429."""
    seconds: float
    alone: Sequence[float]
    during: Sequence[float]
    """Seconds from a press to the next question."""


async def measure() -> list[Row]:
    one = await broadcast(RECIPIENTS)
    left_out = one.recipients - len(one.received)
    twice = sum(number > 1 for number in one.received.values())
    best = one.counted / LIMIT
    return [
        Row(
            f"рассылка {one.recipients} чел. (не получили: {left_out}, получили дважды: {twice}, отказов 429: "
            f"{one.refused}) против N/30, где N с правками {one.counted}",
            f"{one.seconds:.1f} с",
            best / one.seconds,
        ),
        _pressing("медиана", median(one.alone), median(one.during)),
        _pressing("95-й процентиль", _most(one.alone), _most(one.during)),
    ]


def _pressing(what: str, alone: float, during: float) -> Row:
    speed = f"{during * 1000:.0f} мс вместо {alone * 1000:.0f} мс"
    return Row(f"ответ на нажатие в анкете во время рассылки против ответа без неё, {what}", speed, alone / during)


def _most(seconds: Iterable[float]) -> float:
    return quantiles(seconds, n=20)[-1]


async def broadcast(recipients: int) -> Figures:
    """To so many people who have joined, from the methodist's button until every outcome is on disk."""
    async with open_town() as town, StandInServer() as stand_in:
        state = stand_in.state
        async with bot_at_work(town, stand_in) as bot:
            pressers = await _pressers(town, state, bot)
            _let_in(state, [one.user_id for one in town.cast.members] + await crowd.joined(town.db, recipients))
            alone = [second for one in pressers[:ALONE] for second in await one.answer_all()]
            begun = len(state.calls)
            pressing = asyncio.create_task(_one_after_the_other(pressers[ALONE:]))
            number, seconds = await _announce(town, bot)
            calls = list(state.calls)[begun:]
            pressing.cancel()
            during = [second for one in pressers[ALONE:] for second in one.seconds]
    return Figures(number, _received(calls), _counted(calls), _refused(calls), seconds, alone, during)


def _let_in(state: StandIn, users: Iterable[int]) -> None:
    for user in users:
        state.add_user(User(user, "Педагог")).started = True


async def _announce(town: Town, bot: BotService) -> tuple[int, float]:
    """How many recipients, and the seconds until the last of them has an outcome."""
    clock = SystemClock()
    methodist, municipality = await town.methodist()
    content = Content(Category.IMPORTANT, TEXT)
    announcement = await actions.create(town.db, clock, methodist, municipality, content)
    begun = time.perf_counter()
    await actions.publish(town.db, clock, methodist, announcement, revision=1)
    bot.wake_sender()  # as the page does that publishes
    number = await town.all_settled(ANNOUNCEMENT, announcement)
    return number, time.perf_counter() - begun


class Presser:
    """Somebody in the midst of a survey; its questions follow one another in one message."""

    def __init__(self, state: StandIn, user: int, message: int) -> None:
        self._state = state
        self._user = user
        self._message = message
        self.seconds: list[float] = []

    async def answer_all(self) -> list[float]:
        for _ in range(PRESSES):
            await asyncio.sleep(BETWEEN)
            begun = time.perf_counter()
            await self._press()
            self.seconds.append(time.perf_counter() - begun)
        return self.seconds

    async def _press(self) -> None:
        message = self._state.chats[self._user].messages[self._message]
        before = message.edits
        data = conversation.onward([one for row in message.inline_rows for one in row])
        perform(self._state, self._user, "press", {"message_id": self._message, "data": data})
        await conversation.until(self._state, lambda: message.edits > before)


async def _one_after_the_other(pressers: Iterable[Presser]) -> None:
    for one in pressers:
        await one.answer_all()


async def _pressers(town: Town, state: StandIn, bot: BotService) -> list[Presser]:
    """Who have opened a survey of which they have answered nothing."""
    campaign, users = await conversation.invited(town, state)
    bot.wake_sender()
    await town.all_invited(campaign)
    pressers = []
    for user in users[:PRESSERS]:
        await conversation.open_survey(state, user)
        found = conversation.button(state, user, "")
        assert found is not None
        pressers.append(Presser(state, user, found[0]))
    return pressers


def _received(calls: Iterable[Call]) -> Counter[int]:
    return Counter(int(one.params["chat_id"]) for one in calls if one.ok and one.params.get("text") == TEXT)


def _counted(calls: Iterable[Call]) -> int:
    return sum(one.ok and one.method.lower().startswith(("send", "edit")) for one in calls)


def _refused(calls: Iterable[Call]) -> int:
    return sum(one.response.get("error_code") == 429 for one in calls)
