"""What a methodist has entered becomes the row of a draft, checked. Inside the action's transaction."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.checking import check
from core.campaigns import rules
from core.campaigns.model import EVENT, REMINDERS, NewCampaign
from core.errors import AppError
from core.events.queries import title_of
from core.profiles.rules import smallest_group
from core.surveys.drafts import definition_of
from core.surveys.model import Respondent, SurveyDefinition
from core.surveys.queries import catalogue, visible_to
from storage.models import Campaign, Municipality, SurveyVersion


async def fill(session: AsyncSession, campaign: Campaign, new: NewCampaign) -> None:
    """Raises campaign.unknown_survey, audience.foreign, NotFound for another municipality's event, and what
    core.campaigns.rules refuses.

    `campaign` has its municipality; a survey version only when it was made before, and that one it keeps.
    """
    version_id, definition = await _version(session, new, campaign.survey_version_id)
    municipality = await session.get_one(Municipality, new.municipality_id)
    audience = rules.fitting(new.audience, definition.respondent)
    await check(session, None, new.municipality_id, audience)
    campaign.survey_version_id = version_id
    campaign.title = rules.checked_title(new.title)
    campaign.audience = audience.to_json()
    campaign.options = await _options(session, new, definition)
    campaign.k = smallest_group(municipality.settings, definition.code, definition.k)
    campaign.opens_at, campaign.closes_at = new.opens_at, new.closes_at


async def _options(session: AsyncSession, new: NewCampaign, definition: SurveyDefinition) -> dict[str, Any]:
    rules.check_event(definition.respondent, new.event_id)
    rules.check_reminders(new.reminders)
    options = rules.checked_options(definition, new.options) | {REMINDERS: new.reminders.to_json()}
    if definition.respondent is not Respondent.PARTICIPANT or new.event_id is None:
        return options
    await title_of(session, new.municipality_id, new.event_id)
    return options | {EVENT: new.event_id}


async def _version(session: AsyncSession, new: NewCampaign, kept: int | None) -> tuple[int, SurveyDefinition]:
    wanted = new.survey_version_id or kept
    if wanted is None:
        return await _newest(session, new)
    version = await session.scalar(
        select(SurveyVersion).where(SurveyVersion.id == wanted, visible_to(new.municipality_id))
    )
    if version is None or definition_of(version).code != new.survey_code:
        raise AppError("campaign.unknown_survey")
    return version.id, definition_of(version)


async def _newest(session: AsyncSession, new: NewCampaign) -> tuple[int, SurveyDefinition]:
    for one in await catalogue(session, new.municipality_id):
        if one.definition.code == new.survey_code:
            return one.version_id, one.definition
    raise AppError("campaign.unknown_survey")
