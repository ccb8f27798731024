"""Invitations to open campaigns. Work inside the caller's transaction: opening one, or somebody joining."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import INVITATION, CampaignState, ParticipationState
from core.clock import Clock
from core.outgoing.rules import from_settings
from core.timing.hours import allowed_from
from storage.models import Account, Campaign, Chat, Consent, Municipality, Participation
from storage.outbox import NewDelivery, enqueue

CAN_BE_ASKED = (
    Account.active
    & exists().where(Consent.account_id == Account.id, Consent.withdrawn_at.is_(None))
    & exists().where(Chat.account_id == Account.id)
)
"""Has joined: account with a consent and a chat. Without the consent nothing is asked (SPEC §3)."""


async def invite_everybody(session: AsyncSession, clock: Clock, campaign_id: int) -> int:
    """Invites those of the campaign who have joined; returns how many messages. A second time adds none.

    In quiet hours and on no-send days the invitations wait.
    """
    asked = await session.execute(
        select(Account.id, Participation.subject)
        .join(Participation, Participation.teacher_id == Account.teacher_id)
        .where(Participation.campaign_id == campaign_id, CAN_BE_ASKED)
        .order_by(Account.id, Participation.subject)
    )
    start = await first_invitation(session, clock.now(), campaign_id)
    return await enqueue(session, [_invitation(campaign_id, account, subject, start) for account, subject in asked])


async def first_invitation(session: AsyncSession, opened: datetime, campaign_id: int) -> datetime:
    """When the first invitation goes out if the campaign opens at that moment."""
    found = await session.execute(
        select(Municipality.settings, Municipality.timezone)
        .join(Campaign, Campaign.municipality_id == Municipality.id)
        .where(Campaign.id == campaign_id)
    )
    settings, timezone = found.one()
    return allowed_from(opened, from_settings(settings), timezone)


async def invite_joined(session: AsyncSession, clock: Clock, account_id: int, teacher_id: int) -> int:
    """Called when somebody has just given consent: invites them to what is open and not yet submitted.

    At any hour: the person is here at this moment.
    """
    asked = await session.execute(
        select(Participation.campaign_id, Participation.subject)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(
            Participation.teacher_id == teacher_id,
            Participation.state != ParticipationState.SUBMITTED,
            Campaign.state == CampaignState.OPEN,
            Campaign.closes_at > clock.now(),
        )
        .order_by(Participation.campaign_id, Participation.subject)
    )
    now = clock.now()
    return await enqueue(
        session, [_invitation(campaign, account_id, subject, now, urgent=True) for campaign, subject in asked]
    )


def _invitation(
    campaign_id: int, account_id: int, subject: int, not_before: datetime, *, urgent: bool = False
) -> NewDelivery:
    """One message for each questionnaire; who is asked about two pairs gets two."""
    slot, params = (str(subject), {"subject": subject}) if subject else ("", None)
    return NewDelivery(INVITATION, campaign_id, account_id, not_before, slot, params, urgent)
