"""Submitted answers of a named campaign, counted by the database: no answer of a single person is read here."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Select, SQLColumnExpression, and_, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ResponseState
from core.results.counts import Counts
from core.results.groups import UNDIVIDED, Division
from core.surveys.model import Question, QuestionType, SurveyDefinition
from storage.models import Answer, Participation, Response, ScaleResult, Teacher

_SEVERAL_ROWS = frozenset({QuestionType.SELECT_MULTIPLE, QuestionType.RANK})
_MOMENTS = frozenset({QuestionType.DATE, QuestionType.DATETIME})
_ROOM = 100_000
"""More than there are choices in any list."""
_MONTH, _HOUR = 7, 2
"""Letters of a stored day or time that are counted."""

_Rows = Select[*tuple[Any, ...]]


async def count(
    session: AsyncSession,
    campaign_id: int,
    definition: SurveyDefinition,
    division: Division = UNDIVIDED,
    names: Collection[str] | None = None,
) -> dict[str, Counts]:
    """By key of group; groups without a submitted questionnaire are absent. `names`: only these questions, not all."""
    asked = [one for one in definition.questions if names is None or one.name in names]
    found: defaultdict[str, Counts] = defaultdict(Counts)
    work = _Counting(session, campaign_id, division, found)
    await work.people()
    await work.choices([one for one in asked if one.choices], definition)
    await work.numbers([one for one in asked if one.is_number])
    await work.answered([one for one in asked if one.type in _SEVERAL_ROWS or one.is_text])
    await work.words(
        [one for one in asked if one.type in {*_MOMENTS, QuestionType.TIME, QuestionType.CALCULATE}],
    )
    await work.scales()
    return dict(found)


@dataclass(frozen=True, slots=True)
class _Counting:
    session: AsyncSession
    campaign_id: int
    division: Division
    found: defaultdict[str, Counts]

    async def people(self) -> None:
        rows = self._grouped(self._within(select(self.division.key, func.count())))
        for key, submitted in await self.session.execute(rows):
            self.found[str(key)].submitted = submitted

    async def choices(self, wanted: list[Question], definition: SurveyDefinition) -> None:
        """Choices, marks and places. Sorted by one whole number, which takes SQLite a third of the time."""
        if not wanted:
            return
        packed = (
            cast(Answer.question, BigInteger) * (_ROOM * _ROOM)
            + cast(Answer.item, BigInteger) * _ROOM
            + cast(Answer.number, BigInteger)
        ).label("packed")
        rows = self._answers(wanted, definition, packed, func.count())
        for key, number, people in await self.session.execute(self._grouped(rows, packed)):
            question, stored = divmod(number, _ROOM * _ROOM)
            item, value = divmod(stored, _ROOM)
            self.found[str(key)].numbers[question][item, float(value)] = people

    async def numbers(self, wanted: list[Question]) -> None:
        if not wanted:
            return
        columns = (Answer.question, Answer.number)
        rows = self._answers(wanted, None, *columns, func.count())
        for key, question, number, people in await self.session.execute(self._grouped(rows, *columns)):
            self.found[str(key)].numbers[question][0, number] = people

    async def answered(self, wanted: list[Question]) -> None:
        """People behind questions with several rows an answer, and behind texts, whose content is not counted."""
        if not wanted:
            return
        rows = self._answers(wanted, None, Answer.question, func.count(Answer.response_id.distinct()))
        for key, question, people in await self.session.execute(self._grouped(rows, Answer.question)):
            self.found[str(key)].answered[question] = people

    async def words(self, wanted: list[Question]) -> None:
        """Days by month, times by hour, and what calculations came to."""
        if not wanted:
            return
        days = [one.number for one in wanted if one.type in _MOMENTS]
        times = [one.number for one in wanted if one.type is QuestionType.TIME]
        part = case(
            (Answer.question.in_(days), func.substr(Answer.text, 1, _MONTH)),
            (Answer.question.in_(times), func.substr(Answer.text, 1, _HOUR)),
            else_=Answer.text,
        ).label("part")
        inner = self._answers(wanted, None, Answer.question, part)
        # PostgreSQL takes the same expression with parameters of its own for another one.
        named: tuple[SQLColumnExpression[Any], ...] = (
            self.division.key.label("key"),
            Answer.question.label("question"),
            part,
        )
        each = inner.with_only_columns(*named).subquery()
        columns = (each.c.key, each.c.question, each.c.part)
        rows = select(*columns, func.count()).group_by(*columns)
        for key, question, word, people in await self.session.execute(rows):
            self.found[str(key)].words[question][word] = people

    async def scales(self) -> None:
        columns = (ScaleResult.scale, ScaleResult.band)
        rows = self._within(select(self.division.key, *columns, func.count(), func.sum(ScaleResult.value)))
        rows = rows.join(ScaleResult, ScaleResult.response_id == Response.id)
        for key, scale, band, people, total in await self.session.execute(self._grouped(rows, *columns)):
            one = self.found[str(key)].scales[scale]
            one.n += people
            one.total += total
            if band is not None:
                one.bands[band] = people

    def _answers(
        self, wanted: list[Question], definition: SurveyDefinition | None, *columns: SQLColumnExpression[Any]
    ) -> _Rows:
        """With a `definition` the rest of it is left out instead, where that is the smaller part: it is quicker."""
        numbers = [question.number for question in wanted]
        rest = [] if definition is None else [q.number for q in definition.questions if q.number not in numbers]
        rows = self._within(select(self.division.key, *columns)).join(Answer, Answer.response_id == Response.id)
        if definition is not None and len(rest) < len(numbers):
            return rows.where(Answer.question.not_in(rest)) if rest else rows
        return rows.where(Answer.question.in_(numbers))

    def _within(self, chosen: _Rows) -> _Rows:
        """Only submitted questionnaires of the campaign, with what the division needs."""
        chosen = chosen.select_from(Response).where(
            Response.campaign_id == self.campaign_id, Response.state == ResponseState.SUBMITTED
        )
        if self.division is UNDIVIDED:
            return chosen
        own = and_(
            Participation.campaign_id == Response.campaign_id,
            Participation.teacher_id == Response.teacher_id,
            Participation.subject == Response.subject,
        )
        chosen = chosen.join(Teacher, Teacher.id == Response.teacher_id).join(Participation, own)
        chosen = self.division.joined(chosen)
        return chosen if self.division.condition is None else chosen.where(self.division.condition)

    def _grouped(self, rows: _Rows, *columns: SQLColumnExpression[Any]) -> _Rows:
        """Without the one key of undivided results: SQLite would sort millions of rows by it, too."""
        if self.division is UNDIVIDED:
            return rows.group_by(*columns)
        return rows.group_by(self.division.key, *columns)
