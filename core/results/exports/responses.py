"""Submitted questionnaires of a named campaign as a table: a row each, with who answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ResponseState
from core.campaigns.scope import place
from core.clock import local_date
from core.people.rules import experience
from core.results.exports.columns import level_code, question_columns, scale_variables
from core.results.exports.names import unique_names
from core.results.exports.table import Cell, Kind, Table, Variable
from core.results.model import CampaignResults, Shape
from core.results.people import OWN_PARTICIPATION, answered_about
from core.results.queries import wave_of
from core.results.waves import Wave
from core.results.words import EXPERIENCE
from core.surveys.encoding import AnswerCell, decode
from core.surveys.model import QuestionType, Respondent, SurveyDefinition, Value
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

_AT_ONCE = 500
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
    person: tuple[Cell, ...]


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
    about: dict[int, str] = {}
    rows = await session.execute(
        select(Response, Teacher, Organisation.short_name, Position.title)
        .join(Teacher, Teacher.id == Response.teacher_id)
        .join(Participation, OWN_PARTICIPATION)
        .join(Organisation, Organisation.id == place())
        .join(Position, Position.id == Teacher.position_id)
        .where(Response.campaign_id == wave.campaign.id, Response.state == ResponseState.SUBMITTED)
        .order_by(Organisation.id, Teacher.surname, Teacher.given_name, Response.id)
    )
    found = []
    for response, teacher, organisation, position in rows:
        if response.subject not in about:
            about[response.subject] = await answered_about(session, wave.definition.respondent, response.subject)
        at = response.submitted_at or response.started_at
        person: tuple[Cell, ...] = (
            teacher.surname,
            teacher.given_name,
            teacher.patronymic,
            organisation,
            position,
            ", ".join(subjects[teacher.id]) or None,
            EXPERIENCE[experience(teacher.first_work_year, year)],
            at.astimezone(ZoneInfo(timezone)).replace(tzinfo=None, microsecond=0),
        )
        extra = () if wave.definition.respondent is Respondent.TEACHER else (about[response.subject] or None,)
        found.append(_Sent(response.id, (*person, *extra)))
    return found


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
