"""A broadcast at Telegram's limit against the shortest time the limit allows, and how it is for people meanwhile.

The bot and its database have this process for themselves; Telegram and the people are in another one.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks import conversation, crowd
from benchmarks.apart import Apart, telegram_apart
from benchmarks.result import Row
from benchmarks.town import Town, bot_at_work, open_town
from bot.service import BotService
from core.announcements import actions
from core.announcements.model import ANNOUNCEMENT, Category, Content
from core.clock import SystemClock

LIMIT = 30
"""Messages a second in all (Bot FAQ); edits count."""
RECIPIENTS = 3_000
TEXT = "Курсы начинаются в понедельник"
PRESSERS = 12


@dataclass(frozen=True, slots=True)
class Figures:
    recipients: int
    received: Mapping[str, int]
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
    async with open_town() as town, telegram_apart() as telegram, bot_at_work(town, telegram) as bot:
        await _open_surveys(town, telegram, bot)
        everybody = [one.user_id for one in town.cast.members] + await crowd.joined(town.db, recipients)
        await telegram.ask("let_in", users=everybody)
        alone = await telegram.ask("press_alone")
        await telegram.ask("press_on")
        number, seconds = await _announce(town, bot)
        figures = await telegram.ask("figures", text=TEXT)
    return Figures(recipients=number, seconds=seconds, alone=alone, **figures)


async def _open_surveys(town: Town, telegram: Apart, bot: BotService) -> None:
    campaign, users = await conversation.asked(town)
    await telegram.ask("let_in", users=users)
    bot.wake_sender()
    await town.all_invited(campaign)
    await telegram.ask("open_surveys", users=users[:PRESSERS])


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
