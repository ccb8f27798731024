"""What nobody else has taken: unknown words, pictures, buttons of long ago."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.handlers.routing import talking
from bot.screens import people
from bot.talk import Talk
from bot.texts import plain
from bot.transport import Transport


def setup() -> Router:
    router = Router(name="other")
    router.callback_query.register(unknown_button)
    messages = talking("other messages")
    messages.message.register(unknown_words, F.text)
    messages.message.register(not_words)
    router.include_router(messages)
    return router


async def unknown_words(message: Message, talk: Talk) -> None:
    await talk.transport.show(talk.chat, people.unknown_words(talk.actor))


async def not_words(message: Message, talk: Talk) -> None:
    await talk.transport.show(talk.chat, people.not_words(talk.actor))


async def unknown_button(query: CallbackQuery, transport: Transport) -> None:
    await transport.answer_press(query.id, plain("help.unknown_button"))
