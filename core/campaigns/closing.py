"""A campaign closes: the release is made, what must not stay is erased. Inside the action's transaction."""

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import INVITATION, REMINDER, CampaignState, ResponseState
from core.campaigns.reminding import skip_reminders
from core.campaigns.rows import note
from core.clock import Clock
from core.errors import AppError
from core.people.model import Actor
from core.releases.making import make_release
from core.sealing import Sealer
from core.surveys.drafts import definition_of
from core.surveys.model import SurveyPrivacy
from storage.models import Campaign, Delivery, Response, SurveyVersion


async def close_campaign(
    session: AsyncSession, clock: Clock, actor: Actor | None, campaign: Campaign, sealer: Sealer
) -> None:
    """One that is closed stays as it is. Raises campaign.not_open, sealing.wrong_key, release.damaged_ballot."""
    if campaign.state == CampaignState.CLOSED:
        return
    if campaign.state != CampaignState.OPEN:
        raise AppError("campaign.not_open")
    definition = definition_of(await session.get_one(SurveyVersion, campaign.survey_version_id))
    figures = None
    if definition.privacy is not SurveyPrivacy.NAMED:
        figures = await make_release(session, campaign, definition, sealer)
    await _forget_drafts(session, campaign)
    await _call_back_messages(session, campaign)
    await skip_reminders(session, campaign)
    campaign.state = CampaignState.CLOSED
    campaign.closed_at = clock.now()
    note(session, clock, actor, "campaign.closed", campaign, figures=figures)


async def _forget_drafts(session: AsyncSession, campaign: Campaign) -> None:
    """What somebody began and never sent still names them, and nobody can send it any more."""
    await session.execute(
        delete(Response).where(Response.campaign_id == campaign.id, Response.state == ResponseState.DRAFT)
    )


async def _call_back_messages(session: AsyncSession, campaign: Campaign) -> None:
    await session.execute(
        update(Delivery)
        .where(
            Delivery.kind.in_((INVITATION, REMINDER)),
            Delivery.subject == campaign.id,
            Delivery.state.in_(("queued", "retrying")),
        )
        .values(state="cancelled")
    )
