"""Answers and invitations to answer, when two records are made one. Inside the caller's transaction.

A questionnaire that was submitted wins over one that was only begun, of two submitted ones the later stays. Anonymous
ballots cannot be told apart, so both stay in the box, and that the person took part is kept once.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ParticipationState
from core.surveys.drafts import definition_of
from core.surveys.model import Respondent
from storage.models import Campaign, Participation, Response, SurveyVersion

_RANK = [ParticipationState.INVITED, ParticipationState.BEGUN, ParticipationState.SUBMITTED]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Who was asked, and their questionnaire when there is one."""

    participation: Participation
    response: Response | None

    @property
    def submitted_at(self) -> datetime | None:
        return self.response.submitted_at if self.response is not None else None


async def hand_over(session: AsyncSession, keeper: int, other: int) -> None:
    """Everything that `other` was asked becomes `keeper`'s (ids of teachers)."""
    asked = await session.execute(
        select(Participation.campaign_id, Participation.subject).where(Participation.teacher_id == other)
    )
    for campaign_id, subject in asked.all():
        await _fold(session, campaign_id, (other, subject), (keeper, subject))


async def join_pairs(session: AsyncSession, kept_pair: int, other_pair: int) -> None:
    """What was answered about one pair is now said about the other."""
    for campaign_id, teacher_id in await _about_pair(session, other_pair):
        await _fold(session, campaign_id, (teacher_id, other_pair), (teacher_id, kept_pair))


async def forget_pair(session: AsyncSession, pair: int) -> None:
    """Nobody is asked about this pair any more; what was submitted stays."""
    for campaign_id, teacher_id in await _about_pair(session, pair):
        sheet = await _sheet(session, campaign_id, (teacher_id, pair))
        if sheet is not None and sheet.participation.state != ParticipationState.SUBMITTED:
            await _drop(session, sheet)


async def counts(session: AsyncSession, keeper: int, other: int) -> tuple[int, int]:
    """Of how many questionnaires `other` was asked, and of how many of these the keeper was asked as well."""
    asked = select(Participation.campaign_id, Participation.subject)
    mine = {tuple(row) for row in await session.execute(asked.where(Participation.teacher_id == keeper))}
    theirs = {tuple(row) for row in await session.execute(asked.where(Participation.teacher_id == other))}
    return len(theirs), len(theirs & mine)


async def _about_pair(session: AsyncSession, pair: int) -> list[tuple[int, int]]:
    """(campaign, teacher) of questionnaires about the pair; the same number may be an organisation elsewhere."""
    rows = await session.execute(
        select(Participation.campaign_id, Participation.teacher_id, SurveyVersion)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .where(Participation.subject == pair)
    )
    return [
        (campaign, teacher)
        for campaign, teacher, version in rows.all()
        if definition_of(version).respondent is Respondent.PAIR
    ]


async def _fold(session: AsyncSession, campaign_id: int, source: tuple[int, int], target: tuple[int, int]) -> None:
    """Keys are teacher and subject. When both were asked, the better questionnaire stays under `target`."""
    going, present = await _sheet(session, campaign_id, source), await _sheet(session, campaign_id, target)
    if going is None:
        return
    if present is not None:
        if not _wins(going, present):
            await _drop(session, going)
            return
        await _drop(session, present)
    going.participation.teacher_id, going.participation.subject = target
    if going.response is not None:
        going.response.teacher_id, going.response.subject = target
    await session.flush()


def _wins(going: Sheet, present: Sheet) -> bool:
    ranks = [_RANK.index(ParticipationState(one.participation.state)) for one in (going, present)]
    if ranks[0] != ranks[1]:
        return ranks[0] > ranks[1]
    if going.submitted_at is not None and present.submitted_at is not None:
        return going.submitted_at > present.submitted_at
    return False


async def _sheet(session: AsyncSession, campaign_id: int, key: tuple[int, int]) -> Sheet | None:
    teacher_id, subject = key
    participation = await session.get(Participation, (campaign_id, teacher_id, subject), with_for_update=True)
    if participation is None:
        return None
    response = await session.scalar(
        select(Response)
        .where(Response.campaign_id == campaign_id, Response.teacher_id == teacher_id, Response.subject == subject)
        .with_for_update()
    )
    return Sheet(participation, response)


async def _drop(session: AsyncSession, sheet: Sheet) -> None:
    if sheet.response is not None:
        # Answers and results of scales hang on it and go with it.
        await session.execute(delete(Response).where(Response.id == sheet.response.id))
    await session.delete(sheet.participation)
    await session.flush()
