"""What a methodist writes while an announcement is open: its words, a file, a button, a time, what to look for."""

import re
from dataclasses import replace
from typing import Any

from aiogram import Bot
from aiogram.enums import MessageEntityType
from aiogram.filters import Filter
from aiogram.types import Message, MessageEntity, TelegramObject
from aiogram.utils.text_decorations import html_decoration

from bot.handlers.announcing_files import attachment_of
from bot.handlers.announcing_pages import composed, manages, present
from bot.handlers.announcing_plans import awaited, confirmation
from bot.screens import announcing_audience, announcing_progress, announcing_prompts
from bot.screens.announcing_plans import Plan, minute_of, unpacked
from bot.screens.model import Screen
from bot.talk import Talk
from bot.texts import explain, plain, text
from core.announcements.chat import actions as composing
from core.announcements.chat.pointer import Pointer, pointer
from core.announcements.model import Awaits, Content, Link
from core.audiences.options import options
from core.errors import AppError
from core.people.model import Actor, Channel
from core.timing.typed import read_last_day, read_moment
from storage.session import Store

OVER = frozenset({"announcement.not_draft", "announcement.recalled", "announcement.not_running", "not_found"})
"""Errors after which there is nothing left to write to."""
_KEPT = frozenset(
    {
        MessageEntityType.BOLD,
        MessageEntityType.ITALIC,
        MessageEntityType.UNDERLINE,
        MessageEntityType.STRIKETHROUGH,
        MessageEntityType.CODE,
        MessageEntityType.PRE,
        MessageEntityType.TEXT_LINK,
        MessageEntityType.BLOCKQUOTE,
    }
)
"""Formatting that every messenger knows; of the rest only the words stay."""
_LINK = re.compile(r"(?P<label>.*\S)\s+(?P<url>\S+\.\S+)", re.DOTALL)


class Composing(Filter):
    """Somebody whose chat has an announcement open; handlers get it as `at`."""

    async def __call__(self, event: TelegramObject, actor: Actor | None, store: Store) -> bool | dict[str, Any]:
        if not isinstance(event, Message) or not manages(actor):
            return False
        async with store.read() as session:
            at = await pointer(session, Channel.TELEGRAM, str(event.chat.id))
        return False if at is None else {"at": at}


async def write(message: Message, talk: Talk, at: Pointer, bot: Bot) -> None:
    """The message as that part of the announcement which is asked for; what does not fit is asked for again."""
    try:
        screen = await _taken(message, talk, at, bot)
    except AppError as error:
        screen = await _asked_again(talk, at, error)
    if at.message is not None:
        await talk.transport.strip(talk.chat, at.message)
    number = await talk.transport.show(talk.chat, screen)
    await _remember(talk, number)


async def _taken(message: Message, talk: Talk, at: Pointer, bot: Bot) -> Screen:
    if at.awaits in (Awaits.TEXT, Awaits.ATTACHMENT):
        return await _content(message, talk, at, bot)
    if at.awaits is None:
        return await _unasked(message, talk, at)
    if message.text is None:
        raise AppError("announcing.needs_words")
    match at.awaits:
        case Awaits.LINK:
            link = _link(message.text)
            return await _changed(talk, at, lambda content: replace(content, links=(*content.links, link)))
        case Awaits.SEND_AT | Awaits.LAST_DAY:
            return await _time(talk, at, message.text)
        case Awaits.SEARCH:
            return await _search(talk, at, message.text)
        case _:
            return await _correction(message, talk, at)


async def _content(message: Message, talk: Talk, at: Pointer, bot: Bot) -> Screen:
    """Words, a file, or both: a caption becomes the text where a text is asked for or there is none yet."""
    attachment = await attachment_of(message, bot)
    if attachment is None and (message.text is None or at.awaits is Awaits.ATTACHMENT):
        raise AppError("announcing.needs_file" if at.awaits is Awaits.ATTACHMENT else "announcing.other_kind")
    words = html_of(message)

    def edit(content: Content) -> Content:
        wanted = words and (at.awaits is Awaits.TEXT or not content.text)
        return replace(content, text=words) if wanted else content

    await composing.write(talk.store, talk.clock, talk.actor, at.announcement_id, edit, attachment)
    return (await present(talk, at.announcement_id))[0]


