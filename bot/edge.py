"""One update through aiogram: its handlers answer what was foreseen (bot.handlers.refusals), the rest is raised."""

from collections.abc import Awaitable, Callable

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.attempts import Undecodable
from bot.screens.model import Screen
from bot.texts import text
from bot.transport import Transport
from storage.inbox import UpdateWork

Reshow = Callable[[str], Awaitable[None]]
"""Shows the person with this id where they are now."""


class Edge:
    """A bot.attempts.Handling. Handlers get `store`, in which their effect and the row's mark are one transaction."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, transport: Transport, reshow: Reshow) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._transport = transport
        self._reshow = reshow

    async def handle(self, payload: str, work: UpdateWork) -> None:
        """Raises Undecodable, Undelivered, and whatever no handler has foreseen."""
        try:
            update = Update.model_validate_json(payload, context={"bot": self._bot})
            _ = update.event_type
        except (ValidationError, UpdateTypeLookupError) as error:
            raise Undecodable from error
        await self._dispatcher.feed_update(self._bot, update, store=work)
        press = update.callback_query
        if press is not None and not self._transport.answered(press.id):
            await self._transport.answer_press(press.id)

    async def reshow(self, person: str) -> None:
        await self._reshow(person)

    async def apologise(self, person: str) -> None:
        await self._transport.show(person, Screen(text("trouble.looked_at")))
