"""Campaigns as rows: found within the actor's reach, locked, and every change noted."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.audiences.model import Audience
from core.campaigns.model import EVENT, Recipients
from core.clock import Clock
from core.errors import NotFound
from core.people.model import Actor
from core.surveys.model import SurveyDefinition
from storage.models import Campaign


async def locked(session: AsyncSession, campaign_id: int) -> Campaign:
    """Raises NotFound."""
    campaign = await session.scalar(select(Campaign).where(Campaign.id == campaign_id).with_for_update())
    if campaign is None:
        raise NotFound
    return campaign


async def own(session: AsyncSession, actor: Actor, campaign_id: int) -> Campaign:
    """The campaign, locked, when the actor manages its municipality; others need not know that it exists."""
    campaign = await locked(session, campaign_id)
    if not actor.manages(campaign.municipality_id):
        raise NotFound
    return campaign


def recipients_of(campaign: Campaign, definition: SurveyDefinition) -> Recipients:
    """Whom it is put to, as its row says."""
    return Recipients(
        respondent=definition.respondent,
        municipality_id=campaign.municipality_id,
        audience=Audience.from_json(campaign.audience),
        event_id=campaign.options.get(EVENT),
    )


def note(
    session: AsyncSession, clock: Clock, actor: Actor | None, action: str, campaign: Campaign, **details: object
) -> None:
    """A line of the audit; `details` hold numbers and settings, never names or answers."""
    audit.note(
        session,
        clock.now(),
        actor,
        action,
        f"campaign:{campaign.id}",
        municipality_id=campaign.municipality_id,
        details=details,
    )
