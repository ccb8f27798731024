"""Screens in chats. Every message passes through the one rate limit."""

from collections import OrderedDict
from functools import partial

import structlog
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    SendChatAction,
    SendDocument,
    SendPhoto,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import BufferedInputFile, Message

from bot import composing
from bot.botapi import ANSWER_SECONDS
from bot.limits import Lane, Limits
from bot.outcomes import Undelivered
from bot.screens.model import Screen
from bot.uploads import Turn, Uploads

log = structlog.get_logger()

CANNOT_BE_REPLACED = frozenset({"message_gone", "not_editable", "not_a_text", "not_a_picture"})
STILL_THERE = frozenset({"not_a_text", "not_a_picture"})
ANSWER_LENGTH = 200
"""Bot API, answerCallbackQuery."""
REMEMBERED_PRESSES = 1_000
UPLOADED_A_SECOND = 500_000
"""Bytes; a slower line runs out of time with the largest files."""


class Transport:
    """Raises bot.outcomes.Undelivered when Telegram refuses or does not answer."""

    def __init__(self, bot: Bot, limits: Limits) -> None:
        self._bot = bot
        self._limits = limits
        self._uploads = Uploads()
        self._answered: OrderedDict[str, None] = OrderedDict()

    async def show(
        self,
        chat: int | str,
        screen: Screen,
        *,
        edit: int | None = None,
        lane: Lane = Lane.INTERACTIVE,
        turn: Turn | None = None,
    ) -> int:
        """Shows a screen and returns the number of the message that carries its buttons.

        `edit` is the message to be replaced where that is possible; otherwise it loses its buttons and a new one
        is sent. `turn` is waited for in place of the first turn of a new message, and may raise. ValueError for
        buttons that Telegram would refuse.
        """
        methods = composing.messages(int(chat), screen)
        if edit is not None:
            replaceable = screen.menu is None and len(methods) == 1
            if replaceable and await self._replace(int(chat), edit, screen, lane):
                return edit
            if not replaceable:
                await self.strip(int(chat), edit, lane)
        number = 0
        for method in methods:
            number = await self._send(method, screen, turn or self._turn(int(chat), lane))
            turn = None
        return number

    async def replace(
        self,
        chat: int | str,
        message: int,
        screen: Screen,
        *,
        turn: Turn | None = None,
        lane: Lane = Lane.INTERACTIVE,
    ) -> None:
        """Other words and buttons for a message; its file stays. No harm when it has them already.

        No new message takes the place of one that is gone: that is an Undelivered like others.
        """
        edit = composing.text_edit if screen.picture is None else composing.caption_edit
        method = edit(int(chat), message, screen)
        await (turn or self._turn(None, lane))()
        try:
            await self._call(method)
        except Undelivered as error:
            if error.trouble.reason != "not_modified":
                raise

    async def remove(
        self, chat: int | str, message: int, instead: Screen, *, turn: Turn, lane: Lane = Lane.INTERACTIVE
    ) -> bool:
        """False when the message was gone already. One that Telegram does not delete any more becomes `instead`."""
        await turn()
        try:
            return await self._call(DeleteMessage(chat_id=int(chat), message_id=message))
        except Undelivered as error:
            if error.trouble.reason != "not_deletable":
                return _removed(error)
        await self._limits.turn(None, lane)
        try:
            await self._words(int(chat), message, instead, lane)
        except Undelivered as error:
            return _removed(error)
        return True

    async def answer_press(self, callback_id: str, text: str | None = None, *, alert: bool = False) -> None:
        """Ends the waiting mark on a button. That Telegram does not take it any more stops nothing."""
        self._answered[callback_id] = None
        if len(self._answered) > REMEMBERED_PRESSES:
            self._answered.popitem(last=False)
        words = text[:ANSWER_LENGTH] if text else None
        await self._attempt(AnswerCallbackQuery(callback_query_id=callback_id, text=words, show_alert=alert or None))

    def answered(self, callback_id: str) -> bool:
        """Only the first answer to a press is shown."""
        return callback_id in self._answered

    async def typing(self, chat: int | str) -> None:
        """Shows that an answer is being prepared; for what takes more than a moment."""
        await self._attempt(SendChatAction(chat_id=int(chat), action=ChatAction.TYPING))

    async def strip(self, chat: int | str, message: int, lane: Lane = Lane.INTERACTIVE) -> None:
        """Takes the buttons off a message that a new one stands in for; no harm when that is not possible."""
        await self._limits.turn(None, lane)
        await self._attempt(EditMessageReplyMarkup(chat_id=int(chat), message_id=message))

    async def _words(self, chat: int, message: int, screen: Screen, lane: Lane) -> None:
        """Other words for a message of which nobody knows whether it has a file."""
        try:
            await self._call(composing.text_edit(chat, message, screen))
        except Undelivered as error:
            if error.trouble.reason != "not_a_text":
                raise
            await self._limits.turn(None, lane)
            await self._call(composing.caption_edit(chat, message, screen))

    def _turn(self, chat: int | None, lane: Lane) -> Turn:
        return partial(self._limits.turn, chat, lane)

    async def _send(self, method: TelegramMethod[Message], screen: Screen, turn: Turn) -> int:
        if screen.picture is not None and isinstance(method, SendPhoto | SendDocument):
            carrier = method
            answer = await self._uploads.send(
                screen.picture, turn, lambda source: self._call(composing.with_file(carrier, source), source)
            )
            assert isinstance(answer, Message)
            return answer.message_id
        await turn()
        return (await self._call(method)).message_id

    async def _replace(self, chat: int, message: int, screen: Screen, lane: Lane) -> bool:
        """False when this message cannot become this screen."""
        try:
            await self._edit(chat, message, screen, self._turn(None, lane))
        except Undelivered as error:
            if error.trouble.reason == "not_modified":
                return True
            if error.trouble.reason not in CANNOT_BE_REPLACED:
                raise
            if error.trouble.reason in STILL_THERE:
                await self.strip(chat, message, lane)
            return False
        return True

    async def _edit(self, chat: int, message: int, screen: Screen, turn: Turn) -> None:
        if screen.picture is None:
            method = composing.text_edit(chat, message, screen)
            await turn()
            await self._call(method)
            return
        await self._uploads.send(
            screen.picture,
            turn,
            lambda source: self._call(composing.file_edit(chat, message, screen, source), source),
        )

    async def _attempt(self, method: TelegramMethod[TelegramType]) -> None:
        """A call that may as well fail."""
        try:
            await self._call(method)
        except Undelivered as error:
            log.info("call not needed", method=method.__api_method__, reason=error.trouble.reason)

    async def _call(self, method: TelegramMethod[TelegramType], source: composing.Source | None = None) -> TelegramType:
        longer = None
        if isinstance(source, BufferedInputFile):
            longer = int(ANSWER_SECONDS + len(source.data) / UPLOADED_A_SECOND)
        try:
            return await self._bot(method, request_timeout=longer)
        except Undelivered as error:
            if error.trouble.wait is not None:
                log.warning("telegram asks for silence", seconds=error.trouble.wait)
                self._limits.pause(error.trouble.wait)
            raise


def _removed(error: Undelivered) -> bool:
    """After a refusal: True when nothing of it is there, False when there was nothing to begin with; else raises it."""
    if error.trouble.reason not in ("message_gone", "not_modified"):
        raise error
    return error.trouble.reason == "not_modified"
