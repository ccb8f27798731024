"""Presses that change a draft: its parts, and whom it is for."""

from collections.abc import Callable
from dataclasses import replace

from bot.handlers.announcing_pages import Pressed, ask, composed, show, show_present
from bot.screens import announcing, announcing_audience, announcing_prompts
from bot.screens.announcing_presses import Op
from bot.texts import plain, text
from core.announcements import actions, queries
from core.announcements.chat.pointer import Pointer
from core.announcements.model import Awaits, Category, Content
from core.audiences import saved
from core.audiences.model import Audience
from core.audiences.options import Option, Part, options, with_choice
from core.errors import NotFound
from core.events import queries as events

PROMPTS = {Op.TEXT: Awaits.TEXT, Op.FILE: Awaits.ATTACHMENT, Op.LINK: Awaits.LINK}


async def ask_for_part(pressed: Pressed) -> None:
    """The next message is what this press is named after."""
    await ask(pressed, PROMPTS[pressed.press.op])


async def change(pressed: Pressed, edit: Callable[[Content], Content]) -> None:
    """Raises announcement.changed_meanwhile when the press was made for other words."""
    talk = pressed.talk
    async with talk.db.read() as session:
        content = (await queries.detail(session, talk.actor, pressed.id)).content
    await actions.change(talk.store, talk.clock, talk.actor, pressed.id, edit(content), revision=pressed.press.revision)


async def remove_file(pressed: Pressed) -> None:
    talk = pressed.talk
    await actions.attach(talk.store, talk.clock, talk.actor, pressed.id, None, revision=pressed.press.revision)
    await show_present(pressed)


async def remove_links(pressed: Pressed) -> None:
    await change(pressed, lambda content: replace(content, links=()))
    await show_present(pressed)


async def toggle_acknowledge(pressed: Pressed) -> None:
    await change(pressed, lambda content: replace(content, acknowledge=not content.acknowledge))
    await show_present(pressed)


async def show_categories(pressed: Pressed) -> None:
    found = await composed(pressed.talk, pressed.id)
    await show(pressed, announcing.change_category(pressed.id, found.detail.revision), Pointer(pressed.id))


async def choose_category(pressed: Pressed) -> None:
    category = category_of(pressed)
    await change(pressed, lambda content: replace(content, category=category))
    await show_present(pressed)


def category_of(pressed: Pressed, at: int = 0) -> Category:
    """Raises NotFound for a code that no button of ours can have named."""
    try:
        return Category(pressed.press.word(at))
    except ValueError as error:
        raise NotFound from error


async def show_events(pressed: Pressed) -> None:
    talk, found = pressed.talk, await composed(pressed.talk, pressed.id)
    async with talk.db.read() as session:
        coming = await events.listing(session, talk.actor, found.detail.row.municipality_id)
    await show(pressed, announcing_prompts.events(found, coming), Pointer(pressed.id))


async def choose_event(pressed: Pressed) -> None:
    event = pressed.press.number() or None
    await change(pressed, lambda content: replace(content, event_id=event))
    await show_present(pressed)


async def ask_delete(pressed: Pressed) -> None:
    await show(pressed, announcing_prompts.delete(await composed(pressed.talk, pressed.id)), Pointer(pressed.id))


async def delete(pressed: Pressed) -> None:
    talk = pressed.talk
    town = (await composed(talk, pressed.id)).detail.row.municipality_id
    await actions.discard(talk.store, talk.clock, talk.actor, pressed.id)
    await show(pressed, announcing.said(text("announcing.draft.deleted"), town), None)


async def show_audience(pressed: Pressed) -> None:
    await show(pressed, announcing_audience.audience(await composed(pressed.talk, pressed.id)), Pointer(pressed.id))


async def show_part(pressed: Pressed) -> None:
    await _part(pressed, _part_of(pressed), pressed.press.number(1))


async def choose(pressed: Pressed) -> None:
    """One choice more or less; a list that was searched turns to the page on which the choice stands."""
    which, value = _part_of(pressed), pressed.press.word(1)
    await _change_audience(pressed, lambda audience: _with_choice(audience, which, value, pressed.press.op is Op.ON))
    await _part(pressed, which, announcing_audience.page_of(await offered(pressed, which), value))


async def empty_part(pressed: Pressed) -> None:
    which = _part_of(pressed)
    await _change_audience(pressed, lambda audience: announcing_audience.without(audience, which))
    await show_audience(pressed)


async def everybody(pressed: Pressed) -> None:
    await _change_audience(pressed, lambda _audience: Audience())
    await show_audience(pressed)


async def show_saved(pressed: Pressed) -> None:
    talk, found = pressed.talk, await composed(pressed.talk, pressed.id)
    async with talk.db.read() as session:
        rows = await saved.listing(session, talk.actor, found.detail.row.municipality_id)
    await show(pressed, announcing_audience.saved(found, rows), Pointer(pressed.id))


async def use_saved(pressed: Pressed) -> None:
    talk = pressed.talk
    async with talk.db.read() as session:
        chosen = await saved.one(session, talk.actor, pressed.press.number())
    await _change_audience(pressed, lambda _audience: chosen.audience)
    await show_audience(pressed)


async def offered(pressed: Pressed, which: Part, words: str = "") -> list[Option]:
    talk = pressed.talk
    async with talk.db.read() as session:
        town = (await queries.detail(session, talk.actor, pressed.id)).row.municipality_id
        return await options(session, talk.actor, town, which, words)


async def close(pressed: Pressed) -> None:
    """The draft stays; typed words do not belong to it any more."""
    await show(pressed, announcing.said(text("announcing.draft.closed", menu=plain("menu.announcements"))), None)


async def _change_audience(pressed: Pressed, edit: Callable[[Audience], Audience]) -> None:
    await change(pressed, lambda content: replace(content, audience=edit(content.audience)))


async def _part(pressed: Pressed, which: Part, page: int) -> None:
    """A long list can be searched by typed words as long as it is on the screen."""
    found, choices = await composed(pressed.talk, pressed.id), await offered(pressed, which)
    at = Pointer(pressed.id)
    if which in announcing_audience.SEARCHED:
        number = announcing_audience.number_of(which)
        at = Pointer(pressed.id, Awaits.SEARCH, number)
    await show(pressed, announcing_audience.part(found, which, choices, page), at)


def _with_choice(audience: Audience, which: Part, value: str, on: bool) -> Audience:
    try:
        return with_choice(audience, which, value, on)
    except ValueError as error:
        raise NotFound from error


def _part_of(pressed: Pressed) -> Part:
    return announcing_audience.part_at(pressed.press.number())
