"""What a person wants to be told of: one press mutes a category, another one takes it back."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.handlers.routing import place, talking
from bot.screens import wishes as screens
from bot.screens.model import Screen
from bot.talk import Talk
from bot.texts import plain
from core.announcements.model import MUTABLE, Category
from core.clock import local_date
from core.errors import NotFound
from core.outgoing import actions, queries
from core.outgoing.describing import describe


def setup() -> Router:
    router = talking("wishes")
    router.message.register(show, F.text == plain("menu.wishes"))
    router.callback_query.register(show_again, F.data == screens.SHOW)
    router.callback_query.register(toggle, F.data.startswith(screens.WANT) | F.data.startswith(screens.UNWANT))
    router.callback_query.register(mute, F.data.startswith(screens.MUTE))
    router.callback_query.register(take_back, F.data.startswith(screens.BACK))
    return router


async def show(message: Message, talk: Talk) -> None:
    await talk.transport.show(talk.chat, await _wishes(talk))


async def show_again(query: CallbackQuery, talk: Talk) -> None:
    await talk.transport.answer_press(query.id)
    await talk.transport.show(talk.chat, await _wishes(talk), edit=place(query)[1])


async def toggle(query: CallbackQuery, talk: Talk) -> None:
    """The button says what it does, so a second press of an old one changes nothing."""
    wanted = (query.data or "").startswith(screens.WANT)
    await actions.mute(talk.store, talk.actor, _category(query), muted=not wanted)
    await show_again(query, talk)


async def mute(query: CallbackQuery, talk: Talk) -> None:
    """Pressed under an announcement, which stays as it is."""
    category = _category(query)
    await actions.mute(talk.store, talk.actor, category, muted=True)
    await talk.transport.answer_press(query.id)
    await talk.transport.show(talk.chat, screens.muted(category))


async def take_back(query: CallbackQuery, talk: Talk) -> None:
    category = _category(query)
    await actions.mute(talk.store, talk.actor, category, muted=False)
    await talk.transport.answer_press(query.id)
    await talk.transport.show(talk.chat, screens.wanted(category), edit=place(query)[1])


async def _wishes(talk: Talk) -> Screen:
    async with talk.db.read() as session:
        muted = await queries.mutes_of(session, talk.actor.account_id)
        place_of = await queries.place_of(session, talk.actor.account_id)
    if place_of is None:
        return screens.wishes(muted, [])
    today = local_date(talk.clock.now(), place_of.timezone)
    return screens.wishes(muted, describe(place_of.rules, today))


def _category(query: CallbackQuery) -> Category:
    """Raises NotFound for what no button of ours can have said."""
    said = (query.data or "").rpartition(":")[2]
    if said not in MUTABLE:
        raise NotFound
    return Category(said)
