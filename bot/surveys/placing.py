"""Which chat message a survey stands in: one at a time, and only that one has buttons."""

from bot.screens.model import Screen
from bot.talk import Talk
from core.surveys import actions
from core.surveys.steps import Step


async def show_here(talk: Talk, step: Step, screen: Screen, message_id: int | None) -> None:
    """In place of this message, which is the survey's from now on."""
    shown = await talk.transport.show(talk.chat, screen, edit=message_id)
    await _move(talk, step, shown)


async def show_below(talk: Talk, step: Step, screen: Screen) -> None:
    """As a new message below what the person has written, so that the question is always the lowest."""
    await _move(talk, step, await talk.transport.show(talk.chat, screen))


async def _move(talk: Talk, step: Step, message_id: int) -> None:
    if step.message_id == message_id:
        return
    await actions.remember_message(talk.db, step.response_id, message_id)
    if step.message_id is not None:
        await talk.transport.strip(talk.chat, step.message_id)
