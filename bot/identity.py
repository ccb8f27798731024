"""Who is writing, looked up once for each update and handed to handlers.

`actor` is None for a stranger; `consent_due` says that a consent must be asked for before anything else.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, User

from core.people import queries
from core.people.model import Channel
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
        actor, due = None, None
        if sender is not None:
            async with store.read() as session:
                actor = await queries.actor_of_chat(session, Channel.TELEGRAM, str(sender.id))
                due = None if actor is None else await queries.consent_due(session, actor)
        data.update(actor=actor, consent_due=due is not None)
        return await handler(event, data)
