"""One's own data: what is stored, taking the consent back, being erased. Open also to whoever has not agreed yet."""

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.handlers.routing import place, talking
from bot.screens import rights as screens
from bot.screens.model import Screen
from bot.talk import Talk
from bot.texts import plain
from core.rights import actions, queries
from core.settings import Settings


def setup() -> Router:
    router = talking("rights")
    router.message.register(show, F.text == plain("menu.about_me"))
    router.callback_query.register(show_again, F.data.in_({screens.SHOW, screens.BACK}))
    router.callback_query.register(send_link, F.data == screens.FILE)
    for action, screen in (
        (screens.WITHDRAW, screens.withdraw),
        (screens.ERASE, screens.erase),
        (screens.ERASE_SURE, screens.erase_sure),
    ):
        router.callback_query.register(_asking(screen), F.data == action)
    router.callback_query.register(withdraw, F.data == screens.WITHDRAW_NOW)
    router.callback_query.register(erase, F.data == screens.ERASE_NOW)
    return router


async def show(message: Message, talk: Talk) -> None:
    await talk.transport.show(talk.chat, await _about_me(talk))


async def show_again(query: CallbackQuery, talk: Talk) -> None:
    await talk.transport.answer_press(query.id)
    await talk.transport.show(talk.chat, await _about_me(talk), edit=place(query)[1])


async def _about_me(talk: Talk) -> Screen:
    async with talk.db.read() as session:
        consent = await queries.consent(session, talk.actor)
    return screens.about_me(consent.version, consent.given_at, consent.timezone)


async def send_link(query: CallbackQuery, talk: Talk, settings: Settings) -> None:
    token = await actions.make_data_link(talk.store, talk.clock, talk.actor)
    minutes = int(actions.LINK_TERM.total_seconds() // 60)
    await talk.transport.answer_press(query.id)
    await talk.transport.show(talk.chat, screens.file(f"{settings.public_admin_url}/my-data/{token}", minutes))


def _asking(screen: Callable[[], Screen]) -> Callable[[CallbackQuery, Talk], Awaitable[None]]:
    async def ask(query: CallbackQuery, talk: Talk) -> None:
        await talk.transport.answer_press(query.id)
        await talk.transport.show(talk.chat, screen(), edit=place(query)[1])

    return ask


async def withdraw(query: CallbackQuery, talk: Talk) -> None:
    await actions.withdraw(talk.store, talk.clock, talk.actor)
    await _part(query, talk, screens.withdrawn())


async def erase(query: CallbackQuery, talk: Talk) -> None:
    await actions.erase(talk.store, talk.clock, talk.actor)
    await _part(query, talk, screens.erased())


async def _part(query: CallbackQuery, talk: Talk, farewell: Screen) -> None:
    await talk.transport.answer_press(query.id)
    await talk.transport.strip(talk.chat, place(query)[1])
    await talk.transport.show(talk.chat, farewell)
