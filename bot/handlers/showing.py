"""Where a person is: at the consent, in a survey, or at the menu. Changes nothing."""

from bot.screens import people, survey
from bot.surveys.conversation import active
from bot.surveys.placing import show_here
from bot.talk import Talk
from bot.transport import Transport
from core.campaigns.model import ParticipationState
from core.clock import Clock
from core.people import queries
from core.people.model import Channel
from core.surveys import queries as surveys
from storage.session import Database


async def waiting(talk: Talk) -> int:
    """How many surveys this person can answer now."""
    async with talk.db.read() as session:
        cards = await surveys.cards(session, talk.clock, talk.actor)
    return sum(card.state is not ParticipationState.SUBMITTED for card in cards)


async def show_entrance(talk: Talk, instead_of: int | None = None) -> None:
    """The consent while it is due, the menu afterwards."""
    async with talk.db.read() as session:
        due = await queries.consent_due(session, talk.actor)
    screen = people.menu(talk.actor, await waiting(talk)) if due is None else people.consent(due.text, due.version)
    await talk.transport.show(talk.chat, screen, edit=instead_of)


async def reshow(person: str, *, db: Database, clock: Clock, transport: Transport, **_tools: object) -> None:
    """For a person whose effect is stored and whose screen is owed, as after a crash."""
    async with db.read() as session:
        actor = await queries.actor_of_chat(session, Channel.TELEGRAM, person)
    if actor is None:
        await transport.show(person, people.invite_needed())
        return
    talk = Talk(actor, person, db, db, clock, transport)
    step = await active(talk)
    if step is None:
        await show_entrance(talk)
    else:
        await show_here(talk, step, survey.step(step), step.message_id)
