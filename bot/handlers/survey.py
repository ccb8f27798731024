"""Answers to a survey: presses and typed words."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import CallbackQuery, Message

from bot.handlers.announcing_pages import put_aside
from bot.handlers.routing import place, talking
from bot.surveys import conversation, presses, submission
from bot.surveys.presses import Op
from bot.talk import Talk
from core.charts.raster import Rasteriser
from core.sealing import Sealer


def setup() -> Router:
    router = talking("survey")
    router.callback_query.register(press, F.data.startswith(presses.PREFIX))
    router.message.register(write, F.text, ~F.text.startswith("/"))
    return router


async def press(query: CallbackQuery, talk: Talk, sealer: Sealer, rasteriser: Rasteriser) -> None:
    """A forged button goes on to those that nobody knows."""
    made = presses.parse(query.data or "")
    if made is None:
        raise SkipHandler
    await put_aside(talk, query.id)
    message_id = place(query)[1]
    if made.op is Op.SUBMIT:
        await submission.submit(talk, query.id, message_id, made, sealer, rasteriser)
    else:
        await conversation.pressed(talk, query.id, message_id, made)


async def write(message: Message, talk: Talk) -> None:
    """Words that no survey waits for go on to those that nobody knows."""
    if not await conversation.typed(talk, message.text or ""):
        raise SkipHandler
