"""The bot's edge for errors that the program foresaw: whoever met one is told in words."""

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent

from bot.handlers.routing import place
from bot.screens import people, survey
from bot.texts import explain
from bot.transport import Transport
from core.errors import AppError

USELESS = frozenset({"survey.closed"})
"""Errors that leave the message whose button was pressed without a use."""


def setup() -> Router:
    router = Router(name="refusals")
    router.error.register(tell, ExceptionTypeFilter(AppError))
    return router


async def tell(event: ErrorEvent, transport: Transport) -> None:
    """A word on the button for a press, a message for a message."""
    error, query, message = event.exception, event.update.callback_query, event.update.message
    assert isinstance(error, AppError)
    if query is not None:
        await _tell_presser(query, error, transport)
    elif message is not None:
        await transport.show(message.chat.id, people.refused(explain(error)))


async def _tell_presser(query: CallbackQuery, error: AppError, transport: Transport) -> None:
    await transport.answer_press(query.id, str(explain(error).unescape()))
    if error.key in USELESS and query.message is not None:
        chat, message_id = place(query)
        await transport.show(chat, survey.ended(), edit=message_id)
