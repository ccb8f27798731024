"""Reads of rehearsals. Nothing of one is stored."""

import asyncio
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.invitations import first_invitation
from core.campaigns.model import CampaignState
from core.campaigns.rows import recipients_of
from core.campaigns.scope import visible_campaign
from core.clock import Clock
from core.errors import AppError, Denied
from core.people.model import Actor
from core.rehearsal.audience import audience
from core.rehearsal.model import Plan, Rehearsal
from core.rehearsal.rules import rehearse
from core.releases.waves import published_before
from core.surveys.drafts import definition_of
from core.surveys.facts import options_of
from core.surveys.model import NOW
from storage.models import Event, Municipality
from storage.session import Store


async def rehearsal(store: Store, clock: Clock, actor: Actor, campaign_id: int) -> tuple[Plan, Rehearsal]:
    """Worked out anew each time; the database is free while the figures are made.

    Raises NotFound, Denied for those who do not manage the campaign, AppError `rehearsal.too_late` once it has opened.
    """
    async with store.read() as session:
        plan = await plan_of(session, clock, actor, campaign_id)
    return plan, await asyncio.to_thread(rehearse, plan)


async def plan_of(session: AsyncSession, clock: Clock, actor: Actor, campaign_id: int) -> Plan:
    """Raises as `rehearsal` does. One whose opening time has passed is rehearsed as if it opened now."""
    campaign, version = await visible_campaign(session, actor, campaign_id)
    if not actor.manages(campaign.municipality_id):
        raise Denied
    if campaign.state not in {CampaignState.DRAFT, CampaignState.SCHEDULED}:
        raise AppError("rehearsal.too_late")
    definition = definition_of(version)
    whom = recipients_of(campaign, definition)
    zone = ZoneInfo((await session.get_one(Municipality, campaign.municipality_id)).timezone)
    opens_at = max(campaign.opens_at, clock.now()).astimezone(zone)
    known = {NOW: opens_at.isoformat(timespec="seconds"), **options_of(campaign, definition)}
    if whom.event_id is not None:
        known["event_title"] = await session.scalar(select(Event.title).where(Event.id == whom.event_id)) or ""
    return Plan(
        seed=campaign.id,
        definition=definition,
        k=campaign.k,
        opens_at=opens_at,
        asked=await audience(session, whom, known, opens_at.date()),
        earlier=tuple(await published_before(session, campaign)),
        invites_at=await first_invitation(session, opens_at, campaign.id),
    )
