"""Who took part in a campaign, and in which groups: known of anonymous campaigns, too."""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CLUSTERS, ParticipationState
from core.clock import local_date
from core.people.rules import experience
from core.releases.model import BallotCuts
from core.releases.rules import kind_of, organisations_of
from storage.models import Campaign, Municipality, Organisation, Participation, Teacher

Cutter = Callable[[int, str, int | None], BallotCuts]
"""Organisation, its present kind and the first working year of a person → groups in one campaign."""

Key = tuple[int, int]
"""Teacher and what the answers are about: one ballot."""


async def cutter(session: AsyncSession, campaign: Campaign) -> Cutter:
    """The groups of a campaign. Years of work count as of the opening, so they do not tell when a ballot was cast."""
    timezone = (await session.get_one(Municipality, campaign.municipality_id)).timezone
    year = local_date(campaign.opened_at or campaign.opens_at, timezone).year
    clusters = organisations_of(campaign.options.get(CLUSTERS, {}))

    def cuts(organisation_id: int, kind: str, first_work_year: int | None) -> BallotCuts:
        cluster = clusters.get(organisation_id, "")
        # The kind as of the opening, so that a cluster lies within one kind.
        return BallotCuts(kind_of(cluster) or kind, experience(first_work_year, year), cluster)

    return cuts


async def participants(session: AsyncSession, campaign: Campaign) -> dict[Key, BallotCuts]:
    """Groups of everybody who submitted and is still in the registry."""
    cuts = await cutter(session, campaign)
    rows = await session.execute(
        select(
            Participation.teacher_id, Participation.subject, Organisation.id, Organisation.kind, Teacher.first_work_year
        )
        .join(Teacher, Teacher.id == Participation.teacher_id)
        .join(Organisation, Organisation.id == func.coalesce(Participation.organisation_id, Teacher.organisation_id))
        .where(Participation.campaign_id == campaign.id, Participation.state == ParticipationState.SUBMITTED)
    )
    return {(teacher, subject): cuts(organisation, kind, year) for teacher, subject, organisation, kind, year in rows}


async def most_ballots(session: AsyncSession, campaign_id: int) -> int:
    """The most ballots that one person has cast, at least 1."""
    each = (
        select(func.count().label("ballots"))
        .where(Participation.campaign_id == campaign_id, Participation.state == ParticipationState.SUBMITTED)
        .group_by(Participation.teacher_id)
        .subquery()
    )
    most: int = (await session.execute(select(func.coalesce(func.max(each.c.ballots), 1)))).scalar_one()
    return most
