"""Screens → calls of the Bot API, nothing sent yet."""

from aiogram.enums import ParseMode
from aiogram.methods import (
    EditMessageCaption,
    EditMessageMedia,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto, LinkPreviewOptions, Message

from bot import markup
from bot.screens.layout import CAPTION
from bot.screens.model import File, Picture, Screen
from bot.splitting import split_html, visible_width

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
Source = str | BufferedInputFile
"""Of a file: its id at Telegram, or its content."""
Carrier = SendPhoto | SendDocument


def messages(chat: int, screen: Screen) -> list[TelegramMethod[Message]]:
    """The messages that make up a screen; the buttons go with the last one. ValueError for impossible buttons."""
    keyboard = markup.keyboard(screen)
    methods: list[TelegramMethod[Message]]
    if screen.picture is None:
        methods = [_text(chat, page) for page in split_html(screen.text)]
    elif visible_width(screen.text) <= CAPTION:
        methods = [_file(chat, screen.picture, screen.text)]
    else:
        methods = [_file(chat, screen.picture, ""), *(_text(chat, page) for page in split_html(screen.text))]
    methods[-1] = methods[-1].model_copy(update={"reply_markup": keyboard})
    return methods


def with_file(method: Carrier, source: Source) -> TelegramMethod[Message]:
    """The same message with its file from there."""
    return method.model_copy(update={"photo" if isinstance(method, SendPhoto) else "document": source})


def upload(file: File) -> BufferedInputFile:
    return BufferedInputFile(file.content, file.name)


def text_edit(chat: int, message: int, screen: Screen) -> EditMessageText:
    """For a message without a file."""
    return EditMessageText(
        chat_id=chat,
        message_id=message,
        text=screen.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=markup.inline(screen),
    )


def caption_edit(chat: int, message: int, screen: Screen) -> EditMessageCaption:
    """For a message with a file, which it keeps."""
    return EditMessageCaption(
        chat_id=chat,
        message_id=message,
        caption=screen.text or None,
        parse_mode=ParseMode.HTML,
        reply_markup=markup.inline(screen),
    )


def file_edit(chat: int, message: int, screen: Screen, source: Source) -> EditMessageMedia:
    """Gives a message this file in place of whatever it had."""
    kind = InputMediaPhoto if isinstance(screen.picture, Picture) else InputMediaDocument
    media = kind(media=source, caption=screen.text or None, parse_mode=ParseMode.HTML)
    return EditMessageMedia(chat_id=chat, message_id=message, media=media, reply_markup=markup.inline(screen))


def _text(chat: int, html: str) -> SendMessage:
    return SendMessage(chat_id=chat, text=html, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW)


def _file(chat: int, file: File, caption: str) -> Carrier:
    if isinstance(file, Picture):
        return SendPhoto(chat_id=chat, photo=upload(file), caption=caption or None, parse_mode=ParseMode.HTML)
    return SendDocument(
        chat_id=chat,
        document=upload(file),
        caption=caption or None,
        parse_mode=ParseMode.HTML,
        disable_content_type_detection=True,  # a document stays one, and so does its id
    )
