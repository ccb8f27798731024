"""Submitted questionnaires of a named campaign as a table: a row each, with who answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ResponseState
from core.campaigns.scope import place
from core.clock import local_date
from core.people.rules import experience
from core.results.exports.columns import level_code, question_columns, scale_variables
from core.results.exports.names import unique_names
from core.results.model import CampaignResults, Shape
from core.results.people import OWN_PARTICIPATION, answered_about
from core.results.queries import wave_of
from core.results.waves import Wave
from core.results.words import EXPERIENCE
from core.surveys.encoding import AnswerCell, decode
from core.surveys.model import QuestionType, Respondent, SurveyDefinition, Value
from core.tables.table import Cell, Kind, Table, Variable
from storage.models import (
    Answer,
    Municipality,
    Organisation,
    Participation,
    Position,
    Response,
    ScaleResult,
    Subject,
    Teacher,
    TeacherSubject,
)

_AT_ONCE = 100
"""Questionnaires that are fetched together: between two such steps others get their turn."""

PERSON = (
    Variable("surname", "Фамилия", Kind.TEXT),
    Variable("given_name", "Имя", Kind.TEXT),
    Variable("patronymic", "Отчество", Kind.TEXT),
    Variable("organisation", "Организация", Kind.TEXT),
    Variable("position", "Должность", Kind.TEXT),
    Variable("subjects", "Предметы", Kind.TEXT),
    Variable("experience", "Стаж", Kind.TEXT),
    Variable("submitted", "Когда отправлена", Kind.MOMENT),
)
_ABOUT = Variable("about", "О ком или о чём", Kind.TEXT)


@dataclass(frozen=True, slots=True)
class _Sent:
    """`person` are the cells before the answers."""

    id: int
    person: list[Cell]


async def responses(session: AsyncSession, found: CampaignResults) -> Table:
    """By organisation and surname. Only for campaigns whose answers may be shown (core.results.source)."""
    wave = await wave_of(session, found.campaign.row.id)
    definition = wave.definition
    about = () if definition.respondent is Respondent.TEACHER else (_ABOUT,)
    questions = question_columns(definition, _numeric(definition, found))
    scales = [variable for scale in definition.scales for variable in scale_variables(scale)]
    rows: list[list[Cell]] = []
    sent = await _sent(session, wave)
    for start in range(0, len(sent), _AT_ONCE):
        some = sent[start : start + _AT_ONCE]
        answers = await _answers(session, definition, some)
        levels = await _scales(session, definition, some)
        for one in some:
            given = answers[one.id]
            cells = [None if (value := given.get(c.question)) is None else c.cell(value) for c in questions]
            rows.append([*one.person, *cells, *levels[one.id]])
    variables = [*PERSON, *about, *(column.variable for column in questions), *scales]
    return Table("Ответы", _named(variables), rows)


def _named(variables: Sequence[Variable]) -> list[Variable]:
    names = unique_names(variable.name for variable in variables)
    return [replace(variable, name=name) for variable, name in zip(variables, names, strict=True)]


def _numeric(definition: SurveyDefinition, found: CampaignResults) -> list[int]:
    numbers = {result.name for result in found.questions if result.shape is Shape.NUMBER}
    return [one.number for one in definition.questions if one.type is QuestionType.CALCULATE and one.name in numbers]


async def _sent(session: AsyncSession, wave: Wave) -> list[_Sent]:
    timezone = (await session.get_one(Municipality, wave.campaign.municipality_id)).timezone
    year = local_date(wave.campaign.opened_at or wave.campaign.opens_at, timezone).year
    subjects = await _subjects(session, wave)
    about = await _about(session, wave)
    chosen = (
        select(
            Response.id,
            Response.subject,
            func.coalesce(Response.submitted_at, Response.started_at),
            Teacher.id,
            Teacher.surname,
            Teacher.given_name,
            Teacher.patronymic,
            Teacher.first_work_year,
            Organisation.short_name,
            Position.title,
        )
        .join(Teacher, Teacher.id == Response.teacher_id)
        .join(Participation, OWN_PARTICIPATION)
        .join(Organisation, Organisation.id == place())
        .join(Position, Position.id == Teacher.position_id)
        .where(Response.campaign_id == wave.campaign.id, Response.state == ResponseState.SUBMITTED)
        .order_by(Organisation.id, Teacher.surname, Teacher.given_name, Response.id)
    )
    found = []
    async for (
        id_,
        subject,
        at,
        teacher,
        surname,
        name,
        patronymic,
        since,
        organisation,
        position,
    ) in await session.stream(chosen):
        person: list[Cell] = [surname, name, patronymic, organisation, position, ", ".join(subjects[teacher]) or None]
        person += [EXPERIENCE[experience(since, year)], _local(at, timezone)]
        if wave.definition.respondent is not Respondent.TEACHER:
            person.append(about.get(subject))
        found.append(_Sent(id_, person))
    return found


def _local(at: datetime, timezone: str) -> datetime:
    return at.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, microsecond=0)


async def _about(session: AsyncSession, wave: Wave) -> dict[int, str]:
    """What each questionnaire is about, in words; empty when all are about oneself."""
    if wave.definition.respondent is Respondent.TEACHER:
        return {}
    subjects = await session.scalars(
        select(Response.subject).where(Response.campaign_id == wave.campaign.id).distinct()
    )
    return {one: await answered_about(session, wave.definition.respondent, one) for one in subjects.all()}


async def _subjects(session: AsyncSession, wave: Wave) -> defaultdict[int, list[str]]:
    rows = await session.execute(
        select(TeacherSubject.teacher_id, Subject.title)
        .join(Subject, Subject.id == TeacherSubject.subject_id)
        .join(Teacher, Teacher.id == TeacherSubject.teacher_id)
        .where(Teacher.municipality_id == wave.campaign.municipality_id)
        .order_by(Subject.id)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for teacher, title in rows:
        found[teacher].append(title)
    return found


async def _answers(
    session: AsyncSession, definition: SurveyDefinition, some: Sequence[_Sent]
) -> defaultdict[int, dict[int, Value]]:
    rows = await session.execute(
        select(Answer.response_id, Answer.question, Answer.item, Answer.number, Answer.text).where(
            Answer.response_id.in_([one.id for one in some])
        )
    )
    cells: defaultdict[tuple[int, int], list[AnswerCell]] = defaultdict(list)
    for response, question, item, number, text in rows:
        cells[response, question].append(AnswerCell(item, number, text))
    found: defaultdict[int, dict[int, Value]] = defaultdict(dict)
    for (response, question), own in cells.items():
        found[response][question] = decode(definition.question(question), own)
    return found


async def _scales(session: AsyncSession, definition: SurveyDefinition, some: Sequence[_Sent]) -> dict[int, list[Cell]]:
    rows = await session.execute(
        select(ScaleResult.response_id, ScaleResult.scale, ScaleResult.value, ScaleResult.band).where(
            ScaleResult.response_id.in_([one.id for one in some])
        )
    )
    known = {(response, scale): (value, band) for response, scale, value, band in rows}
    found: dict[int, list[Cell]] = {}
    for one in some:
        cells: list[Cell] = []
        for scale in definition.scales:
            value, band = known.get((one.id, scale.name), (None, None))
            cells += [value, level_code(scale, band)]
        found[one.id] = cells
    return found
