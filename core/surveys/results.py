"""What a person's own answers came to: at submission, and again whenever they want to look."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import HELP_CONTACT, ResponseState
from core.errors import NotFound
from core.people.model import Actor
from core.profiles.rules import deficit_thresholds
from core.surveys import drafts, scoring
from core.surveys.facts import Asked, facts_of
from core.surveys.model import SurveyDefinition, SurveyPrivacy
from core.surveys.scoring import ScaleScore
from core.surveys.steps import Ask, Finished
from storage.models import Campaign, Municipality, Response, ScaleResult, SurveyVersion

DEFICITS = "deficits"
"""Code of the survey whose levels a municipality may set itself (SPEC §4)."""


def with_local_levels(definition: SurveyDefinition, settings: Mapping[str, Any]) -> SurveyDefinition:
    """The definition with the levels that the municipality's profile sets."""
    thresholds = deficit_thresholds(settings)
    if definition.code != DEFICITS or not thresholds:
        return definition
    return scoring.with_thresholds(definition, thresholds)


def finished(
    campaign: Campaign,
    definition: SurveyDefinition,
    scores: tuple[ScaleScore, ...],
    averages: dict[str, float],
    message_id: int | None = None,
) -> Finished:
    help_contact = str(campaign.options.get(HELP_CONTACT, ""))
    return Finished(definition, scores, averages, help_contact, campaign.k, message_id)


async def averages(session: AsyncSession, campaign: Campaign, definition: SurveyDefinition) -> dict[str, float]:
    """Mean of each scale of a named campaign so far, where it describes at least k people.

    Protected surveys publish nothing before they close (SPEC §3), so theirs are empty.
    """
    if definition.privacy is not SurveyPrivacy.NAMED:
        return {}
    rows = await session.execute(
        select(ScaleResult.scale, func.avg(ScaleResult.value))
        .join(Response, Response.id == ScaleResult.response_id)
        .where(Response.campaign_id == campaign.id, Response.state == ResponseState.SUBMITTED)
        .group_by(ScaleResult.scale)
        .having(func.count() >= campaign.k)
    )
    return {scale: float(mean) for scale, mean in rows}


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
    return finished(campaign, definition, scores, await averages(session, campaign, definition))
