"""A campaign opens: who takes part, into which clusters they fall, who is told. Inside the action's transaction."""

from datetime import date

from sqlalchemy import func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.authoring.queries import answered_privacy
from core.authoring.rules import loosened
from core.campaigns import rules
from core.campaigns.counting import Units
from core.campaigns.invitations import invite_everybody
from core.campaigns.model import CLUSTERS, HELP_CONTACT, CampaignState, ParticipationState, Recipients
from core.campaigns.recipients import draw
from core.campaigns.reminding import plan_reminders
from core.campaigns.rows import note, recipients_of
from core.clock import Clock, local_date
from core.errors import AppError
from core.people.model import Actor
from core.profiles.rules import help_contact
from core.releases.rules import AudienceSize, make_clusters
from core.surveys.drafts import definition_of
from core.surveys.model import Respondent, SurveyPrivacy
from storage.models import Campaign, Municipality, Organisation, Participation, SurveyVersion


async def open_campaign(session: AsyncSession, clock: Clock, actor: Actor | None, campaign: Campaign) -> int:
    """How many people take part. Raises what core.campaigns.rules refuses, and campaign.nobody."""
    if campaign.state == CampaignState.OPEN:
        return await participants(session, campaign.id)
    contact, timezone = await check_can_open(session, clock, campaign)
    now = clock.now()
    version = await session.get_one(SurveyVersion, campaign.survey_version_id)
    whom = recipients_of(campaign, definition_of(version))
    invited = await _draw_in(session, campaign, whom, local_date(now, timezone))
    clusters = make_clusters(await _sizes(session, campaign.id, whom.respondent), campaign.k)
    campaign.options = {
        **campaign.options,
        **({HELP_CONTACT: contact} if contact else {}),
        CLUSTERS: {code: list(members) for code, members in clusters.items()},
    }
    campaign.state = CampaignState.OPEN
    campaign.opened_at = now
    campaign.opens_at = min(campaign.opens_at, now)
    await plan_reminders(session, campaign, timezone, now)
    told = await invite_everybody(session, clock, campaign.id)
    note(session, clock, actor, "campaign.opened", campaign, invited=invited, told=told)
    return invited


async def _draw_in(session: AsyncSession, campaign: Campaign, whom: Recipients, today: date) -> int:
    rows = (await draw(session, whom, today)).subquery()
    await session.execute(
        insert(Participation).from_select(
            ["campaign_id", "teacher_id", "subject", "organisation_id", "state"],
            select(
                literal(campaign.id),
                rows.c.teacher_id,
                rows.c.subject,
                rows.c.organisation_id,
                literal(ParticipationState.INVITED.value),
            ),
        )
    )
    invited = await participants(session, campaign.id)
    if invited == 0:
        raise AppError("campaign.nobody")
    return invited


async def check_can_open(session: AsyncSession, clock: Clock, campaign: Campaign) -> tuple[str, str]:
    """The help contact and the municipality's time zone. Raises campaign.privacy_loosened and what rules refuse."""
    municipality = await session.get_one(Municipality, campaign.municipality_id)
    version = await session.get_one(SurveyVersion, campaign.survey_version_id)
    contact = campaign.options.get(HELP_CONTACT) or help_contact(municipality.settings)
    rules.check_can_open(
        CampaignState(campaign.state), SurveyPrivacy(version.privacy), contact, campaign.closes_at, clock.now()
    )
    await _check_privacy(session, campaign, version)
    return contact, municipality.timezone


async def _check_privacy(session: AsyncSession, campaign: Campaign, version: SurveyVersion) -> None:
    """Since this version was published a stricter one may have been answered: then the looser one stays unused."""
    answered = await answered_privacy(session, campaign.municipality_id, version.survey_id)
    if loosened(SurveyPrivacy(version.privacy), answered) is not None:
        raise AppError("campaign.privacy_loosened")


async def participants(session: AsyncSession, campaign_id: int) -> int:
    """How many people take part, each counted once."""
    people = select(func.count(Participation.teacher_id.distinct())).where(Participation.campaign_id == campaign_id)
    return (await session.execute(people)).scalar_one()


async def _sizes(session: AsyncSession, campaign_id: int, respondent: Respondent) -> list[AudienceSize]:
    rows = await session.execute(
        select(Organisation.id, Organisation.kind, Units(respondent).count())
        .join(Participation, Participation.organisation_id == Organisation.id)
        .where(Participation.campaign_id == campaign_id)
        .group_by(Organisation.id, Organisation.kind)
    )
    return [AudienceSize(*row) for row in rows]
