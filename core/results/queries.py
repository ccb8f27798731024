"""The only door to the results of a campaign for page, chart and file; scoped by the actor."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns import queries as campaigns
from core.campaigns.model import CLUSTERS, CampaignDetail, CampaignState
from core.errors import NotFound
from core.people.model import Actor
from core.results.groups import cuts_for, division
from core.results.model import CampaignResults, Result, ResultCut
from core.results.named import named
from core.results.published import EVERYBODY
from core.results.released import CUTS, cluster_titles, released_results
from core.results.source import Source
from core.results.waves import Wave, earlier, is_comparable, wave, wave_before
from core.surveys.results import with_local_levels
from storage.models import Municipality


async def results(
    session: AsyncSession,
    actor: Actor,
    campaign_id: int,
    cut: ResultCut | None = None,
    names: Collection[str] | None = None,
) -> CampaignResults:
    """Of the whole municipality, and by `cut`; of questions not in `names` without it.

    Raises NotFound for a campaign or a cut out of reach, and for one that has not opened.
    """
    detail = await campaign(session, actor, campaign_id)
    now = await wave_of(session, campaign_id)
    cuts = await _cuts(session, actor, now)
    if cut is not None and cut not in cuts:
        raise NotFound
    before = await wave_before(session, detail)
    compared = before if before is not None and is_comparable(now, before) else None
    if not now.is_ready:
        return CampaignResults(detail, now.source, ready=False, submitted=None)
    scales, questions, submitted = await _counted(session, actor, now, compared, cut, names)
    return CampaignResults(
        campaign=detail,
        source=now.source,
        ready=True,
        submitted=submitted,
        scales=scales,
        questions=questions,
        cuts=cuts,
        cut=cut,
        earlier=earlier(now, before),
        sees_answers=actor.manages(detail.row.municipality_id),
    )


async def groups(session: AsyncSession, actor: Actor, campaign_id: int, cut: ResultCut) -> int:
    """How many groups a cut can have. Raises as `results` does."""
    await campaign(session, actor, campaign_id)
    now = await wave_of(session, campaign_id)
    if cut not in await _cuts(session, actor, now):
        raise NotFound
    if now.source is Source.RELEASE:
        return len(now.campaign.options.get(CLUSTERS, {})) if cut is ResultCut.CLUSTER else 0
    return len((await division(session, actor, now.campaign, cut)).titles)


async def campaign(session: AsyncSession, actor: Actor, campaign_id: int) -> CampaignDetail:
    """Raises NotFound for a campaign out of reach, and for one that has not opened."""
    found = await campaigns.detail(session, actor, campaign_id)
    if found.row.state not in {CampaignState.OPEN, CampaignState.CLOSED}:
        raise NotFound
    return found


_Counted = tuple[tuple[Result, ...], tuple[Result, ...], int | None]
"""Scales, questions, and how many questionnaires are behind them."""


async def wave_of(session: AsyncSession, campaign_id: int) -> Wave:
    """A campaign that the actor was found to reach, with the levels that the municipality's profile sets."""
    found = await wave(session, campaign_id)
    settings = (await session.get_one(Municipality, found.campaign.municipality_id)).settings
    return Wave(found.campaign, with_local_levels(found.definition, settings))


async def _counted(
    session: AsyncSession,
    actor: Actor,
    now: Wave,
    before: Wave | None,
    cut: ResultCut | None,
    names: Collection[str] | None,
) -> _Counted:
    if now.source is Source.RELEASE:
        release = await released_results(session, actor, now, before, cut)
        return release.scales(), release.questions(), release.cells.ballots(EVERYBODY)
    by = None if cut is None else await division(session, actor, now.campaign, cut)
    counted = await named(session, now, before, by, names)
    return counted.scales(), counted.questions(), counted.counts.submitted


async def _cuts(session: AsyncSession, actor: Actor, now: Wave) -> tuple[ResultCut, ...]:
    municipality = now.campaign.municipality_id
    if now.source is Source.ANSWERS:
        return cuts_for(actor, municipality, now.definition.respondent)
    if actor.manages(municipality):
        return tuple(CUTS)
    return (ResultCut.CLUSTER,) if await cluster_titles(session, actor, now) else ()
