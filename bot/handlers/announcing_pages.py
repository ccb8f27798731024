"""What all handlers of announcements share: the announcement as it is by now, and showing it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from aiogram.filters import Filter
from aiogram.types import TelegramObject

from bot.screens import announcing_draft, announcing_progress, announcing_prompts
from bot.screens.announcing_draft import Composed
from bot.screens.announcing_presses import Press
from bot.screens.model import Screen
from bot.screens.people import is_methodist
from bot.talk import Talk
from bot.texts import plain
from core.announcements import queries
from core.announcements.chat import actions as composing
from core.announcements.chat.pointer import Pointer, pointer
from core.announcements.model import AnnouncementDetail, AnnouncementState, Awaits, Standing
from core.audiences.describing import describe
from core.errors import NotFound
from core.people.model import Actor, Channel
from core.surveys import queries as surveys

COMPOSED = frozenset(
    {AnnouncementState.DRAFT, AnnouncementState.SCHEDULED, AnnouncementState.REPEATING, AnnouncementState.MISSED}
)
"""States in which nobody has been written to yet."""


class Manages(Filter):
    """A methodist or an administrator."""

    async def __call__(self, event: TelegramObject, actor: Actor | None) -> bool:
        return manages(actor)


def manages(actor: Actor | None) -> bool:
    return actor is not None and is_methodist(actor)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press with all that is needed to answer it."""

    talk: Talk
    query_id: str
    message_id: int
    press: Press
    wake_sender: Callable[[], None]

    @property
    def id(self) -> int:
        return self.press.announcement_id


async def composed(talk: Talk, announcement_id: int) -> Composed:
    """As it is by now. Raises NotFound out of the actor's reach."""
    async with talk.db.read() as session:
        detail = await queries.detail(session, talk.actor, announcement_id)
        place, content = detail.row.municipality_id, detail.content
        reach = await queries.reach(session, talk.clock, talk.actor, place, content)
        whom = await describe(session, talk.actor, place, content.audience)
    return Composed(detail, reach, whom, talk.clock.now())


async def exists(talk: Talk, announcement_id: int) -> bool:
    """Within the actor's reach."""
    async with talk.db.read() as session:
        try:
            await queries.detail(session, talk.actor, announcement_id)
        except NotFound:
            return False
    return True


async def show(pressed: Pressed, screen: Screen, at: Pointer | None, toast: str | None = None) -> None:
    """In place of the message that was pressed; typed words belong to `at` before anybody reads that they do."""
    talk, at = pressed.talk, at and replace(at, message=pressed.message_id)
    await talk.transport.answer_press(pressed.query_id, toast)
    await composing.point(talk.store, talk.actor, at)
    number = await talk.transport.show(talk.chat, screen, edit=pressed.message_id)
    if at is not None and number != pressed.message_id:
        await composing.point(talk.db, talk.actor, replace(at, message=number))


async def show_below(talk: Talk, screen: Screen, at: Pointer | None) -> None:
    """As a new message. What is typed from now on belongs to `at`."""
    await composing.point(talk.store, talk.actor, at)
    number = await talk.transport.show(talk.chat, screen)
    if at is not None:
        await composing.point(talk.db, talk.actor, replace(at, message=number))


async def show_present(pressed: Pressed, notice: str = "", toast: str | None = None) -> None:
    """The draft, or how it goes."""
    screen, at = await present(pressed.talk, pressed.id, notice)
    await show(pressed, screen, at, toast)


async def present(talk: Talk, announcement_id: int, notice: str = "") -> tuple[Screen, Pointer | None]:
    """Where this announcement is by now, and what typed words belong to there."""
    async with talk.db.read() as session:
        detail = await queries.detail(session, talk.actor, announcement_id)
        resting = await queries.resting(session, talk.clock, announcement_id)
    if detail.row.state not in COMPOSED:
        going = replace(standing(detail), resting=resting)
        return announcing_progress.progress(going, detail.row.municipality_id, notice), None
    at = Pointer(announcement_id) if detail.row.state is AnnouncementState.DRAFT else None
    return announcing_draft.draft(await composed(talk, announcement_id), notice), at


def standing(detail: AnnouncementDetail) -> Standing:
    """The same figures that the message in its author's chat shows."""
    row = detail.row
    return Standing(
        row.id,
        row.heading,
        row.state,
        row.finished_at is not None,
        row.counts,
        detail.edits,
        detail.recalls,
        detail.pressed,
    )


async def ask(pressed: Pressed, awaits: Awaits) -> None:
    """The next message is this part of the announcement."""
    notice = await survey_waits(pressed.talk) if awaits is Awaits.TEXT else ""
    screen = announcing_prompts.prompt(await composed(pressed.talk, pressed.id), awaits, notice)
    await show(pressed, screen, Pointer(pressed.id, awaits))


async def survey_waits(talk: Talk) -> str:
    async with talk.db.read() as session:
        waits = await surveys.active_response(session, Channel.TELEGRAM, talk.chat)
    return "" if waits is None else plain("announcing.survey_waits")


async def open_here(talk: Talk) -> Pointer | None:
    """The announcement that is being composed in this chat."""
    if not manages(talk.actor):
        return None
    async with talk.db.read() as session:
        return await pointer(session, Channel.TELEGRAM, talk.chat)


async def put_aside(talk: Talk, query_id: str) -> None:
    """A survey is answered here, so typed words are its answers from now on; says so when a draft was open."""
    if await open_here(talk) is None:
        return
    await composing.point(talk.db, talk.actor, None)
    await talk.transport.answer_press(query_id, plain("announcing.put_aside"))


async def reshow(talk: Talk) -> bool:
    """Shows the open announcement again, as after a crash; False when there is none."""
    at = await open_here(talk)
    if at is None:
        return False
    screen, at = await present(talk, at.announcement_id)
    await show_below(talk, screen, at)
    return True
