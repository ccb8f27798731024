"""Mentoring pairs and other rows that name two people, when two records are made one. In the caller's transaction."""

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.doubles import answers
from core.people.model import MentorState
from storage.models import DistinctPeople, MentorBankEntry, MentoringPair

_STRONGER = [MentorState.LEFT, MentorState.PROPOSED, MentorState.CONFIRMED]


async def hand_over_pairs(session: AsyncSession, keeper: int, other: int) -> None:
    """A pair of both with each other goes, for nobody mentors themselves; of two equal ones the keeper's stays."""
    theirs = or_(MentoringPair.mentor_id == other, MentoringPair.mentee_id == other)
    for pair in list(await session.scalars(select(MentoringPair).where(theirs).order_by(MentoringPair.id))):
        mentor, mentee = (keeper if one == other else one for one in (pair.mentor_id, pair.mentee_id))
        if mentor == mentee:
            await answers.forget_pair(session, pair.id)
            await session.delete(pair)
        elif (twin := await _twin(session, mentor, mentee, pair)) is not None:
            await answers.join_pairs(session, twin, pair.id)
            await session.delete(pair)
        else:
            pair.mentor_id, pair.mentee_id = mentor, mentee
        await session.flush()


async def _twin(session: AsyncSession, mentor: int, mentee: int, pair: MentoringPair) -> int | None:
    found: int | None = await session.scalar(
        select(MentoringPair.id).where(
            MentoringPair.mentor_id == mentor,
            MentoringPair.mentee_id == mentee,
            MentoringPair.started_on == pair.started_on,
        )
    )
    return found


async def better_bank_entries(session: AsyncSession, keeper: int, other: int) -> None:
    """Where both stand in the bank of one year, what is stronger holds: confirmed, then proposed, then left."""
    entries = select(MentorBankEntry).where(MentorBankEntry.teacher_id.in_((keeper, other)))
    held = {(one.teacher_id, one.year): one for one in await session.scalars(entries)}
    for (teacher_id, year), theirs in held.items():
        mine = held.get((keeper, year))
        if teacher_id == other and mine is not None and _strength(theirs) > _strength(mine):
            mine.state, mine.archived_at = theirs.state, theirs.archived_at
    await session.flush()


def _strength(entry: MentorBankEntry) -> tuple[bool, int]:
    return entry.archived_at is None, _STRONGER.index(MentorState(entry.state))


async def hand_over_differences(session: AsyncSession, keeper: int, other: int) -> None:
    """Whoever was told apart from one of them is told apart from the one who stays."""
    named = or_(DistinctPeople.first_id == other, DistinctPeople.second_id == other)
    for row in list(await session.scalars(select(DistinctPeople).where(named))):
        third = row.second_id if row.first_id == other else row.first_id
        await session.delete(row)
        await session.flush()
        if third != keeper:
            await set_apart(session, keeper, third)


async def set_apart(session: AsyncSession, one: int, two: int) -> bool:
    """False when it was known already."""
    first, second = sorted((one, two))
    if await session.get(DistinctPeople, (first, second)) is not None:
        return False
    session.add(DistinctPeople(first_id=first, second_id=second))
    await session.flush()
    return True
