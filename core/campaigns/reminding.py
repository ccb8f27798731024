"""Reminders of a campaign as rows. Work inside the caller's transaction, the campaign locked before."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from core.campaigns.invitations import CAN_BE_ASKED
from core.campaigns.model import REMINDER, REMINDERS, CampaignState, ParticipationState, ReminderState
from core.campaigns.reminders import ReminderPlan
from core.reminders.campaigns import Occasion, link
from core.reminders.model import ReminderKind
from core.surveys.drafts import definition_of
from core.surveys.model import Respondent
from storage.models import Account, Campaign, CampaignReminder, Participation, SurveyVersion
from storage.outbox import NewDelivery, enqueue

USEFUL_FOR = timedelta(days=1)
"""After downtime: a reminder later than that is dropped."""


def plan_of(campaign: Campaign) -> ReminderPlan:
    return ReminderPlan.from_json(campaign.options.get(REMINDERS))


async def plan_reminders(session: AsyncSession, campaign: Campaign, timezone: str, now: datetime) -> None:
    """Plans what is still to come, also after the end was moved; what has had its time stays as it is."""
    await session.execute(
        delete(CampaignReminder).where(
            CampaignReminder.campaign_id == campaign.id,
            CampaignReminder.state == ReminderState.PLANNED,
            CampaignReminder.due_at > now,
        )
    )
    due = plan_of(campaign).due(campaign.opened_at or campaign.opens_at, campaign.closes_at, timezone)
    session.add_all(
        CampaignReminder(campaign_id=campaign.id, due_at=one, state=ReminderState.PLANNED) for one in due if one > now
    )


async def skip_reminders(session: AsyncSession, campaign: Campaign) -> None:
    await session.execute(
        update(CampaignReminder)
        .where(CampaignReminder.campaign_id == campaign.id, CampaignReminder.state == ReminderState.PLANNED)
        .values(state=ReminderState.SKIPPED)
    )


async def send_reminder(session: AsyncSession, campaign: Campaign, reminder: CampaignReminder, now: datetime) -> int:
    """Queues it for everybody who has not submitted, or notes why not; returns how many people get it."""
    if campaign.state != CampaignState.OPEN or campaign.closes_at <= now:
        reminder.state = ReminderState.SKIPPED
    elif now - reminder.due_at > USEFUL_FOR:
        reminder.state = ReminderState.LATE
    else:
        asked = await _outstanding(session, campaign)
        messages = [_message(campaign.id, reminder.id, *one, now) for one in asked]
        await enqueue(session, messages)
        await link(session, await _occasion(session, campaign, reminder), messages)
        reminder.people = len({account for account, _ in asked})
        reminder.state = ReminderState.SENT if asked else ReminderState.NOBODY
    return reminder.people if reminder.state == ReminderState.SENT else 0


async def _occasion(session: AsyncSession, campaign: Campaign, reminder: CampaignReminder) -> Occasion:
    about_places = await _respondent(session, campaign) is Respondent.ORGANISATION
    kind = ReminderKind.SELF_REVIEW if about_places else ReminderKind.SURVEY
    until = min(reminder.due_at + USEFUL_FOR, campaign.closes_at)
    return Occasion(campaign.municipality_id, kind, campaign.id, reminder.due_at, until)


async def _respondent(session: AsyncSession, campaign: Campaign) -> Respondent:
    return definition_of(await session.get_one(SurveyVersion, campaign.survey_version_id)).respondent


async def _outstanding(session: AsyncSession, campaign: Campaign) -> list[tuple[int, int]]:
    """(account, subject) of what is not submitted."""
    asked = (
        select(Account.id, Participation.subject)
        .join(Participation, Participation.teacher_id == Account.teacher_id)
        .where(
            Participation.campaign_id == campaign.id,
            Participation.state != ParticipationState.SUBMITTED,
            CAN_BE_ASKED,
        )
        .order_by(Account.id, Participation.subject)
    )
    if await _respondent(session, campaign) is Respondent.ORGANISATION:
        asked = asked.where(~_taken_by_a_colleague())
    return [(account, subject) for account, subject in await session.execute(asked)]


def _taken_by_a_colleague() -> ColumnElement[bool]:
    """Another coordinator has begun to answer for the organisation, and only that one can go on."""
    other = aliased(Participation)
    return exists().where(
        other.campaign_id == Participation.campaign_id,
        other.subject == Participation.subject,
        other.teacher_id != Participation.teacher_id,
        other.state == ParticipationState.BEGUN,
    )


def _message(campaign_id: int, reminder_id: int, account_id: int, subject: int, now: datetime) -> NewDelivery:
    slot, params = (f"{reminder_id}-{subject}", {"subject": subject}) if subject else (str(reminder_id), None)
    return NewDelivery(REMINDER, campaign_id, account_id, now, slot, params)