async def _unasked(message: Message, talk: Talk, at: Pointer) -> Screen:
    """Nothing is asked for: the draft again, with what to do."""
    key = "announcing.use_buttons" if message.text is not None else "announcing.one_file"
    return (await present(talk, at.announcement_id, plain(key)))[0]


async def _changed(talk: Talk, at: Pointer, edit: Any) -> Screen:
    await composing.write(talk.store, talk.clock, talk.actor, at.announcement_id, edit)
    return (await present(talk, at.announcement_id))[0]


async def _time(talk: Talk, at: Pointer, words: str) -> Screen:
    """When, or the last day of a series: said back in full; it can be written again as long as nothing is confirmed."""
    found, now = await composed(talk, at.announcement_id), talk.clock.now()
    timezone = found.detail.timezone
    if at.awaits is Awaits.SEND_AT:
        moment = minute_of(read_moment(words, now, timezone))
        return await confirmation(talk, found, Plan(moment, at_once=found.detail.content.at_once))
    plan = replace(unpacked(at.part or 0), until=read_last_day(words, now, timezone))
    screen = await confirmation(talk, found, plan)
    await composing.point(talk.db, talk.actor, awaited(at.announcement_id, plan))
    return screen


async def _search(talk: Talk, at: Pointer, words: str) -> Screen:
    found, which = await composed(talk, at.announcement_id), announcing_audience.part_at(at.part or 0)
    async with talk.db.read() as session:
        offered = await options(session, talk.actor, found.detail.row.municipality_id, which, words)
    return announcing_audience.found(found, which, offered, words)


async def _correction(message: Message, talk: Talk, at: Pointer) -> Screen:
    chats = await composing.correct(talk.store, talk.clock, talk.actor, at.announcement_id, html_of(message))
    return announcing_progress.decided(at.announcement_id, text("announcing.progress.corrected", count=chats))


async def _asked_again(talk: Talk, at: Pointer, error: AppError) -> Screen:
    """With the reason; where nothing can be written any more, how it is by now."""
    why = str(explain(error).unescape())
    if error.key in OVER:
        await composing.point(talk.db, talk.actor, None)
    elif error.key == "announcement.in_past":
        await composing.point(talk.db, talk.actor, Pointer(at.announcement_id))
    if error.key in (*OVER, "announcement.in_past") or at.awaits in (None, Awaits.SEARCH):
        return (await present(talk, at.announcement_id, why))[0]
    found = await composed(talk, at.announcement_id)
    if at.awaits is Awaits.LAST_DAY:
        return await confirmation(talk, found, unpacked(at.part or 0), why)
    return announcing_prompts.prompt(found, at.awaits, why)


async def _remember(talk: Talk, number: int) -> None:
    """The message in which it is composed by now, so that it can lose its buttons in turn."""
    async with talk.db.read() as session:
        at = await pointer(session, Channel.TELEGRAM, talk.chat)
    if at is not None:
        await composing.point(talk.db, talk.actor, replace(at, message=number))


def html_of(message: Message) -> str:
    """The words with the formatting that stays, as HTML."""
    words, entities = message.text or message.caption or "", message.entities or message.caption_entities or []
    return html_decoration.unparse(words, [one for one in map(_plainer, entities) if one.type in _KEPT])


def _plainer(entity: MessageEntity) -> MessageEntity:
    if entity.type == MessageEntityType.EXPANDABLE_BLOCKQUOTE:
        return entity.model_copy(update={"type": MessageEntityType.BLOCKQUOTE})
    return entity.model_copy(update={"language": None})


def _link(words: str) -> Link:
    """«Программа https://example.org» → its button. Raises AppError for what has no name or no address."""
    match = _LINK.fullmatch(words.strip())
    if match is None:
        raise AppError("announcing.link_unclear")
    url = match["url"]
    return Link(match["label"], url if "://" in url else f"https://{url}")
