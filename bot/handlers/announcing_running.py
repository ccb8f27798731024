"""What is done with an announcement while it waits for its time, goes out, and afterwards."""

from collections.abc import Awaitable, Callable

from bot.handlers.announcing_pages import Pressed, composed, present, show, show_below, show_present
from bot.screens import announcing_progress, announcing_prompts
from bot.screens.announcement_letters import sample
from bot.screens.model import Screen
from bot.texts import plain, text
from core.announcements import actions, queries
from core.announcements.chat import actions as composing
from core.announcements.chat.pointer import Pointer
from core.announcements.model import Awaits
from core.clock import Clock
from core.people.model import Actor
from storage.session import Store

Act = Callable[[Store, Clock, Actor, int], Awaitable[object]]


async def look(pressed: Pressed) -> None:
    """Just as its recipients will see it, and the draft again below."""
    talk = pressed.talk
    below, at = await present(talk, pressed.id)
    await talk.transport.answer_press(pressed.query_id)
    await talk.transport.strip(talk.chat, pressed.message_id)
    await talk.transport.show(talk.chat, await sample(talk.db, pressed.id))
    await show_below(talk, below, at)


async def unschedule(pressed: Pressed) -> None:
    await actions.unschedule(pressed.talk.store, pressed.talk.clock, pressed.talk.actor, pressed.id)
    await show_present(pressed, toast=plain("announcing.unscheduled"))


async def ask_stop(pressed: Pressed) -> None:
    async with pressed.talk.db.read() as session:
        await queries.detail(session, pressed.talk.actor, pressed.id)
    await _ask_below(pressed, announcing_progress.ask_stop(pressed.id))


async def ask_recall(pressed: Pressed) -> None:
    async with pressed.talk.db.read() as session:
        counts = (await queries.detail(session, pressed.talk.actor, pressed.id)).row.counts
    await _ask_below(pressed, announcing_progress.ask_recall(pressed.id, counts.sent))


async def ask_correction(pressed: Pressed) -> None:
    screen = announcing_prompts.prompt(await composed(pressed.talk, pressed.id), Awaits.CORRECTION)
    await _ask_below(pressed, screen, Pointer(pressed.id, Awaits.CORRECTION))


async def _ask_below(pressed: Pressed, screen: Screen, at: Pointer | None = None) -> None:
    """As a message of its own: the one that was pressed is edited as long as something goes on."""
    await pressed.talk.transport.answer_press(pressed.query_id)
    await show_below(pressed.talk, screen, at)


async def keep(pressed: Pressed) -> None:
    await show(pressed, announcing_progress.decided(pressed.id, text("announcing.progress.kept")), None)


def deciding(act: Act, said: str) -> Callable[[Pressed], Awaitable[None]]:
    """After the second thought; the figures stand in a message above."""

    async def do(pressed: Pressed) -> None:
        talk = pressed.talk
        await act(talk.store, talk.clock, talk.actor, pressed.id)
        pressed.wake_sender()
        await show(pressed, announcing_progress.decided(pressed.id, text(said)), None)

    return do


def doing(act: Act, said: str) -> Callable[[Pressed], Awaitable[None]]:
    """Does it, says so, and shows how it goes by now."""

    async def do(pressed: Pressed) -> None:
        talk = pressed.talk
        await act(talk.store, talk.clock, talk.actor, pressed.id)
        pressed.wake_sender()
        await show_present(pressed, toast=plain(said))

    return do


async def copy(pressed: Pressed) -> None:
    """A draft below; the figures of what was sent stay where they are."""
    talk = pressed.talk
    draft_id = await composing.copy(talk.store, talk.clock, talk.actor, talk.chat, pressed.id)
    screen, at = await present(talk, draft_id, plain("announcing.progress.copied"))
    await talk.transport.answer_press(pressed.query_id)
    await show_below(talk, screen, at)
