"""Response rate of campaigns, counted by the database."""

from collections.abc import Sequence

from sqlalchemy import case, func, select

from core.campaigns.model import ParticipationState
from core.campaigns.scope import counted
from core.indicators.context import Context, Wave
from core.indicators.model import Evidence
from storage.models import Campaign, Participation, Teacher

Rates = dict[int, dict[int, tuple[int, int]]]
"""(invited, submitted) by campaign and organisation."""


async def rates(context: Context, found: Sequence[Wave]) -> Rates:
    submitted = func.sum(case((Participation.state == ParticipationState.SUBMITTED, 1), else_=0))
    chosen = (
        select(Participation.campaign_id, Teacher.organisation_id, func.count(), submitted)
        .join(Teacher, Teacher.id == Participation.teacher_id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(Participation.campaign_id.in_([wave.campaign.id for wave in found]), counted())
    )
    if context.organisation_id is not None:
        chosen = chosen.where(Teacher.organisation_id == context.organisation_id)
    rows = await context.session.execute(chosen.group_by(Participation.campaign_id, Teacher.organisation_id))
    result: Rates = {wave.campaign.id: {} for wave in found}
    for campaign, organisation, invited, done in rows:
        result[campaign][organisation] = (invited, done)
    return result


def total(by_organisation: dict[int, tuple[int, int]]) -> tuple[int, int]:
    invited = sum(one[0] for one in by_organisation.values())
    return invited, sum(one[1] for one in by_organisation.values())


async def evidence(context: Context, found: Sequence[Wave]) -> tuple[Evidence, ...]:
    """Which campaigns stand behind a number, newest first."""
    counts = await rates(context, found)
    return tuple(
        Evidence(
            campaign_id=wave.campaign.id,
            title=wave.campaign.title,
            opened_at=wave.campaign.opened_at or wave.campaign.opens_at,
            closed_at=wave.campaign.closed_at,
            invited=total(counts[wave.campaign.id])[0],
            submitted=total(counts[wave.campaign.id])[1],
        )
        for wave in reversed(found)
    )
