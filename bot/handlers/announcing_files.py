"""A photo or a document that was sent to the bot, fetched for an announcement."""

from io import BytesIO

from aiogram import Bot
from aiogram.types import Message
from aiohttp import ClientError

from bot.botapi import silence
from bot.outcomes import Undelivered
from core.announcements.model import DOCUMENT_BYTES, AttachmentKind, NewAttachment
from core.errors import AppError

SECONDS = 60
"""For a file of the largest size on a slow line."""
MEGABYTE = 1_000_000


async def attachment_of(message: Message, bot: Bot) -> NewAttachment | None:
    """None for a message without a file. Raises AppError attachment.too_big, Undelivered."""
    if message.photo:
        largest = max(message.photo, key=lambda one: one.width * one.height)
        content = await _fetched(bot, largest.file_id, largest.file_size)
        return NewAttachment(AttachmentKind.PHOTO, "photo.jpg", "image/jpeg", content)
    if message.document:
        one = message.document
        content = await _fetched(bot, one.file_id, one.file_size)
        mime = one.mime_type or "application/octet-stream"
        return NewAttachment(AttachmentKind.DOCUMENT, one.file_name or "", mime, content)
    return None


async def _fetched(bot: Bot, file_id: str, size: int | None) -> bytes:
    """Bot API, getFile: up to 20 MB."""
    if size is not None and size > DOCUMENT_BYTES:
        raise AppError("attachment.too_big", megabytes=DOCUMENT_BYTES // MEGABYTE)
    into = BytesIO()
    try:
        await bot.download(file_id, destination=into, timeout=SECONDS)
    except (ClientError, TimeoutError, OSError) as error:
        raise Undelivered(silence(error)) from None  # its words hold the address, and so the token
    return into.getvalue()
