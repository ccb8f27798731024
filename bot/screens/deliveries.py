"""What a delivery looks like by the time it is sent."""

from bot.screens import surveys
from bot.screens.accounts import sign_in_check
from bot.screens.model import Screen
from core.accounts import queries as accounts
from core.accounts.model import SIGN_IN_CHECK
from core.campaigns.model import INVITATION, REMINDER, ParticipationState
from core.clock import Clock
from core.errors import NotFound
from core.people import queries as people
from core.surveys import queries
from core.surveys.steps import Ask, SurveyCard
from storage.outbox import Claimed
from storage.session import Database


async def render(db: Database, clock: Clock, delivery: Claimed) -> Screen | None:
    """The screen to send; None when there is no need any more. KeyError for a kind that nobody knows."""
    if delivery.kind == SIGN_IN_CHECK:
        return await _sign_in_check(db, clock, delivery)
    screen = {INVITATION: surveys.invitation, REMINDER: surveys.reminder}[delivery.kind]
    card = await _waiting(db, clock, delivery)
    return None if card is None else screen(card)


async def _sign_in_check(db: Database, clock: Clock, delivery: Claimed) -> Screen | None:
    """None when nobody waits for the answer any more."""
    async with db.read() as session:
        numbers = await accounts.question(session, clock, delivery.subject)
    return None if numbers is None else sign_in_check(delivery.subject, numbers)


async def _waiting(db: Database, clock: Clock, delivery: Claimed) -> SurveyCard | None:
    """None when the survey is closed, was answered meanwhile, or the person has left."""
    ask = Ask(delivery.subject, int(delivery.params.get("subject", 0)))
    async with db.read() as session:
        try:
            actor = await people.actor_of_account(session, delivery.account_id)
            card = await queries.card(session, clock, actor, ask)
        except NotFound:
            return None
    return None if card.state is ParticipationState.SUBMITTED else card
