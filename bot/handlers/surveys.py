"""The list of surveys, and the card of one."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.handlers.announcing_pages import put_aside
from bot.handlers.routing import ask, place, talking
from bot.screens import surveys
from bot.surveys import conversation, submission
from bot.talk import Talk
from bot.texts import plain
from core.charts.raster import Rasteriser
from core.surveys import queries, results
from core.surveys.steps import SurveyCard


def setup() -> Router:
    router = talking("surveys")
    router.message.register(show_list, F.text == plain("menu.surveys"))
    router.message.register(show_list, Command("surveys"))
    router.callback_query.register(turn_to_list, F.data == "surveys:list")
    router.callback_query.register(show_card, F.data.startswith("surveys:card:"))
    router.callback_query.register(show_result, F.data.startswith("surveys:result:"))
    router.callback_query.register(begin, F.data.startswith("surveys:begin:"))
    return router


async def show_list(message: Message, talk: Talk) -> None:
    await talk.transport.show(talk.chat, surveys.listing(await _cards(talk)))


async def turn_to_list(query: CallbackQuery, talk: Talk) -> None:
    cards = await _cards(talk)
    await talk.transport.answer_press(query.id)
    await talk.transport.show(talk.chat, surveys.listing(cards), edit=place(query)[1])


async def show_card(query: CallbackQuery, talk: Talk) -> None:
    async with talk.db.read() as session:
        card = await queries.card(session, talk.clock, talk.actor, ask(query))
    await talk.transport.answer_press(query.id)
    await talk.transport.show(talk.chat, surveys.card(card), edit=place(query)[1])


async def show_result(query: CallbackQuery, talk: Talk, rasteriser: Rasteriser) -> None:
    async with talk.db.read() as session:
        done = await results.own(session, talk.actor, ask(query))
    await talk.transport.answer_press(query.id)
    await submission.show_result(talk, done, rasteriser)


async def begin(query: CallbackQuery, talk: Talk) -> None:
    await put_aside(talk, query.id)
    await conversation.begin(talk, query.id, place(query)[1], ask(query))


async def _cards(talk: Talk) -> list[SurveyCard]:
    async with talk.db.read() as session:
        return await queries.cards(session, talk.clock, talk.actor)
