"""Earlier waves of a survey that have published, as the disclosure rule wants to know them."""

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CampaignState
from core.disclosure import EVERYBODY, Group, Place, Wave
from core.releases.earlier import Earlier
from core.releases.model import BallotCuts, Cut
from core.releases.participants import Key, most_ballots, participants
from storage.models import Campaign, ReleaseCell, SurveyVersion


async def earlier_waves(session: AsyncSession, campaign: Campaign, ballots: int) -> list[Wave]:
    """Closed campaigns of the same survey in the same municipality, beside this one with so many ballots."""
    before = await published_before(session, campaign)
    if not before:
        return []
    now = _places(await participants(session, campaign))
    return [one.beside(now, complete=len(now) == ballots) for one in before]


async def published_before(session: AsyncSession, campaign: Campaign) -> list[Earlier]:
    """The same waves, to be set beside any ballots of this campaign."""
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
    return [await _earlier(session, one) for one in found.all()]


async def _earlier(session: AsyncSession, campaign: Campaign) -> Earlier:
    rows = await session.execute(
        select(ReleaseCell.cut, ReleaseCell.group, ReleaseCell.n)
        .where(ReleaseCell.campaign_id == campaign.id)
        .distinct()
    )
    published = {Group(Cut(cut), name): ballots for cut, name, ballots in rows}
    places = _places(await participants(session, campaign))
    return Earlier(
        k=campaign.k * await most_ballots(session, campaign.id),
        published=frozenset(published),
        places=places,
        # Ballots of people who have been erased since: nobody can say any more who they were.
        complete=len(places) == published.get(EVERYBODY),
    )


def _places(cuts: dict[Key, BallotCuts]) -> dict[Key, Place]:
    return {key: Place(one.kind, one.cluster, one.experience) for key, one in cuts.items()}
