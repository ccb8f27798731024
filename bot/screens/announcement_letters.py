"""An announcement in the chats of those it is for, and how it goes in the chat of its author (DESIGN, way 2)."""

from collections import OrderedDict
from collections.abc import Collection
from itertools import count
from weakref import WeakKeyDictionary

from bot.screens import announcing_progress
from bot.screens.errands import Drop, Errand, Hold, Remove, Replace, Show
from bot.screens.layout import Row
from bot.screens.model import Button, Document, File, Picture, Screen
from bot.texts import plain, text
from core.announcements import queries
from core.announcements.model import (
    MUTABLE,
    AnnouncementState,
    AttachmentKind,
    Letter,
    NewAttachment,
    PressKind,
)
from core.clock import Clock
from storage.outbox import Claimed
from storage.session import Database

ACKNOWLEDGE, REGISTER, SAMPLE, MUTE = "ann:ack:", "ann:reg:", "ann:sample:", "wishes:mute:"
AT_HAND = 3
"""Attachments kept in memory: a broadcast asks for the same one thousands of times."""
_WITHDRAWN = frozenset({AnnouncementState.STOPPED, AnnouncementState.RECALLED})


async def announcement(db: Database, _clock: Clock, delivery: Claimed) -> Errand:
    """The message itself, as it is worded by now."""
    letter, pressed = await _letter(db, delivery.subject, delivery.account_id)
    if letter.state is AnnouncementState.PAUSED:
        return Hold()
    if letter.state in _WITHDRAWN:
        return Drop(letter.state)
    shown = screen(letter, await _file_at_hand(db, letter), pressed)
    return Show(shown, letter.revision, letter.content.category, letter.content.at_once)


async def edit(db: Database, _clock: Clock, delivery: Claimed) -> Errand:
    """The newest wording for a chat that has an older one."""
    letter, pressed = await _letter(db, delivery.subject, delivery.account_id)
    if letter.state is AnnouncementState.RECALLED:
        return Drop(letter.state)
    return Replace(int(delivery.params["message"]), words_only(letter, pressed), letter.revision)


async def recall(_db: Database, _clock: Clock, delivery: Claimed) -> Errand:
    return Remove(int(delivery.params["message"]), Screen(text("announcement.recalled_message")))


async def preview(db: Database, _clock: Clock, delivery: Claimed) -> Errand:
    return Show(await sample(db, delivery.subject))


async def status(db: Database, _clock: Clock, delivery: Claimed) -> Errand:
    """Edited afterwards while it goes on (bot.jobs.progress)."""
    async with db.read() as session:
        return Show(announcing_progress.progress(await queries.standing(session, delivery.subject)))


async def sample(db: Database, announcement_id: int) -> Screen:
    """For whoever composes it: looks the same, its buttons only say so."""
    async with db.read() as session:
        letter = await queries.letter(session, announcement_id)
    shown = screen(letter, await _file(db, letter), frozenset())
    numbers = count()
    rows = tuple(tuple(_for_show(one, next(numbers)) for one in row) for row in shown.rows)
    return Screen(shown.text, rows, shown.picture)


def screen(letter: Letter, file: File | None, pressed: Collection[PressKind]) -> Screen:
    """`pressed`: what its reader has pressed already, so that those buttons say so."""
    return Screen(letter.content.text, _buttons(letter, pressed), file)


def words_only(letter: Letter, pressed: Collection[PressKind]) -> Screen:
    """For a message whose file stays as it is (bot.transport, replace)."""
    stays = None if letter.attachment_id is None else Document(b"", "")
    return screen(letter, stays, pressed)


async def reader(db: Database, announcement_id: int, account_id: int) -> Screen:
    """The words and buttons as this person should see them now."""
    letter, pressed = await _letter(db, announcement_id, account_id)
    return words_only(letter, pressed)


def _buttons(letter: Letter, pressed: Collection[PressKind]) -> tuple[Row, ...]:
    links = ((Button(one.label, url=one.url),) for one in letter.content.links)
    own: list[Button] = []
    if letter.content.event_id is not None:
        key = "registered" if PressKind.REGISTERED in pressed else "register"
        own.append(Button(plain(f"announcement.button.{key}"), f"{REGISTER}{letter.announcement_id}"))
    if letter.content.acknowledge:
        key = "acknowledged" if PressKind.ACKNOWLEDGED in pressed else "acknowledge"
        own.append(Button(plain(f"announcement.button.{key}"), f"{ACKNOWLEDGE}{letter.announcement_id}"))
    rows: list[Row] = [*links, *((one,) for one in own)]
    if letter.content.category in MUTABLE:
        mute = Button(plain(f"announcement.button.mute{'' if own else '_alone'}"), f"{MUTE}{letter.content.category}")
        rows = [*rows[:-1], (*rows[-1], mute)] if own else [*rows, (mute,)]
    return tuple(rows)


def _for_show(button: Button, number: int) -> Button:
    return button if button.url else Button(button.label, f"{SAMPLE}{number}")


async def _letter(db: Database, announcement_id: int, account_id: int) -> tuple[Letter, frozenset[PressKind]]:
    async with db.read() as session:
        letter = await queries.letter(session, announcement_id)
        asks = letter.content.acknowledge or letter.content.event_id is not None
        return letter, await queries.pressed_by(session, announcement_id, account_id) if asks else frozenset()


async def _file(db: Database, letter: Letter) -> File | None:
    if letter.attachment_id is None:
        return None
    async with db.read() as session:
        return _as_file(await queries.content_of_attachment(session, letter.attachment_id))


async def _file_at_hand(db: Database, letter: Letter) -> File | None:
    """The same for one that is being sent, whose attachment can neither change nor go."""
    if letter.attachment_id is None:
        return None
    files = _FILES.setdefault(db, OrderedDict())
    if letter.attachment_id not in files and (read := await _file(db, letter)) is not None:
        files[letter.attachment_id] = read
        if len(files) > AT_HAND:
            files.popitem(last=False)
    return files[letter.attachment_id]


_FILES: "WeakKeyDictionary[Database, OrderedDict[int, File]]" = WeakKeyDictionary()


def _as_file(attachment: NewAttachment) -> File:
    if attachment.kind is AttachmentKind.PHOTO:
        return Picture(attachment.content, attachment.name, plain("announcement.photo_only"))
    return Document(attachment.content, attachment.name)
