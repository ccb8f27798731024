"""Submitted answers of a confidential campaign as ballots: nothing of the person but coarse groups."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ResponseState
from core.errors import AppError
from core.releases.model import Ballot
from core.releases.participants import participants
from core.surveys.encoding import AnswerCell, decode
from core.surveys.model import SurveyDefinition, Value
from storage.models import Answer, Campaign, Response, ScaleResult


async def linked_ballots(session: AsyncSession, campaign: Campaign, definition: SurveyDefinition) -> list[Ballot]:
    """Raises AppError release.damaged_ballot when rows do not fit the survey."""
    places = await participants(session, campaign)
    sent = (Response.campaign_id == campaign.id, Response.state == ResponseState.SUBMITTED)
    responses = await session.execute(select(Response.id, Response.teacher_id, Response.subject).where(*sent))
    rows = await session.scalars(select(Answer).join(Response, Response.id == Answer.response_id).where(*sent))
    answers = _answers(definition, rows)
    results = await session.execute(
        select(ScaleResult.response_id, ScaleResult.scale, ScaleResult.value)
        .join(Response, Response.id == ScaleResult.response_id)
        .where(*sent)
    )
    scales: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for response_id, scale, value in results:
        scales[response_id][scale] = value
    return [
        Ballot(places[teacher, subject], answers.get(response_id, {}), scales.get(response_id, {}))
        for response_id, teacher, subject in responses
        if (teacher, subject) in places
    ]


def _answers(definition: SurveyDefinition, rows: Iterable[Answer]) -> dict[int, dict[str, Value]]:
    cells: defaultdict[tuple[int, int], list[AnswerCell]] = defaultdict(list)
    for row in rows:
        cells[row.response_id, row.question].append(AnswerCell(row.item, row.number, row.text))
    answers: defaultdict[int, dict[str, Value]] = defaultdict(dict)
    for (response_id, number), found in cells.items():
        try:
            question = definition.question(number)
            answers[response_id][question.name] = decode(question, found)
        except (KeyError, ValueError) as error:
            raise AppError("release.damaged_ballot") from error
    return answers
