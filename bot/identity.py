"""Who is writing: looked up once for each update and handed to handlers as `actor` (None for a stranger)."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, User

from core.people.model import Channel
from core.people.queries import actor_of_chat
from storage.session import Store


class Identity(BaseMiddleware):
    """An outer middleware of updates. In a private chat the sender's id is the address of the chat."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        sender: User | None = data.get("event_from_user")
        store: Store = data["store"]
        data["actor"] = None
        if sender is not None:
            async with store.read() as session:
                data["actor"] = await actor_of_chat(session, Channel.TELEGRAM, str(sender.id))
        return await handler(event, data)
