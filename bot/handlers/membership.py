"""The person stops the bot, or lets it in again."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated

from core.people import actions
from core.people.model import Channel, Unreachable
from storage.session import Store


def setup() -> Router:
    router = Router(name="membership")
    router.my_chat_member.register(changed, F.chat.type == "private")
    return router


async def changed(event: ChatMemberUpdated, store: Store) -> None:
    stopped = event.new_chat_member.status == ChatMemberStatus.KICKED
    why = Unreachable.BLOCKED if stopped else None
    await actions.note_reachable(store, Channel.TELEGRAM, str(event.chat.id), why)
