"""Earlier waves of a survey that have published, as the disclosure rule wants to know them."""

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CampaignState
from core.disclosure import EVERYBODY, Group, Place, Wave, compare
from core.releases.model import BallotCuts, Cut
from core.releases.participants import Key, most_ballots, participants
from storage.models import Campaign, ReleaseCell, SurveyVersion


async def earlier_waves(session: AsyncSession, campaign: Campaign, ballots: int) -> list[Wave]:
    """Closed campaigns of the same survey in the same municipality, beside this one with so many ballots."""
    survey = select(SurveyVersion.survey_id).where(SurveyVersion.id == campaign.survey_version_id).scalar_subquery()
    found = await session.scalars(
        select(Campaign)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .where(
            SurveyVersion.survey_id == survey,
            Campaign.municipality_id == campaign.municipality_id,
            Campaign.id != campaign.id,
            Campaign.state == CampaignState.CLOSED,
            exists().where(ReleaseCell.campaign_id == Campaign.id),
        )
    )
    waves = list(found)
    if not waves:
        return []
    now = _places(await participants(session, campaign))
    return [await _wave(session, one, now, len(now) == ballots) for one in waves]


async def _wave(session: AsyncSession, campaign: Campaign, now: dict[Key, Place], complete: bool) -> Wave:
    rows = await session.execute(
        select(ReleaseCell.cut, ReleaseCell.group, ReleaseCell.n)
        .where(ReleaseCell.campaign_id == campaign.id)
        .distinct()
    )
    published = {Group(Cut(cut), name): ballots for cut, name, ballots in rows}
    before = _places(await participants(session, campaign))
    return compare(
        campaign.k * await most_ballots(session, campaign.id),
        published,
        before,
        now,
        # Ballots of people who have been erased since: nobody can say any more who they were.
        complete=complete and len(before) == published.get(EVERYBODY),
    )


def _places(cuts: dict[Key, BallotCuts]) -> dict[Key, Place]:
    return {key: Place(one.kind, one.cluster, one.experience) for key, one in cuts.items()}
