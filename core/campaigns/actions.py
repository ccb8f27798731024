"""What a methodist, or the clock, does with a campaign. One function, one transaction, one line of audit."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import select

from core.campaigns import drafting, rules
from core.campaigns.closing import close_campaign
from core.campaigns.model import CampaignState, NewCampaign, ReminderState
from core.campaigns.opening import check_can_open, open_campaign
from core.campaigns.reminding import plan_reminders, send_reminder
from core.campaigns.rows import locked, note, own
from core.clock import Clock
from core.errors import AppError, NotFound
from core.people.model import Actor
from core.sealing import Sealer
from storage.models import Campaign, CampaignReminder, Municipality
from storage.session import Store

log = structlog.get_logger(__name__)


async def create(store: Store, clock: Clock, actor: Actor, new: NewCampaign) -> int:
    """A draft; returns its id.

    Raises NotFound for a municipality the actor does not manage, and what core.campaigns.drafting refuses.
    """
    if not actor.manages(new.municipality_id):
        raise NotFound
    rules.check_dates(new.opens_at, new.closes_at, clock.now())
    async with store.write() as session:
        campaign = Campaign(municipality_id=new.municipality_id, state=CampaignState.DRAFT, created_by=actor.account_id)
        await drafting.fill(session, campaign, new)
        session.add(campaign)
        await session.flush()
        note(session, clock, actor, "campaign.created", campaign)
        return campaign.id


async def change(store: Store, clock: Clock, actor: Actor, campaign_id: int, new: NewCampaign) -> None:
    """Everything about one that has not opened yet; it keeps its survey, and its version unless `new` names one.

    Raises campaign.already_opened, what drafting refuses, and of a scheduled one what would keep it from opening.
    """
    rules.check_dates(new.opens_at, new.closes_at, clock.now())
    async with store.write() as session:
        campaign = await own(session, actor, campaign_id)
        rules.check_can_change(CampaignState(campaign.state))
        await drafting.fill(session, campaign, replace(new, municipality_id=campaign.municipality_id))
        if campaign.state == CampaignState.SCHEDULED:
            await check_can_open(session, clock, campaign)
        note(session, clock, actor, "campaign.changed", campaign)


async def discard(store: Store, clock: Clock, actor: Actor, campaign_id: int) -> None:
    """Deletes one that has not opened yet. Raises campaign.already_opened, NotFound also when it is gone already."""
    async with store.write() as session:
        campaign = await own(session, actor, campaign_id)
        rules.check_can_change(CampaignState(campaign.state))
        note(session, clock, actor, "campaign.discarded", campaign)
        await session.delete(campaign)


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


async def unschedule(store: Store, clock: Clock, actor: Actor, campaign_id: int) -> None:
    """A draft again: it does not open by itself. Raises campaign.already_opened."""
    async with store.write() as session:
        campaign = await own(session, actor, campaign_id)
        rules.check_can_change(CampaignState(campaign.state))
        if campaign.state == CampaignState.SCHEDULED:
            campaign.state = CampaignState.DRAFT
            note(session, clock, actor, "campaign.unscheduled", campaign)


async def open_now(store: Store, clock: Clock, actor: Actor, campaign_id: int) -> int:
    """Opens it and invites; returns how many people take part. One that is open stays as it is.

    Everybody it is meant for takes part (the denominator of the response rate); a message goes to those
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
    """Another closing time; reminders that hang on it move along.

    Raises campaign.closed, campaign.closes_in_past, campaign.closes_before_opening.
    """
    async with store.write() as session:
        campaign = await own(session, actor, campaign_id)
        rules.check_extension(CampaignState(campaign.state), closes_at, clock.now())
        if closes_at <= campaign.opens_at:
            raise AppError("campaign.closes_before_opening")
        campaign.closes_at = closes_at
        if campaign.state == CampaignState.OPEN:
            timezone = (await session.get_one(Municipality, campaign.municipality_id)).timezone
            await plan_reminders(session, campaign, timezone, clock.now())
        note(session, clock, actor, "campaign.extended", campaign, closes_at=closes_at.isoformat())


async def close(store: Store, clock: Clock, actor: Actor, campaign_id: int, sealer: Sealer) -> None:
    """Closes it for good: what was not sent is erased, a protected one gets its frozen release.

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


async def remind_due(store: Store, clock: Clock) -> int:
    """Queues the reminders whose time has come; returns how many people get one. Each is dealt with once."""
    async with store.read() as session:
        due = await session.execute(
            select(CampaignReminder.id, CampaignReminder.campaign_id)
            .where(CampaignReminder.state == ReminderState.PLANNED, CampaignReminder.due_at <= clock.now())
            .order_by(CampaignReminder.due_at, CampaignReminder.id)
        )
        found = [(reminder, campaign) for reminder, campaign in due]
    return sum([await _remind(store, clock, *one) for one in found])


async def _remind(store: Store, clock: Clock, reminder_id: int, campaign_id: int) -> int:
    async with store.write() as session:
        campaign = await locked(session, campaign_id)
        reminder = await session.get(CampaignReminder, reminder_id)
        # Another scheduler was first, or the end was moved meanwhile.
        if reminder is None or reminder.state != ReminderState.PLANNED or reminder.due_at > clock.now():
            return 0
        people = await send_reminder(session, campaign, reminder, clock.now())
        note(session, clock, None, "campaign.reminded", campaign, state=reminder.state, people=people)
        return people


async def _due(store: Store, state: CampaignState, moment: Any, now: datetime) -> list[int]:
    async with store.read() as session:
        return list(
            await session.scalars(
                select(Campaign.id).where(Campaign.state == state, moment <= now).order_by(moment, Campaign.id)
            )
        )
