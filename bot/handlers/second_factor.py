"""The answer to «are you signing in?»."""

import re

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.handlers.routing import place, talking
from bot.screens import accounts as screens
from bot.surveys.presses import LARGEST
from bot.talk import Talk
from core.accounts import actions
from core.errors import AppError, NotFound

_PRESS = re.compile(rf"{screens.ANSWER}([1-9][0-9]{{0,9}}):([1-9][0-9]|{screens.NOT_ME})", re.ASCII)


def setup() -> Router:
    router = talking("second factor")
    router.callback_query.register(answer, F.data.startswith(screens.ANSWER))
    return router


async def answer(query: CallbackQuery, talk: Talk) -> None:
    check_id, number = _read(query.data or "")
    try:
        right = await actions.answer_check(talk.store, talk.clock, talk.actor, check_id, number)
        screen = screens.approved() if right else screens.refused()
    except AppError as error:
        if error.key != "sign_in.check_over":
            raise
        screen = screens.over()
    await talk.transport.answer_press(query.id)
    await talk.transport.show(talk.chat, screen, edit=place(query)[1])


def _read(data: str) -> tuple[int, int | None]:
    """Raises NotFound for what no button of ours can have said."""
    match = _PRESS.fullmatch(data)
    if match is None or int(match[1]) > LARGEST:
        raise NotFound
    return int(match[1]), None if match[2] == screens.NOT_ME else int(match[2])
