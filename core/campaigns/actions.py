"""What a methodist, or the clock, does with a campaign. One function, one transaction, one line of audit."""

from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Audience
from core.campaigns import rules
from core.campaigns.closing import close_campaign
from core.campaigns.model import CampaignState, NewCampaign
from core.campaigns.opening import check_can_open, open_campaign
from core.campaigns.rows import locked, note, own
from core.clock import Clock
from core.errors import AppError, NotFound
from core.people.model import Actor
from core.profiles.rules import smallest_group
from core.sealing import Sealer
from core.surveys.drafts import definition_of
from storage.models import Campaign, Municipality, Organisation, Survey, SurveyVersion
from storage.session import Store

log = structlog.get_logger(__name__)


async def create(store: Store, clock: Clock, actor: Actor, new: NewCampaign) -> int:
    """A draft on the newest version of the survey; returns its id.

    Raises NotFound for a municipality the actor does not manage, campaign.unknown_survey, and what
    core.campaigns.rules refuses.
    """
    if not actor.manages(new.municipality_id):
        raise NotFound
    title = rules.checked_title(new.title)
    rules.check_dates(new.opens_at, new.closes_at, clock.now())
    async with store.write() as session:
        version = await _newest_version(session, new.survey_code)
        municipality = await session.get_one(Municipality, new.municipality_id)
        await _check_audience(session, new.municipality_id, new.audience)
        definition = definition_of(version)
        campaign = Campaign(
            municipality_id=new.municipality_id,
            survey_version_id=version.id,
            title=title,
            state=CampaignState.DRAFT,
            audience=new.audience.to_json(),
            options=rules.checked_options(definition, new.options),
            k=smallest_group(municipality.settings, new.survey_code, definition.k),
            opens_at=new.opens_at,
            closes_at=new.closes_at,
            created_by=actor.account_id,
        )
        session.add(campaign)
        await session.flush()
        note(session, clock, actor, "campaign.created", campaign)
        return campaign.id


async def schedule(store: Store, clock: Clock, actor: Actor, campaign_id: int) -> None:
    """From now on it opens by itself at its time; what would keep it from opening is refused already here."""
    async with store.write() as session:
        campaign = await own(session, actor, campaign_id)
        if campaign.state == CampaignState.SCHEDULED:
            return
        if campaign.state != CampaignState.DRAFT:
            raise AppError("campaign.not_draft")
        await check_can_open(session, clock, campaign)
        campaign.state = CampaignState.SCHEDULED
        note(session, clock, actor, "campaign.scheduled", campaign)


async def open_now(store: Store, clock: Clock, actor: Actor, campaign_id: int) -> int:
    """Opens it and invites; returns how many teachers take part. One that is open stays as it is.

    Everybody of the audience takes part (the denominator of the response rate); a message goes to those
    who have joined, the others get theirs when they join. Raises what core.campaigns.rules refuses, and
    campaign.nobody.
    """
    async with store.write() as session:
        campaign = await own(session, actor, campaign_id)
        return await open_campaign(session, clock, actor, campaign)


async def open_due(store: Store, clock: Clock) -> list[int]:
    """Opens what is scheduled and whose time has come; returns their ids. One that cannot open is logged."""
    opened = []
    for campaign_id in await _due(store, CampaignState.SCHEDULED, Campaign.opens_at, clock.now()):
        try:
            async with store.write() as session:
                campaign = await locked(session, campaign_id)
                if campaign.state != CampaignState.SCHEDULED:
                    continue
                await open_campaign(session, clock, None, campaign)
        except AppError as error:
            log.warning("campaign_cannot_open", campaign_id=campaign_id, reason=error.key)
        else:
            opened.append(campaign_id)
    return opened


async def extend(store: Store, clock: Clock, actor: Actor, campaign_id: int, closes_at: datetime) -> None:
    """Another closing time. Raises campaign.closed, campaign.closes_in_past, campaign.closes_before_opening."""
    async with store.write() as session:
        campaign = await own(session, actor, campaign_id)
        rules.check_extension(CampaignState(campaign.state), closes_at, clock.now())
        if closes_at <= campaign.opens_at:
            raise AppError("campaign.closes_before_opening")
        campaign.closes_at = closes_at
        note(session, clock, actor, "campaign.extended", campaign, closes_at=closes_at.isoformat())


async def close(store: Store, clock: Clock, actor: Actor, campaign_id: int, sealer: Sealer) -> None:
    """Closes it for good; an anonymous one gets its frozen release and loses its ballots and drafts.

    A second time changes nothing. Raises campaign.not_open, and sealing.wrong_key or release.damaged_ballot:
    then the campaign stays open and nothing is erased.
    """
    try:
        async with store.write(scrub=True) as session:
            await close_campaign(session, clock, actor, await own(session, actor, campaign_id), sealer)
    except AppError as error:
        log.warning("campaign_cannot_close", campaign_id=campaign_id, reason=error.key)
        raise


async def close_due(store: Store, clock: Clock, sealer: Sealer) -> list[int]:
    """Closes what is open and whose time is over; returns their ids. One that cannot close is logged."""
    closed = []
    for campaign_id in await _due(store, CampaignState.OPEN, Campaign.closes_at, clock.now()):
        try:
            async with store.write(scrub=True) as session:
                campaign = await locked(session, campaign_id)
                if campaign.closes_at > clock.now():
                    continue
                await close_campaign(session, clock, None, campaign, sealer)
        except AppError as error:
            log.error("campaign_cannot_close", campaign_id=campaign_id, reason=error.key)
        else:
            closed.append(campaign_id)
    return closed


async def _check_audience(session: AsyncSession, municipality_id: int, audience: Audience) -> None:
    own = select(func.count()).where(
        Organisation.municipality_id == municipality_id, Organisation.id.in_(sorted(audience.organisations))
    )
    if audience.organisations and (await session.execute(own)).scalar_one() != len(audience.organisations):
        raise NotFound


async def _newest_version(session: AsyncSession, survey_code: str) -> SurveyVersion:
    version = await session.scalar(
        select(SurveyVersion)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Survey.code == survey_code)
        .order_by(SurveyVersion.published_at.desc(), SurveyVersion.id.desc())
        .limit(1)
    )
    if version is None:
        raise AppError("campaign.unknown_survey")
    return version


async def _due(store: Store, state: CampaignState, moment: Any, now: datetime) -> list[int]:
    async with store.read() as session:
        return list(
            await session.scalars(
                select(Campaign.id).where(Campaign.state == state, moment <= now).order_by(moment, Campaign.id)
            )
        )
