"""A person's own questionnaires in words: of named and confidential surveys, and drafts of all kinds."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ResponseState
from core.rights.model import Person, Section
from core.surveys.drafts import answers_of, definition_of
from core.surveys.model import Question, QuestionType, SurveyDefinition, Value
from core.surveys.values import said
from storage.models import Campaign, Response, ScaleResult, SurveyVersion


async def answered(session: AsyncSession, person: Person, zone: ZoneInfo) -> list[Section]:
    """A section for each questionnaire, the oldest first."""
    rows = await session.execute(
        select(Response, Campaign.title, SurveyVersion)
        .join(Campaign, Campaign.id == Response.campaign_id)
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .where(Response.teacher_id == person.teacher_id)
        .order_by(Response.id)
    )
    return [await _questionnaire(session, *row, zone) for row in rows.all()]


async def _questionnaire(
    session: AsyncSession, response: Response, title: str, version: SurveyVersion, zone: ZoneInfo
) -> Section:
    definition = definition_of(version)
    answers = await answers_of(session, definition, response.id)
    rows = [(_label(one), _answer(one, answers[one.number])) for one in definition.questions if one.number in answers]
    rows.extend(await _scales(session, definition, response.id))
    return Section(f"{title}: {_when(response, zone)}", ("Вопрос", "Ответ"), tuple(rows) or (("Ответов нет", "—"),))


def _when(response: Response, zone: ZoneInfo) -> str:
    if response.state == ResponseState.SUBMITTED and response.submitted_at is not None:
        return f"отправлена {response.submitted_at.astimezone(zone):%d.%m.%Y}"
    return f"начата {response.started_at.astimezone(zone):%d.%m.%Y}, не отправлена"


def _label(question: Question) -> str:
    return question.label or question.name


def _answer(question: Question, value: Value) -> str:
    return str(value) if question.type is QuestionType.CALCULATE else said(question, value)


async def _scales(session: AsyncSession, definition: SurveyDefinition, response_id: int) -> Iterable[tuple[str, str]]:
    titles = {scale.name: scale.title for scale in definition.scales}
    found = await session.execute(
        select(ScaleResult.scale, ScaleResult.value)
        .where(ScaleResult.response_id == response_id)
        .order_by(ScaleResult.scale)
    )
    return [(f"Итог: {titles.get(name, name)}, из 100", f"{value:.1f}".replace(".", ",")) for name, value in found]
