"""Which definition a preview shows: a version the municipality may use, or a draft of its own."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound
from core.surveys.drafts import definition_of
from core.surveys.loading import definition_from_json
from core.surveys.model import SurveyDefinition
from core.surveys.queries import visible_to
from storage.models import Survey, SurveyDraft, SurveyVersion


async def of_version(session: AsyncSession, municipality_id: int, code: str, version_id: int) -> SurveyDefinition:
    """Raises NotFound, also for another municipality's version."""
    version = await session.scalar(
        select(SurveyVersion)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Survey.code == code, SurveyVersion.id == version_id, visible_to(municipality_id))
    )
    if version is None:
        raise NotFound
    return definition_of(version)


async def of_draft(session: AsyncSession, municipality_id: int, draft_id: int) -> SurveyDefinition:
    """Raises NotFound, also for another municipality's draft."""
    text = await session.scalar(
        select(SurveyDraft.definition).where(SurveyDraft.id == draft_id, SurveyDraft.municipality_id == municipality_id)
    )
    if text is None:
        raise NotFound
    return definition_from_json(text)
