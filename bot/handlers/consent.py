"""The consent: before anything else, and alone (SPEC §3)."""

from collections.abc import Callable

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.handlers.routing import place, talking
from bot.handlers.showing import show_entrance, waiting
from bot.screens import people
from bot.talk import Talk
from bot.texts import plain
from core.people import actions

GIVE = "consent:give:"


class ConsentDue(Filter):
    """Somebody who has not agreed to the newest wording."""

    async def __call__(self, event: TelegramObject, consent_due: bool) -> bool:
        return consent_due


def setup() -> Router:
    router = talking("consent")
    router.callback_query.register(give, F.data.startswith(GIVE), ConsentDue())
    router.callback_query.register(put_off, F.data == "consent:later", ConsentDue())
    router.callback_query.register(read_again, F.data == "consent:show")
    router.callback_query.register(ask_at_press, ConsentDue())
    router.message.register(ask, ConsentDue())
    return router


async def give(query: CallbackQuery, talk: Talk, wake_sender: Callable[[], None]) -> None:
    """The document stays in the chat for its reader, without its buttons; invitations may go out at once."""
    await actions.give_consent(talk.store, talk.clock, talk.actor, (query.data or "").removeprefix(GIVE))
    await talk.transport.answer_press(query.id, plain("consent_screen.given"))
    await talk.transport.strip(talk.chat, place(query)[1])
    await talk.transport.show(talk.chat, people.welcome(talk.actor, await waiting(talk)))
    wake_sender()


async def put_off(query: CallbackQuery, talk: Talk) -> None:
    await talk.transport.answer_press(query.id)
    await talk.transport.show(talk.chat, people.consent_put_off(), edit=place(query)[1])


async def read_again(query: CallbackQuery, talk: Talk) -> None:
    await talk.transport.answer_press(query.id)
    await show_entrance(talk, instead_of=place(query)[1])


async def ask_at_press(query: CallbackQuery, talk: Talk) -> None:
    await talk.transport.answer_press(query.id, plain("consent.needed"))
    await show_entrance(talk)


async def ask(message: Message, talk: Talk) -> None:
    await show_entrance(talk)
