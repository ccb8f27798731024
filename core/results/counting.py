"""Submitted answers of a named campaign, counted by the database: no answer of a single person is read here."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ResponseState
from core.results.counts import Counts
from core.results.groups import UNDIVIDED, Division
from core.surveys.model import Question, QuestionType, SurveyDefinition
from storage.models import Answer, Participation, Response, ScaleResult, Teacher

_SEVERAL_ROWS = frozenset({QuestionType.SELECT_MULTIPLE, QuestionType.RANK})
_MOMENTS = frozenset({QuestionType.DATE, QuestionType.DATETIME})
_MONTH, _HOUR = 7, 2
"""Letters of a stored day or time that are counted."""


async def count(
    session: AsyncSession,
    campaign_id: int,
    definition: SurveyDefinition,
    division: Division = UNDIVIDED,
    names: Collection[str] | None = None,
) -> dict[str, Counts]:
    """By key of group; groups without a submitted questionnaire are absent. `names`: only these questions, not all."""
    found: defaultdict[str, Counts] = defaultdict(Counts)
    asked = [one for one in definition.questions if names is None or one.name in names]
    people = _within(select(division.key, func.count()), campaign_id, division).group_by(division.key)
    for key, submitted in await session.execute(people):
        found[str(key)].submitted = submitted
    await _count_numbers(session, campaign_id, division, asked, found)
    await _count_answered(session, campaign_id, division, asked, found)
    await _count_words(session, campaign_id, division, asked, found)
    await _count_scales(session, campaign_id, division, found)
    return dict(found)


def _within(chosen: Select[*tuple[Any, ...]], campaign_id: int, division: Division) -> Select[*tuple[Any, ...]]:
    """Only submitted questionnaires of the campaign, with what the division needs."""
    chosen = chosen.select_from(Response).where(
        Response.campaign_id == campaign_id, Response.state == ResponseState.SUBMITTED
    )
    if division is UNDIVIDED:
        return chosen
    own = and_(
        Participation.campaign_id == Response.campaign_id,
        Participation.teacher_id == Response.teacher_id,
        Participation.subject == Response.subject,
    )
    chosen = chosen.join(Teacher, Teacher.id == Response.teacher_id).join(Participation, own)
    chosen = division.joined(chosen)
    return chosen if division.condition is None else chosen.where(division.condition)


def _answers(
    division: Division, campaign_id: int, *columns: SQLColumnExpression[Any], asked: list[Question]
) -> Select[*tuple[Any, ...]]:
    chosen = _within(select(division.key, *columns), campaign_id, division)
    return chosen.join(Answer, Answer.response_id == Response.id).where(
        Answer.question.in_([question.number for question in asked])
    )


async def _count_numbers(
    session: AsyncSession, campaign_id: int, division: Division, asked: list[Question], found: dict[str, Counts]
) -> None:
    """Choices, marks, places and typed numbers: everything that is stored as a number."""
    numbered = [one for one in asked if one.choices or one.is_number]
    if not numbered:
        return
    columns = (Answer.question, Answer.item, Answer.number)
    rows = _answers(division, campaign_id, *columns, func.count(), asked=numbered).group_by(division.key, *columns)
    for key, question, item, number, people in await session.execute(rows):
        found[str(key)].numbers[question][item, number] = people


async def _count_answered(
    session: AsyncSession, campaign_id: int, division: Division, asked: list[Question], found: dict[str, Counts]
) -> None:
    """People behind questions with several rows an answer, and behind texts, whose content is not counted."""
    wanted = [one for one in asked if one.type in _SEVERAL_ROWS or one.is_text]
    if not wanted:
        return
    people = func.count(Answer.response_id.distinct())
    rows = _answers(division, campaign_id, Answer.question, people, asked=wanted)
    for key, question, n in await session.execute(rows.group_by(division.key, Answer.question)):
        found[str(key)].answered[question] = n


async def _count_words(
    session: AsyncSession, campaign_id: int, division: Division, asked: list[Question], found: dict[str, Counts]
) -> None:
    """Days by month, times by hour, and what calculations came to."""
    wanted = [one for one in asked if one.type in {*_MOMENTS, QuestionType.TIME, QuestionType.CALCULATE}]
    if not wanted:
        return
    days = [one.number for one in wanted if one.type in _MOMENTS]
    times = [one.number for one in wanted if one.type is QuestionType.TIME]
    part = case(
        (Answer.question.in_(days), func.substr(Answer.text, 1, _MONTH)),
        (Answer.question.in_(times), func.substr(Answer.text, 1, _HOUR)),
        else_=Answer.text,
    ).label("part")
    inner = _answers(division, campaign_id, Answer.question, part, asked=wanted)
    each = inner.with_only_columns(division.key.label("key"), Answer.question.label("question"), part).subquery()
    columns = (each.c.key, each.c.question, each.c.part)
    for key, question, word, people in await session.execute(select(*columns, func.count()).group_by(*columns)):
        found[str(key)].words[question][word] = people


async def _count_scales(session: AsyncSession, campaign_id: int, division: Division, found: dict[str, Counts]) -> None:
    columns = (ScaleResult.scale, ScaleResult.band)
    rows = _within(
        select(division.key, *columns, func.count(), func.sum(ScaleResult.value)), campaign_id, division
    ).join(ScaleResult, ScaleResult.response_id == Response.id)
    for key, scale, band, people, total in await session.execute(rows.group_by(division.key, *columns)):
        one = found[str(key)].scales[scale]
        one.n += people
        one.total += total
        if band is not None:
            one.bands[band] = people
