"""Which groups a person's ballot will carry, and what a closed campaign has published."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.releases.model import BallotCuts, Cell, Cut
from core.releases.participants import cutter
from storage.models import Campaign, Organisation, Participation, ReleaseCell, ReleaseText, Teacher


async def cuts_of(session: AsyncSession, campaign: Campaign, teacher_id: int) -> BallotCuts:
    """The groups of a ballot, by the organisation where the person worked when the campaign opened."""
    then = (
        select(func.min(Participation.organisation_id))
        .where(Participation.campaign_id == campaign.id, Participation.teacher_id == teacher_id)
        .scalar_subquery()
    )
    organisation_id, kind, first_work_year = (
        await session.execute(
            select(Organisation.id, Organisation.kind, Teacher.first_work_year)
            .join(Teacher, Organisation.id == func.coalesce(then, Teacher.organisation_id))
            .where(Teacher.id == teacher_id)
        )
    ).one()
    return (await cutter(session, campaign))(organisation_id, kind, first_work_year)


async def released(session: AsyncSession, campaign_id: int) -> list[Cell]:
    """Every published figure of a campaign; what was withheld is not there, nor is what never was."""
    rows = await session.scalars(
        select(ReleaseCell)
        .where(ReleaseCell.campaign_id == campaign_id)
        .order_by(ReleaseCell.cut, ReleaseCell.group, ReleaseCell.measure)
    )
    return [Cell(Cut(row.cut), row.group, row.measure, row.n, row.value) for row in rows]


async def released_texts(session: AsyncSession, campaign_id: int) -> list[tuple[str, str]]:
    """Question and text, in the order of ids that were drawn by lot."""
    rows = await session.execute(
        select(ReleaseText.question, ReleaseText.text)
        .where(ReleaseText.campaign_id == campaign_id)
        .order_by(ReleaseText.id)
    )
    return [(question, text) for question, text in rows]
