"""Which groups of a protected campaign a person belongs to. Opens no transaction."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.people.rules import experience
from core.releases.model import BallotCuts
from storage.models import Campaign, Organisation, Teacher

CLUSTERS = "clusters"
"""Key of `Campaign.options`: organisation id (as text) → name of its cluster, fixed when the campaign opens."""


async def cuts_of(session: AsyncSession, campaign: Campaign, teacher_id: int) -> BallotCuts:
    """The year of the campaign's opening counts, so that a New Year moves nobody to another group."""
    first_work_year, organisation_id, kind = (
        await session.execute(
            select(Teacher.first_work_year, Organisation.id, Organisation.kind)
            .join(Organisation, Organisation.id == Teacher.organisation_id)
            .where(Teacher.id == teacher_id)
        )
    ).one()
    year = campaign.opens_at.year
    clusters = campaign.options.get(CLUSTERS, {})
    return BallotCuts(kind, experience(first_work_year, year), str(clusters.get(str(organisation_id), kind)))
