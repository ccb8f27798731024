"""What a person's own answers came to: at submission, and again whenever they want to look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import HELP_CONTACT, CampaignState, ResponseState
from core.errors import NotFound
from core.people.model import Actor
from core.profiles.rules import deficit_thresholds
from core.releases.model import Cut, scale_measure
from core.releases.queries import released
from core.surveys import drafts, scoring
from core.surveys.facts import Asked, facts_of
from core.surveys.model import SurveyDefinition, SurveyPrivacy
from core.surveys.scoring import ScaleScore
from core.surveys.steps import Ask, Finished
from storage.models import Campaign, Municipality, Response, ScaleResult, Survey, SurveyVersion

DEFICITS = "deficits"
"""Code of the survey whose levels a municipality may set itself (SPEC §4)."""
BURNOUT = "burnout"
"""Code of the survey whose results are compared with nobody's (SPEC §4)."""


def with_local_levels(definition: SurveyDefinition, settings: Mapping[str, Any]) -> SurveyDefinition:
    """The definition with the levels that the municipality's profile sets.

    A version whose levels the profile does not fit any more keeps its own: no answer may fail for that.
    """
    try:
        return checked_local_levels(definition, settings)
    except ValueError:
        return definition


def checked_local_levels(definition: SurveyDefinition, settings: Mapping[str, Any]) -> SurveyDefinition:
    """The same. Raises ValueError when the profile's levels do not fit the survey's."""
    thresholds = deficit_thresholds(settings)
    if definition.code != DEFICITS or not thresholds:
        return definition
    return scoring.with_thresholds(definition, thresholds)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the scales of a person, by name of scale."""

    averages: Mapping[str, float]
    previous: Mapping[str, float]


NOTHING_BESIDE = Beside({}, {})
"""An anonymous survey: nobody knows what the person answered before, and nobody is compared with colleagues."""


def finished(
    campaign: Campaign,
    definition: SurveyDefinition,
    scores: tuple[ScaleScore, ...],
    beside: Beside,
    message_id: int | None = None,
) -> Finished:
    help_contact = str(campaign.options.get(HELP_CONTACT, ""))
    return Finished(definition, scores, beside.averages, help_contact, campaign.k, message_id, beside.previous)


async def beside(session: AsyncSession, response: Response, campaign: Campaign, definition: SurveyDefinition) -> Beside:
    """Averages that may be published, and what the same person's scales came to last time."""
    return Beside(
        averages=await averages(session, campaign, definition),
        previous=await previous(session, response, definition.code),
    )


async def averages(session: AsyncSession, campaign: Campaign, definition: SurveyDefinition) -> dict[str, float]:
    """Mean of each scale over others: of a named campaign so far, of a confidential survey in its last closed wave.

    A protected survey publishes nothing before it closes (SPEC §3), and feelings are compared with nobody's.
    """
    if definition.privacy is SurveyPrivacy.ANONYMOUS or definition.code == BURNOUT:
        return {}
    if definition.privacy is SurveyPrivacy.CONFIDENTIAL:
        return await _released(session, campaign, definition)
    rows = await session.execute(
        select(ScaleResult.scale, func.avg(ScaleResult.value))
        .join(Response, Response.id == ScaleResult.response_id)
        .where(Response.campaign_id == campaign.id, Response.state == ResponseState.SUBMITTED)
        .group_by(ScaleResult.scale)
        .having(func.count() >= campaign.k)
    )
    return {scale: float(mean) for scale, mean in rows}


async def _released(session: AsyncSession, campaign: Campaign, definition: SurveyDefinition) -> dict[str, float]:
    """Out of the frozen release of the municipality's newest closed wave of this survey."""
    wave = await session.scalar(
        _of_survey(select(Campaign.id), definition.code)
        .where(Campaign.municipality_id == campaign.municipality_id, Campaign.state == CampaignState.CLOSED)
        .order_by(Campaign.closed_at.desc(), Campaign.id.desc())
        .limit(1)
    )
    if wave is None:
        return {}
    cells = {one.measure: one.value for one in await released(session, wave) if one.cut is Cut.MUNICIPALITY}
    measures = {scale.name: scale_measure(scale.name) for scale in definition.scales}
    return {name: cells[measure] for name, measure in measures.items() if measure in cells}


async def previous(session: AsyncSession, response: Response, survey_code: str) -> dict[str, float]:
    """The person's scales in the response to this survey, about the same, that they submitted before this one."""
    before = await session.scalar(
        _of_survey(select(Response.id).join(Campaign, Campaign.id == Response.campaign_id), survey_code)
        .where(
            Response.teacher_id == response.teacher_id,
            Response.subject == response.subject,
            Response.state == ResponseState.SUBMITTED,
            Response.submitted_at < response.submitted_at,
        )
        .order_by(Response.submitted_at.desc(), Response.id.desc())
        .limit(1)
    )
    rows = await session.execute(select(ScaleResult.scale, ScaleResult.value).where(ScaleResult.response_id == before))
    return dict(rows.all())


def _of_survey(rows: Select[int], code: str) -> Select[int]:
    """Only waves of the survey with this code, whatever its version."""
    return (
        rows.join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Survey.code == code)
    )


async def own(session: AsyncSession, actor: Actor, ask: Ask) -> Finished:
    """The actor's submitted answers once more. Raises NotFound when there are none, as with anonymous ones."""
    row = (
        await session.execute(
            select(Response, Campaign, SurveyVersion, Municipality)
            .join(Campaign, Campaign.id == Response.campaign_id)
            .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
            .join(Municipality, Municipality.id == Campaign.municipality_id)
            .where(
                Response.campaign_id == ask.campaign_id,
                Response.subject == ask.subject,
                Response.teacher_id == actor.teacher_id,
                Response.state == ResponseState.SUBMITTED,
            )
        )
    ).first()
    if row is None:
        raise NotFound("survey.not_found")
    response, campaign, version, municipality = row
    definition = with_local_levels(drafts.definition_of(version), municipality.settings)
    asked = Asked(campaign, definition, municipality.timezone, response.teacher_id, response.subject)
    facts = await facts_of(session, asked, response.submitted_at or response.started_at)
    answers = await drafts.answers_of(session, definition, response.id)
    scores = scoring.score(definition, answers, facts)
    return finished(campaign, definition, scores, await beside(session, response, campaign, definition))
