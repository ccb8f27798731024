"""Where a person is: at the consent, in a survey, or at the menu. Changes nothing."""

from bot.handlers import announcing_pages
from bot.screens import people, survey
from bot.screens.surveys import listing
from bot.surveys.conversation import active
from bot.surveys.placing import show_here
from bot.talk import Talk
from bot.transport import Transport
from core.campaigns.model import ParticipationState
from core.clock import Clock
from core.people import queries
from core.people.model import Channel
from core.surveys import queries as surveys
from core.surveys.steps import SurveyCard
from storage.session import Database


async def waiting(talk: Talk) -> int:
    """How many surveys this person can answer now."""
    return sum(card.state is not ParticipationState.SUBMITTED for card in await _cards(talk))


async def _cards(talk: Talk) -> list[SurveyCard]:
    async with talk.db.read() as session:
        return await surveys.cards(session, talk.clock, talk.actor)


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
    if await announcing_pages.reshow(talk):
        return
    step = await active(talk)
    if step is not None:
        await show_here(talk, step, survey.step(step), step.message_id)
        return
    await show_entrance(talk)
    cards = await _cards(talk)
    if any(card.state is ParticipationState.SUBMITTED for card in cards):
        # What is owed may be the thanks for a survey: the list says that it has arrived.
        await transport.show(person, listing(cards))
