"""Who answered a named campaign, and what each answered: for methodists only (SPEC §3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CampaignDetail, ResponseState
from core.campaigns.queries import detail
from core.campaigns.scope import place
from core.errors import NotFound
from core.people.model import Actor
from core.results import queries
from core.results.describing import is_helper
from core.results.source import Source, source_of
from core.surveys.drafts import answers_of
from core.surveys.facts import Asked, facts_of
from core.surveys.model import Answers, Question, QuestionType, Respondent, Scale, SurveyDefinition
from core.surveys.situation import Situation
from core.surveys.subjects import about
from core.surveys.values import said
from storage.models import (
    MentoringPair,
    Municipality,
    Organisation,
    Participation,
    Position,
    Response,
    ScaleResult,
    Teacher,
)

_Columns = TypeVarTuple("_Columns")
OWN_PARTICIPATION = and_(
    Participation.campaign_id == Response.campaign_id,
    Participation.teacher_id == Response.teacher_id,
    Participation.subject == Response.subject,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody who submitted. `about`: the organisation, event or pair it is answered about; empty for oneself."""

    response_id: int
    name: str
    organisation: str
    position: str
    submitted_at: datetime
    about: str


@dataclass(frozen=True, slots=True)
class Search:
    """An empty `text` and no organisation mean everybody; pages count from 1."""

    text: str = ""
    organisation: int | None = None
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class People:
    campaign: CampaignDetail
    people: tuple[Answered, ...]
    total: int
    organisations: tuple[tuple[int, str], ...]
    """In which somebody has submitted, in the registry's order."""


@dataclass(frozen=True, slots=True)
class OneAnswer:
    """`answer` is empty when the question was shown or could have been, and nothing was answered."""

    section: str
    label: str
    answer: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    campaign: CampaignDetail
    person: Answered
    answers: tuple[OneAnswer, ...]
    scales: tuple[tuple[str, float, str], ...]
    """Title, value from 0 to 100, name of the level."""


async def reachable(session: AsyncSession, actor: Actor, campaign_id: int) -> CampaignDetail:
    """Raises NotFound unless it is a named campaign and the actor manages its municipality."""
    found = await detail(session, actor, campaign_id)
    if source_of(found.row.privacy) is not Source.ANSWERS or not found.may_change:
        raise NotFound
    return found


async def people(session: AsyncSession, actor: Actor, campaign_id: int, search: Search) -> People:
    """By organisation and surname. Raises as `reachable` does."""
    found = await reachable(session, actor, campaign_id)
    total = (await session.execute(_submitted(campaign_id, search, select(func.count())))).scalar_one()
    rows = await session.execute(
        _submitted(campaign_id, search, select(Response, Teacher, Organisation.short_name, Position.title))
        .order_by(Organisation.id, Teacher.surname, Teacher.given_name, Response.id)
        .offset((search.page - 1) * search.size)
        .limit(search.size)
    )
    listed = [await _answered(session, found, *row) for row in rows.all()]
    places = _submitted(campaign_id, Search(), select(Organisation.id, Organisation.short_name)).distinct()
    organisations = [(identity, name) for identity, name in await session.execute(places.order_by(Organisation.id))]
    return People(found, tuple(listed), total, tuple(organisations))


async def questionnaire(session: AsyncSession, actor: Actor, campaign_id: int, response_id: int) -> Questionnaire:
    """One submitted questionnaire in words. Raises as `reachable` does, and NotFound when it is not there."""
    found = await reachable(session, actor, campaign_id)
    chosen = _submitted(campaign_id, Search(), select(Response, Teacher, Organisation.short_name, Position.title))
    row = (await session.execute(chosen.where(Response.id == response_id))).one_or_none()
    if row is None:
        raise NotFound
    response, teacher, organisation, position = row
    wave = await queries.wave_of(session, campaign_id)
    timezone = (await session.get_one(Municipality, wave.campaign.municipality_id)).timezone
    asked = Asked(wave.campaign, wave.definition, timezone, teacher.id, response.subject)
    facts = await facts_of(session, asked, response.submitted_at or response.started_at)
    answers = await answers_of(session, wave.definition, response.id)
    situation = Situation(wave.definition, answers, facts)
    return Questionnaire(
        found,
        await _answered(session, found, response, teacher, organisation, position),
        tuple(
            OneAnswer(_section(wave.definition, one, situation), _label(one, situation), _said(one, answers))
            for one in wave.definition.questions
            if _is_shown(one, answers, situation)
        ),
        await _scales(session, wave.definition, response.id),
    )


def _submitted(campaign_id: int, search: Search, chosen: Select[*_Columns]) -> Select[*_Columns]:
    conditions: list[ColumnElement[bool]] = [
        Response.campaign_id == campaign_id,
        Response.state == ResponseState.SUBMITTED,
    ]
    if search.organisation is not None:
        conditions.append(Organisation.id == search.organisation)
    for word in search.text.lower().split():
        names = (Teacher.surname, Teacher.given_name, func.coalesce(Teacher.patronymic, ""))
        conditions.append(or_(*(func.lower(name).contains(word, autoescape=True) for name in names)))
    return (
        chosen.select_from(Response)
        .join(Teacher, Teacher.id == Response.teacher_id)
        .join(Participation, OWN_PARTICIPATION)
        .join(Organisation, Organisation.id == place())
        .join(Position, Position.id == Teacher.position_id)
        .where(*conditions)
    )


async def _answered(
    session: AsyncSession, found: CampaignDetail, response: Response, teacher: Teacher, organisation: str, position: str
) -> Answered:
    return Answered(
        response.id,
        teacher.full_name,
        organisation,
        position,
        response.submitted_at or response.started_at,
        await answered_about(session, found.row.respondent, response.subject),
    )


async def answered_about(session: AsyncSession, respondent: Respondent, subject: int) -> str:
    """As core.surveys.subjects.about, and a pair by the names of its people."""
    if respondent is not Respondent.PAIR:
        return await about(session, respondent, subject)
    rows = await session.scalars(
        select(Teacher)
        .join(MentoringPair, or_(MentoringPair.mentor_id == Teacher.id, MentoringPair.mentee_id == Teacher.id))
        .where(MentoringPair.id == subject)
        .order_by(MentoringPair.mentor_id != Teacher.id)
    )
    return " и ".join(one.full_name for one in rows)


def _is_shown(question: Question, answers: Answers, situation: Situation) -> bool:
    if question.number in answers:
        return not is_helper(question)
    return question.is_asked and situation.is_relevant(question.name)


def _section(definition: SurveyDefinition, question: Question, situation: Situation) -> str:
    return "" if question.section is None else situation.filled(definition.section(question.section).title)


def _label(question: Question, situation: Situation) -> str:
    return situation.filled(question.label) or question.name


def _said(question: Question, answers: Answers) -> str:
    value = answers.get(question.number)
    if value is None:
        return ""
    return str(value) if question.type is QuestionType.CALCULATE else said(question, value)


async def _scales(
    session: AsyncSession, definition: SurveyDefinition, response_id: int
) -> tuple[tuple[str, float, str], ...]:
    rows = await session.execute(
        select(ScaleResult.scale, ScaleResult.value, ScaleResult.band).where(ScaleResult.response_id == response_id)
    )
    found = {scale: (value, band or "") for scale, value, band in rows}
    return tuple(
        (scale.title, found[scale.name][0], _level(scale, found[scale.name][1]))
        for scale in definition.scales
        if scale.name in found
    )


def _level(scale: Scale, code: str) -> str:
    return next((band.title for band in scale.bands if band.code == code), "")
