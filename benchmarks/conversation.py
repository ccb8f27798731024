"""Answers a second in the chat, stored on disk, against a bare aiogram bot that makes the same calls and forgets them.

Both speak with the stand-in in this process, whose own work is part of both figures.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from sqlalchemy import select

from benchmarks.result import Row
from benchmarks.town import Town, bot_at_work, open_town
from bot.limits import Limits, Rates
from core.campaigns import actions
from core.clock import SystemClock
from playground.telegram.acts import perform
from playground.telegram.model import User
from playground.telegram.server import StandInServer
from playground.telegram.settings import StandInSettings
from playground.telegram.state import StandIn
from storage.models import Account, Chat, Participation

PEOPLE = 24
"""Who press at the same time, each as soon as the next question is on the screen."""
PRESSES = 25
"""Answers of each that are measured."""
WARM_UP = 2
"""Answers of each before that: aiogram builds its models when they are first used."""
PATIENCE = 30.0
QUICK = Rates(overall=1e6, chat=1e6, chat_burst=1_000)
UNHURRIED = StandInSettings(chat_burst=10**6, overall_burst=10**6)
ONWARD = ("Далее", "Верно")


@dataclass(frozen=True, slots=True)
class Screen:
    """An edit as the bot asked for it."""

    text: str
    keyboard: str


async def measure() -> list[Row]:
    screens, ours = await _ours()
    bare = await _bare(screens)
    return [
        Row(f"голый aiogram без хранения, {PEOPLE} человек", f"{bare:.0f} ответов в секунду", 1.0),
        Row("анкета в чате: ответ сохранён на диске", f"{ours:.0f} ответов в секунду", ours / bare),
    ]


async def _ours() -> tuple[list[Screen], float]:
    async with open_town() as town, StandInServer(StandIn(UNHURRIED)) as stand_in:
        campaign, everybody = await asked(town)
        let_in(stand_in.state, everybody)
        people = everybody[:PEOPLE]
        async with bot_at_work(town, stand_in, Limits(QUICK)):
            await town.all_invited(campaign)
            await asyncio.gather(*(open_survey(stand_in.state, user) for user in people))
            begun = len(stand_in.state.calls)
            speed = await _per_second(stand_in.state, people)
        return _screens(stand_in.state, people[0], begun), speed


async def asked(town: Town) -> tuple[int, list[int]]:
    """Opens a campaign; its id, and who of those it asks have a chat."""
    methodist, campaign = await town.campaign("deficits")
    await actions.open_now(town.db, SystemClock(), methodist, campaign)
    async with town.db.read() as session:
        rows = await session.scalars(
            select(Chat.address)
            .join(Account, Account.id == Chat.account_id)
            .join(Participation, Participation.teacher_id == Account.teacher_id)
            .where(Participation.campaign_id == campaign)
            .order_by(Chat.id)
        )
        return campaign, [int(address) for address in rows]


def let_in(state: StandIn, users: Iterable[int]) -> None:
    """As if they had started the bot."""
    for user in users:
        state.add_user(User(user, "Педагог")).started = True


async def open_survey(state: StandIn, user: int) -> None:
    """From the invitation to the first question."""
    for label in ("К анкете", "Начать"):
        await until(state, partial(button, state, user, label))
        await _press(state, user, label)


async def _per_second(state: StandIn, people: list[int]) -> float:
    await asyncio.gather(*(_answer(state, user, WARM_UP) for user in people))
    begun = time.perf_counter()
    await asyncio.gather(*(_answer(state, user, PRESSES) for user in people))
    return len(people) * PRESSES / (time.perf_counter() - begun)


async def _answer(state: StandIn, user: int, times: int) -> None:
    for _ in range(times):
        await _press(state, user)


async def _press(state: StandIn, user: int, label: str = "") -> None:
    """Presses the first button of the lowest keyboard that has this label, and waits for another screen."""
    found = button(state, user, label)
    assert found is not None, f"no button {label}"
    number, data = found
    before = _look(state, user)
    perform(state, user, "press", {"message_id": number, "data": data})
    await until(state, lambda: _look(state, user) != before)


def button(state: StandIn, user: int, label: str) -> tuple[int, str] | None:
    """A button that leads on is preferred to one that only marks."""
    for message in reversed(state.chats[user].messages.values()):
        buttons = [one for row in message.inline_rows for one in row if label in one["text"]]
        if buttons:
            return message.message_id, onward(buttons)
    return None


def onward(buttons: Sequence[Mapping[str, Any]]) -> str:
    """The data of the button that leads to the next question."""
    found = [one for one in buttons if any(word in one["text"] for word in ONWARD)]
    return str((found or buttons)[0]["callback_data"])


def _look(state: StandIn, user: int) -> tuple[int, int, str]:
    message = next(reversed(state.chats[user].messages.values()))
    return message.message_id, message.edits, message.text


async def until(state: StandIn, condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await state.wait_for_change(1.0)


def _screens(state: StandIn, user: int, begun: int) -> list[Screen]:
    edits = [one.params for one in list(state.calls)[begun:] if one.method.lower() == "editmessagetext" and one.ok]
    own = [one for one in edits if str(one["chat_id"]) == str(user)]
    return [Screen(str(one["text"]), _json(one["reply_markup"])) for one in own]


def _json(markup: object) -> str:
    return markup if isinstance(markup, str) else InlineKeyboardMarkup.model_validate(markup).model_dump_json()


async def _bare(screens: list[Screen]) -> float:
    async with StandInServer(StandIn(UNHURRIED)) as stand_in:
        people = list(range(1, PEOPLE + 1))
        let_in(stand_in.state, people)
        async with _bare_bot(stand_in, screens) as bot:
            for user in people:
                first = InlineKeyboardMarkup.model_validate_json(screens[0].keyboard)
                await bot.send_message(user, screens[0].text, reply_markup=first, parse_mode="HTML")
            return await _per_second(stand_in.state, people)


@asynccontextmanager
async def _bare_bot(stand_in: StandInServer, screens: list[Screen]) -> AsyncIterator[Bot]:
    """What an aiogram tutorial has: polling, one handler, an answer to the press and an edit."""
    api = TelegramAPIServer.from_base(stand_in.base_url)
    bot = Bot(stand_in.token, session=AiohttpSession(api=api))
    turns = {user: itertools.cycle(screens[1:]) for user in range(1, PEOPLE + 1)}
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def press(query: CallbackQuery) -> None:
        screen = next(turns[query.from_user.id])
        await query.answer()
        assert isinstance(query.message, Message)
        keyboard = InlineKeyboardMarkup.model_validate_json(screen.keyboard)
        await query.message.edit_text(screen.text, reply_markup=keyboard, parse_mode="HTML")

    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, close_bot_session=True))
    try:
        yield bot
    finally:
        await dispatcher.stop_polling()
        await polling
