"""A campaign opens: who takes part, into which clusters they fall, who is told. Inside the action's transaction."""

from datetime import date

from sqlalchemy import func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Audience
from core.audiences.queries import selection
from core.campaigns import rules
from core.campaigns.invitations import invite_everybody
from core.campaigns.model import CLUSTERS, HELP_CONTACT, CampaignState, ParticipationState
from core.campaigns.rows import note
from core.clock import Clock, local_date
from core.errors import AppError
from core.people.model import Actor
from core.profiles.rules import help_contact
from core.releases.rules import AudienceSize, make_clusters
from core.surveys.model import SurveyPrivacy
from storage.models import Campaign, Municipality, Organisation, Participation, SurveyVersion, Teacher


async def open_campaign(session: AsyncSession, clock: Clock, actor: Actor | None, campaign: Campaign) -> int:
    """How many take part. Raises what core.campaigns.rules refuses, and campaign.nobody."""
    if campaign.state == CampaignState.OPEN:
        return await participants(session, campaign.id)
    contact, timezone = await check_can_open(session, clock, campaign)
    now = clock.now()
    invited = await _draw_in(session, campaign, local_date(now, timezone))
    clusters = make_clusters(await _sizes(session, campaign.id), campaign.k)
    campaign.options = {
        **campaign.options,
        **({HELP_CONTACT: contact} if contact else {}),
        CLUSTERS: {code: list(members) for code, members in clusters.items()},
    }
    campaign.state = CampaignState.OPEN
    campaign.opened_at = now
    campaign.opens_at = min(campaign.opens_at, now)
    told = await invite_everybody(session, clock, campaign.id)
    note(session, clock, actor, "campaign.opened", campaign, invited=invited, told=told)
    return invited


async def _draw_in(session: AsyncSession, campaign: Campaign, today: date) -> int:
    chosen = await selection(session, campaign.municipality_id, Audience.from_json(campaign.audience), today)
    rows = chosen.order_by(None).subquery()
    await session.execute(
        insert(Participation).from_select(
            ["campaign_id", "teacher_id", "state"],
            select(literal(campaign.id), rows.c.id, literal(ParticipationState.INVITED.value)),
        )
    )
    invited = await participants(session, campaign.id)
    if invited == 0:
        raise AppError("campaign.nobody")
    return invited


async def check_can_open(session: AsyncSession, clock: Clock, campaign: Campaign) -> tuple[str, str]:
    """The help contact and the municipality's time zone."""
    municipality = await session.get_one(Municipality, campaign.municipality_id)
    version = await session.get_one(SurveyVersion, campaign.survey_version_id)
    contact = campaign.options.get(HELP_CONTACT) or help_contact(municipality.settings)
    rules.check_can_open(
        CampaignState(campaign.state), SurveyPrivacy(version.privacy), contact, campaign.closes_at, clock.now()
    )
    return contact, municipality.timezone


async def participants(session: AsyncSession, campaign_id: int) -> int:
    people = select(func.count()).where(Participation.campaign_id == campaign_id)
    return (await session.execute(people)).scalar_one()


async def _sizes(session: AsyncSession, campaign_id: int) -> list[AudienceSize]:
    rows = await session.execute(
        select(Organisation.id, Organisation.kind, func.count())
        .join(Teacher, Teacher.organisation_id == Organisation.id)
        .join(Participation, Participation.teacher_id == Teacher.id)
        .where(Participation.campaign_id == campaign_id)
        .group_by(Organisation.id, Organisation.kind)
    )
    return [AudienceSize(*row) for row in rows]
