"""Screens → calls of the Bot API. Every message passes through the one rate limit."""

from collections import OrderedDict

import structlog
from aiogram import Bot
from aiogram.enums import ChatAction, ParseMode
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    SendChatAction,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import BufferedInputFile, InputMediaPhoto, LinkPreviewOptions, Message

from bot import markup
from bot.limits import Lane, Limits
from bot.outcomes import Undelivered
from bot.screens.layout import CAPTION
from bot.screens.model import Picture, Screen
from bot.splitting import split_html, visible_width

log = structlog.get_logger()

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
CANNOT_BE_REPLACED = frozenset({"message_gone", "not_editable", "not_a_text", "not_a_picture"})
STILL_THERE = frozenset({"not_a_text", "not_a_picture"})
ANSWER_LENGTH = 200
"""Bot API, answerCallbackQuery."""
REMEMBERED_PRESSES = 1_000


class Transport:
    """Raises bot.outcomes.Undelivered when Telegram refuses or does not answer."""

    def __init__(self, bot: Bot, limits: Limits) -> None:
        self._bot = bot
        self._limits = limits
        self._answered: OrderedDict[str, None] = OrderedDict()

    async def show(
        self,
        chat: int | str,
        screen: Screen,
        *,
        edit: int | None = None,
        lane: Lane = Lane.INTERACTIVE,
        turn_taken: bool = False,
    ) -> int:
        """Shows a screen and returns the number of the message that carries its buttons.

        `edit` is the message to be replaced where that is possible; otherwise it loses its buttons and a new one
        is sent. `turn_taken` says that the caller has waited for the first turn. ValueError for buttons that
        Telegram would refuse.
        """
        methods = _compose(int(chat), screen)
        if edit is not None:
            replaceable = screen.menu is None and len(methods) == 1
            if replaceable and await self._replace(int(chat), edit, screen, lane):
                return edit
            if not replaceable:
                await self.strip(int(chat), edit, lane)
        numbers = []
        for at, method in enumerate(methods):
            if at > 0 or not turn_taken:
                await self._limits.turn(int(chat), lane)
            numbers.append((await self._call(method)).message_id)
        return numbers[-1]

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

    async def _replace(self, chat: int, message: int, screen: Screen, lane: Lane) -> bool:
        """False when this message cannot become this screen."""
        await self._limits.turn(None, lane)
        try:
            await self._call(_edit(chat, message, screen))
        except Undelivered as error:
            if error.trouble.reason == "not_modified":
                return True
            if error.trouble.reason not in CANNOT_BE_REPLACED:
                raise
            if error.trouble.reason in STILL_THERE:
                await self.strip(chat, message, lane)
            return False
        return True

    async def _attempt(self, method: TelegramMethod[TelegramType]) -> None:
        """A call that may as well fail."""
        try:
            await self._call(method)
        except Undelivered as error:
            log.info("call not needed", method=method.__api_method__, reason=error.trouble.reason)

    async def _call(self, method: TelegramMethod[TelegramType]) -> TelegramType:
        try:
            return await self._bot(method)
        except Undelivered as error:
            if error.trouble.wait is not None:
                log.warning("telegram asks for silence", seconds=error.trouble.wait)
                self._limits.pause(error.trouble.wait)
            raise


def _compose(chat: int, screen: Screen) -> list[TelegramMethod[Message]]:
    """The messages that make up a screen; the buttons go with the last one. ValueError for impossible buttons."""
    keyboard = markup.keyboard(screen)
    methods: list[TelegramMethod[Message]]
    if screen.picture is None:
        methods = [_text(chat, page) for page in split_html(screen.text)]
    elif visible_width(screen.text) <= CAPTION:
        methods = [_photo(chat, screen.picture, screen.text)]
    else:
        methods = [_photo(chat, screen.picture, ""), *(_text(chat, page) for page in split_html(screen.text))]
    methods[-1] = methods[-1].model_copy(update={"reply_markup": keyboard})
    return methods


def _text(chat: int, html: str) -> SendMessage:
    return SendMessage(chat_id=chat, text=html, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW)


def _photo(chat: int, picture: Picture, caption: str) -> SendPhoto:
    file = BufferedInputFile(picture.png, picture.name)
    return SendPhoto(chat_id=chat, photo=file, caption=caption or None, parse_mode=ParseMode.HTML)


def _edit(chat: int, message: int, screen: Screen) -> TelegramMethod[Message | bool]:
    buttons = markup.inline(screen)
    if screen.picture is None:
        return EditMessageText(
            chat_id=chat,
            message_id=message,
            text=screen.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=buttons,
        )
    file = BufferedInputFile(screen.picture.png, screen.picture.name)
    media = InputMediaPhoto(media=file, caption=screen.text or None, parse_mode=ParseMode.HTML)
    return EditMessageMedia(chat_id=chat, message_id=message, media=media, reply_markup=buttons)
