"""What the routers share: only private chats, the person's `talk`, and the survey in a button's data."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.surveys.presses import LARGEST
from bot.talk import Talk
from core.errors import NotFound
from core.surveys.steps import Ask

_ASK = re.compile(r"([1-9][0-9]{0,9})(?:-([1-9][0-9]{0,9}))?", re.ASCII)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


def private(name: str) -> Router:
    """A router that hears nothing from groups: what concerns one person is not said in front of others."""
    router = Router(name=name)
    router.message.filter(F.chat.type == "private")
    router.callback_query.filter(F.message.chat.type == "private")
    return router


def talking(name: str) -> Router:
    """The same for people who are known: its handlers get a `talk`."""
    router = private(name)
    router.message.middleware(_with_talk)
    router.callback_query.middleware(_with_talk)
    return router


async def _with_talk(handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
    chat = str(event.chat.id) if isinstance(event, Message) else place(event)[0]
    known = {name: data[name] for name in ("actor", "store", "db", "clock", "transport")}
    return await handler(event, {**data, "talk": Talk(chat=chat, **known)})


def ask(query: CallbackQuery) -> Ask:
    """The survey put to a person that a button names after its last colon: 12, or 12-5 when it is about something.

    Raises NotFound for anything that no button of ours can have said.
    """
    match = _ASK.fullmatch((query.data or "").rpartition(":")[2])
    if match is None or max(ids := [int(found or 0) for found in match.groups()]) > LARGEST:
        raise NotFound
    return Ask(*ids)


def place(query: TelegramObject) -> tuple[str, int]:
    """The chat and the message that a button was pressed in."""
    assert isinstance(query, CallbackQuery) and query.message is not None, "private() hears only presses in a chat"  # noqa: PT018
    return str(query.message.chat.id), query.message.message_id
