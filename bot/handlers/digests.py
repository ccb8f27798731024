"""A digest is turned over, and a line of it shown whole."""

import re
from datetime import date

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.handlers.routing import place, talking
from bot.screens import deliveries
from bot.screens import digests as screens
from bot.screens.errands import Show
from bot.talk import Talk
from core.announcements import actions as announcements
from core.announcements.model import ANNOUNCEMENT, PressKind
from core.audiences.options import LARGEST_ID
from core.errors import NotFound
from core.outgoing import actions, queries
from core.outgoing.model import DigestLine

_SHOW = re.compile(rf"{screens.SHOW}([1-9][0-9]{{0,9}})", re.ASCII)
_PAGE = re.compile(rf"{screens.PAGE}([1-9][0-9]{{5}}):([0-9]{{1,3}})", re.ASCII)


def setup() -> Router:
    router = talking("digests")
    router.callback_query.register(show_line, F.data.startswith(screens.SHOW))
    router.callback_query.register(turn, F.data.startswith(screens.PAGE))
    return router


async def show_line(query: CallbackQuery, talk: Talk) -> None:
    """The whole message below the digest, as it is worded by now."""
    line = await _line(talk, _numbers(_SHOW, query)[0])
    errand = await deliveries.letter(talk.db, talk.clock, screens.claimed(line, talk.actor.account_id))
    if not isinstance(errand, Show):
        await talk.transport.answer_press(query.id)
        await talk.transport.show(talk.chat, screens.gone())
        return
    if line.kind == ANNOUNCEMENT:
        await announcements.press(talk.store, talk.clock, talk.actor, line.subject, PressKind.OPENED)
    await talk.transport.answer_press(query.id)
    message = await talk.transport.show(talk.chat, errand.screen)
    await actions.shown(talk.db, talk.actor.account_id, line.delivery_id, message, errand.revision)


async def turn(query: CallbackQuery, talk: Talk) -> None:
    day, number = _numbers(_PAGE, query)
    lines = await screens.lines_of(talk.db, talk.clock, talk.actor.account_id, date.fromordinal(day), deliveries.letter)
    await talk.transport.answer_press(query.id)
    screen = screens.page(lines, day, number) if lines else screens.gone()
    await talk.transport.show(talk.chat, screen, edit=place(query)[1])


async def _line(talk: Talk, delivery_id: int) -> DigestLine:
    """Raises NotFound for what is not in a digest of this person."""
    async with talk.db.read() as session:
        line = await queries.merged(session, talk.actor.account_id, delivery_id)
    if line is None:
        raise NotFound
    return line


def _numbers(pattern: re.Pattern[str], query: CallbackQuery) -> list[int]:
    """Raises NotFound for what no button of ours can have said."""
    match = pattern.fullmatch(query.data or "")
    if match is None or max(found := [int(one) for one in match.groups()]) > LARGEST_ID:
        raise NotFound
    return found
