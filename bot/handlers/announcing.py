"""Announcements from the chat alone: the list, a new one, and who answers which press (SPEC §5)."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.handlers import announcing_editing as editing
from bot.handlers import announcing_plans as plans
from bot.handlers import announcing_running as running
from bot.handlers.announcing_pages import Manages, Pressed, composed, exists, show, show_present, survey_waits
from bot.handlers.announcing_words import Composing, write
from bot.handlers.routing import place, talking
from bot.screens import announcing, announcing_prompts
from bot.screens.announcing_presses import PREFIX, Op, parse
from bot.screens.model import Screen
from bot.talk import Talk
from bot.texts import plain
from core.announcements import actions, queries
from core.announcements.chat import actions as composing
from core.announcements.model import Awaits
from core.errors import AppError, NotFound
from core.people import queries as people
from core.people.queries import MunicipalityView

LATE = frozenset(
    {
        "announcement.changed_meanwhile",
        "announcement.not_draft",
        "announcement.not_running",
        "announcement.recalled",
    }
)
"""Errors of a press that was made for how things were before."""


def setup() -> Router:
    router = talking("announcing")
    router.message.register(show_list, F.text == plain("menu.announcements"), Manages())
    router.message.register(show_list, Command("announce"), Manages())
    router.message.register(write, ~F.text.startswith("/"), Composing())
    router.callback_query.register(press, F.data.startswith(PREFIX), Manages())
    return router


async def show_list(message: Message, talk: Talk) -> None:
    await composing.point(talk.store, talk.actor, None)
    await talk.transport.show(talk.chat, await _list(talk, 0, Op.LIST))


async def press(query: CallbackQuery, talk: Talk, wake_sender: Callable[[], None]) -> None:
    """A forged button goes on to those that nobody knows; one that is out of date changes nothing and says so."""
    made = parse(query.data or "")
    if made is None:
        raise SkipHandler
    pressed = Pressed(talk, query.id, place(query)[1], made, wake_sender)
    try:
        await PRESSES[made.op](pressed)
    except NotFound:
        if not await exists(talk, pressed.id):
            await talk.transport.strip(talk.chat, pressed.message_id)
        raise
    except AppError as error:
        if error.key not in LATE:
            raise
        await show_present(pressed, toast=plain("announcing.stale"))


async def turn_to_list(pressed: Pressed) -> None:
    await show(pressed, await _list(pressed.talk, pressed.press.number(), Op.LIST), None)


async def choose_category(pressed: Pressed) -> None:
    """Where somebody is a methodist of several, first the municipality."""
    town = pressed.press.number()
    if town and not pressed.talk.actor.manages(town):
        raise NotFound
    screen = announcing.choose_category(town) if town else await _list(pressed.talk, 0, Op.NEW)
    await show(pressed, screen, None)


async def begin(pressed: Pressed) -> None:
    """A draft that waits for its text."""
    talk, town, category = pressed.talk, pressed.press.number(), editing.category_of(pressed, 1)
    draft_id = await composing.begin(talk.store, talk.clock, talk.actor, talk.chat, town, category, pressed.message_id)
    screen = announcing_prompts.prompt(await composed(talk, draft_id), Awaits.TEXT, await survey_waits(talk))
    await talk.transport.answer_press(pressed.query_id)
    await talk.transport.show(talk.chat, screen, edit=pressed.message_id)


async def _list(talk: Talk, municipality_id: int, op: Op) -> Screen:
    """Raises NotFound for a municipality out of reach."""
    async with talk.db.read() as session:
        places = [one for one in await people.municipalities(session, talk.actor) if talk.actor.manages(one.id)]
        there = _chosen(places, municipality_id)
        if there is None:
            return announcing.towns(places, op)
        rows = await queries.listing(session, talk.actor, there.id)
    return announcing.listing(there, rows, talk.clock.now())


def _chosen(places: list[MunicipalityView], municipality_id: int) -> MunicipalityView | None:
    """None where one of several has to be chosen."""
    if not municipality_id:
        return places[0] if len(places) == 1 else None
    found = next((one for one in places if one.id == municipality_id), None)
    if found is None:
        raise NotFound
    return found


PRESSES: Mapping[Op, Callable[[Pressed], Awaitable[None]]] = MappingProxyType(
    {
        Op.LIST: turn_to_list,
        Op.NEW: choose_category,
        Op.BEGIN: begin,
        Op.OPEN: show_present,
        Op.CLOSE: editing.close,
        Op.DELETE: editing.ask_delete,
        Op.DELETE_SURE: editing.delete,
        Op.TEXT: editing.ask_for_part,
        Op.FILE: editing.ask_for_part,
        Op.NO_FILE: editing.remove_file,
        Op.LINK: editing.ask_for_part,
        Op.NO_LINKS: editing.remove_links,
        Op.ACKNOWLEDGE: editing.toggle_acknowledge,
        Op.CATEGORIES: editing.show_categories,
        Op.CATEGORY: editing.choose_category,
        Op.EVENTS: editing.show_events,
        Op.EVENT: editing.choose_event,
        Op.LOOK: running.look,
        Op.AUDIENCE: editing.show_audience,
        Op.PART: editing.show_part,
        Op.ON: editing.choose,
        Op.OFF: editing.choose,
        Op.EMPTY: editing.empty_part,
        Op.EVERYBODY: editing.everybody,
        Op.SAVED: editing.show_saved,
        Op.USE: editing.use_saved,
        Op.WHEN: plans.choose_when,
        Op.NOW: plans.confirm_now,
        Op.LATER: plans.ask_time,
        Op.PLAN: plans.confirm_plan,
        Op.OFTEN: plans.choose_often,
        Op.KEPT: plans.confirm_kept,
        Op.SEND: plans.send,
        Op.SCHEDULE: plans.schedule,
        Op.START: plans.start,
        Op.UNSCHEDULE: running.unschedule,
        Op.PAUSE: running.doing(actions.pause, "announcing.progress.paused_now"),
        Op.GO_ON: running.doing(actions.go_on, "announcing.progress.goes_on"),
        Op.STOP: running.ask_stop,
        Op.STOP_SURE: running.deciding(actions.stop, "announcing.progress.stopped_now"),
        Op.CORRECT: running.ask_correction,
        Op.RECALL: running.ask_recall,
        Op.RECALL_SURE: running.deciding(actions.recall, "announcing.progress.recalled_now"),
        Op.COPY: running.copy,
        Op.KEEP: running.keep,
    }
)
