"""A definition becomes a version for good. Works inside the action's transaction."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.errors import AppError
from core.surveys.loading import checksum, definition_json
from core.surveys.model import SurveyDefinition
from storage.models import Survey, SurveyVersion


async def publish_version(
    session: AsyncSession, clock: Clock, definition: SurveyDefinition, municipality_id: int | None
) -> int:
    """The version's id; the same text again is the same version. `municipality_id` None: built in, for everybody.

    Raises AppError `survey.version_changed` when this version was published with another text.
    """
    survey = await _locked(session, definition)
    stored = await session.scalar(
        select(SurveyVersion).where(
            SurveyVersion.survey_id == survey.id,
            SurveyVersion.version == definition.version,
            SurveyVersion.municipality_id.is_not_distinct_from(municipality_id),
        )
    )
    if stored is None:
        stored = _version(survey.id, municipality_id, clock, definition)
        session.add(stored)
        await session.flush()
    elif stored.checksum != checksum(definition):
        raise AppError("survey.version_changed", code=definition.code, version=definition.version)
    return stored.id


async def _locked(session: AsyncSession, definition: SurveyDefinition) -> Survey:
    survey = await session.scalar(select(Survey).where(Survey.code == definition.code).with_for_update())
    if survey is None:
        survey = Survey(code=definition.code, title=definition.title)
        session.add(survey)
        await session.flush()
    return survey


def _version(survey_id: int, municipality_id: int | None, clock: Clock, definition: SurveyDefinition) -> SurveyVersion:
    return SurveyVersion(
        survey_id=survey_id,
        municipality_id=municipality_id,
        version=definition.version,
        privacy=definition.privacy,
        definition=definition_json(definition),
        checksum=checksum(definition),
        published_at=clock.now(),
    )
