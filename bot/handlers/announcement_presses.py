"""Buttons under an announcement: «Ознакомлен(а)», «Записаться»."""

import re

import structlog
from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.handlers.routing import place, talking
from bot.outcomes import Undelivered
from bot.screens import announcement_letters as letters
from bot.talk import Talk
from bot.texts import plain
from core.announcements import actions
from core.announcements.model import PressKind
from core.audiences.options import LARGEST_ID
from core.errors import NotFound

log = structlog.get_logger()

_NUMBER = re.compile(r"[1-9][0-9]{0,9}", re.ASCII)


def setup() -> Router:
    router = talking("announcement presses")
    router.callback_query.register(acknowledge, F.data.startswith(letters.ACKNOWLEDGE))
    router.callback_query.register(register, F.data.startswith(letters.REGISTER))
    router.callback_query.register(show_only, F.data.startswith(letters.SAMPLE))
    return router


async def acknowledge(query: CallbackQuery, talk: Talk) -> None:
    await _press(query, talk, PressKind.ACKNOWLEDGED, plain("announcement.acknowledged"))


async def register(query: CallbackQuery, talk: Talk) -> None:
    await _press(query, talk, PressKind.REGISTERED, plain("announcement.registered"))


async def show_only(query: CallbackQuery, talk: Talk) -> None:
    await talk.transport.answer_press(query.id, plain("announcement.sample"))


async def _press(query: CallbackQuery, talk: Talk, kind: PressKind, said: str) -> None:
    """Counts once however often it is pressed; afterwards the button says that it was."""
    announcement_id = _number(query.data or "")
    await actions.press(talk.store, talk.clock, talk.actor, announcement_id, kind)
    await talk.transport.answer_press(query.id, said)
    shown = await letters.reader(talk.db, announcement_id, talk.actor.account_id)
    try:
        await talk.transport.replace(talk.chat, place(query)[1], shown)
    except Undelivered as error:  # the press counts and was answered; the label is not worth another try
        log.info("button not marked", announcement=announcement_id, reason=error.trouble.reason)


def _number(data: str) -> int:
    """Raises NotFound for what no button of ours can have said."""
    word = data.rpartition(":")[2]
    if _NUMBER.fullmatch(word) is None or int(word) > LARGEST_ID:
        raise NotFound
    return int(word)
