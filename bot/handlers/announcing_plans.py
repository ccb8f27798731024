"""When an announcement goes out: asked, said back in full, confirmed."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.handlers.announcing_pages import Pressed, ask, composed, show, show_present
from bot.screens import announcing, announcing_plans, announcing_sending, announcing_series
from bot.screens.announcing_draft import Composed
from bot.screens.announcing_plans import How, Plan
from bot.screens.announcing_sending import Delay
from bot.screens.model import Screen
from bot.talk import Talk
from core.announcements.chat.pointer import Pointer
from core.announcements.confirming import actions as confirming
from core.announcements.confirming.actions import Series
from core.announcements.model import AnnouncementState, Awaits
from core.announcements.rules import check_send_at
from core.errors import AppError, NotFound
from core.outgoing.queries import rules_of
from core.timing.hours import allowed_from, is_silent
from core.timing.repeating import occurrences

LOOKED_AT = 31
"""Times of a series that are looked at for quiet hours and no-send days."""


async def choose_when(pressed: Pressed) -> None:
    await show(pressed, announcing_sending.when(await _unsent(pressed)), Pointer(pressed.id))


async def confirm_now(pressed: Pressed) -> None:
    found = await _unsent(pressed)
    at_once = _flag(pressed)
    if at_once is None:
        at_once = found.detail.content.at_once
    delay = await _delay(pressed.talk, found, [found.now])
    await show(pressed, announcing_sending.confirm_now(found, at_once, delay), Pointer(pressed.id))


async def ask_time(pressed: Pressed) -> None:
    await ask(pressed, Awaits.SEND_AT)


async def confirm_plan(pressed: Pressed) -> None:
    found = await _unsent(pressed)
    plan = announcing_plans.read(pressed.press, found.detail.content.at_once)
    await _confirm(pressed, found, plan)


async def confirm_kept(pressed: Pressed) -> None:
    """The repetition that the draft has already, from its next time on."""
    found = await _unsent(pressed)
    content = found.detail.content
    if content.repeat is None:
        raise AppError("announcement.changed_meanwhile")
    plan = announcing_plans.kept(content.repeat, found.detail.timezone, found.now, at_once=content.at_once)
    if plan is None:
        await show(pressed, announcing_series.over(found), Pointer(pressed.id))
        return
    await _confirm(pressed, found, plan)


async def choose_often(pressed: Pressed) -> None:
    found = await _unsent(pressed)
    plan = announcing_plans.read(pressed.press)
    await show(pressed, announcing_series.often(found, plan), Pointer(pressed.id))


async def send(pressed: Pressed) -> None:
    """What was confirmed is what is sent; a message of its own shows how it goes."""
    talk, revision = pressed.talk, pressed.press.revision
    count = await confirming.publish(
        talk.store, talk.clock, talk.actor, pressed.id, at_once=_flag(pressed), revision=revision
    )
    pressed.wake_sender()
    await show(pressed, announcing.said(announcing_sending.published(count)), None)


async def schedule(pressed: Pressed) -> None:
    talk, press = pressed.talk, pressed.press
    plan = announcing_plans.read(press)
    at_once = plan.at_once if len(press.args) > 1 else None
    await confirming.schedule(
        talk.store, talk.clock, talk.actor, pressed.id, plan.moment, at_once=at_once, revision=press.revision
    )
    await show_present(pressed)


async def start(pressed: Pressed) -> None:
    """A series; what its draft says by now counts only where it was said back."""
    talk = pressed.talk
    found, plan = await composed(talk, pressed.id), announcing_plans.read(pressed.press)
    repeat = plan.repeat(found.detail.timezone, found.detail.content.repeat)
    if repeat is None:
        raise NotFound
    series = Series(repeat, plan.moment, plan.at_once)
    await confirming.start_series(
        talk.store, talk.clock, talk.actor, pressed.id, series, revision=pressed.press.revision
    )
    await show_present(pressed)


async def confirmation(talk: Talk, found: Composed, plan: Plan, notice: str = "") -> Screen:
    """All of it said back. Raises announcement.in_past; announcement.bad_repeat when it ends before it begins."""
    check_send_at(plan.moment, found.now)
    repeat = plan.repeat(found.detail.timezone, found.detail.content.repeat)
    if repeat is None:
        return announcing_sending.confirm_at(found, plan, await _delay(talk, found, [plan.moment]))
    if repeat.until is not None and repeat.until < _day(found, plan.moment):
        raise AppError("announcement.bad_repeat")
    coming = islice(occurrences(repeat, found.detail.timezone, found.now), LOOKED_AT)
    return announcing_series.confirm(found, plan, repeat, await _delay(talk, found, coming), notice)


def awaited(announcement_id: int, plan: Plan) -> Pointer:
    """What can be written while a plan is confirmed: another time, or the last day of a series."""
    if plan.how is How.ONCE:
        return Pointer(announcement_id, Awaits.SEND_AT)
    return Pointer(announcement_id, Awaits.LAST_DAY, plan.packed())


async def _unsent(pressed: Pressed) -> Composed:
    """Raises announcement.not_draft for one that goes out, or will by itself."""
    found = await composed(pressed.talk, pressed.id)
    if found.detail.row.state not in (AnnouncementState.DRAFT, AnnouncementState.MISSED):
        raise AppError("announcement.not_draft")
    return found


async def _confirm(pressed: Pressed, found: Composed, plan: Plan) -> None:
    screen = await confirmation(pressed.talk, found, plan)
    await show(pressed, screen, awaited(pressed.id, plan))


async def _delay(talk: Talk, found: Composed, moments: Iterable[datetime]) -> Delay | None:
    """Of the first of these moments at which nothing is sent."""
    async with talk.db.read() as session:
        rules = await rules_of(session, found.detail.row.municipality_id)
    for moment in moments:
        until = allowed_from(moment, rules, found.detail.timezone)
        if until > moment:
            return Delay(moment, until, is_silent(_day(found, moment), rules))
    return None


def _day(found: Composed, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(found.detail.timezone)).date()


def _flag(pressed: Pressed) -> bool | None:
    """Whether the press says to send in quiet hours too; None when it says nothing."""
    return bool(pressed.press.number()) if pressed.press.args else None
