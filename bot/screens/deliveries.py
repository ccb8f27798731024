"""What a delivery looks like by the time it is sent."""

from bot.screens import surveys
from bot.screens.model import Screen
from core.campaigns.model import INVITATION, ParticipationState
from core.clock import Clock
from core.errors import NotFound
from core.people import queries as people
from core.surveys import queries
from storage.outbox import Claimed
from storage.session import Database


async def render(db: Database, clock: Clock, delivery: Claimed) -> Screen | None:
    """The screen to send; None when there is no need any more. KeyError for a kind that nobody knows."""
    return await {INVITATION: _invitation}[delivery.kind](db, clock, delivery)


async def _invitation(db: Database, clock: Clock, delivery: Claimed) -> Screen | None:
    """None when the survey is closed, was answered meanwhile, or the person has left."""
    async with db.read() as session:
        try:
            actor = await people.actor_of_account(session, delivery.account_id)
            card = await queries.card(session, clock, actor, delivery.subject)
        except NotFound:
            return None
    return None if card.state is ParticipationState.SUBMITTED else surveys.invitation(card)
