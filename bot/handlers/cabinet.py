"""Staff get a one-time link into the admin."""

from aiogram import F, Router
from aiogram.types import Message

from bot.handlers.routing import talking
from bot.screens import people
from bot.talk import Talk
from bot.texts import plain
from core.accounts import actions as accounts
from core.accounts.model import LINK_TERM
from core.settings import Settings


def setup() -> Router:
    router = talking("cabinet")
    router.message.register(send_link, F.text == plain("menu.cabinet"))
    return router


async def send_link(message: Message, talk: Talk, settings: Settings) -> None:
    token = await accounts.make_sign_in_link(talk.store, talk.clock, talk.actor.account_id)
    minutes = int(LINK_TERM.total_seconds() // 60)
    await talk.transport.show(talk.chat, people.cabinet(f"{settings.public_admin_url}/enter/{token}", minutes))
