"""The keyboard below the typing field, and the commands that say the same."""

from aiogram import F, Router
from aiogram.filters import Command, CommandStart
from aiogram.types import Message

from bot.handlers.routing import talking
from bot.handlers.showing import waiting
from bot.screens import people
from bot.talk import Talk
from bot.texts import plain


def setup() -> Router:
    router = talking("menu")
    router.message.register(show_menu, CommandStart())
    router.message.register(show_menu, Command("menu"))
    router.message.register(show_help, Command("help"))
    router.message.register(show_help, F.text == plain("menu.help"))
    return router


async def show_menu(message: Message, talk: Talk) -> None:
    await talk.transport.show(talk.chat, people.menu(talk.actor, await waiting(talk)))


async def show_help(message: Message, talk: Talk) -> None:
    await talk.transport.show(talk.chat, people.help_(talk.actor))
