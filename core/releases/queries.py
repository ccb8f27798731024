"""Which groups a person's ballot will carry, and what a closed campaign has published."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CLUSTERS
from core.clock import local_date
from core.people.rules import experience
from core.releases.model import BallotCuts, Cell, Cut
from core.releases.rules import cluster_of, kind_of
from storage.models import Campaign, Municipality, Organisation, ReleaseCell, Teacher


async def cuts_of(session: AsyncSession, campaign: Campaign, teacher_id: int) -> BallotCuts:
    """The groups of a ballot. Years of work count as of the opening, so they do not tell when it was cast."""
    kind, organisation_id, first_work_year, timezone = (
        await session.execute(
            select(Organisation.kind, Organisation.id, Teacher.first_work_year, Municipality.timezone)
            .join(Teacher, Teacher.organisation_id == Organisation.id)
            .join(Municipality, Municipality.id == Organisation.municipality_id)
            .where(Teacher.id == teacher_id)
        )
    ).one()
    opened = local_date(campaign.opened_at or campaign.opens_at, timezone)
    cluster = cluster_of(campaign.options.get(CLUSTERS, {}), organisation_id)
    return BallotCuts(
        kind=kind_of(cluster) or kind,  # as of the opening, so that a cluster lies within one kind
        experience=experience(first_work_year, opened.year),
        cluster=cluster,
    )


async def released(session: AsyncSession, campaign_id: int) -> list[Cell]:
    """Every published figure of a campaign; what was withheld is not there, nor is what never was."""
    rows = await session.scalars(
        select(ReleaseCell)
        .where(ReleaseCell.campaign_id == campaign_id)
        .order_by(ReleaseCell.cut, ReleaseCell.group, ReleaseCell.measure)
    )
    return [Cell(Cut(row.cut), row.group, row.measure, row.n, row.value) for row in rows]
