"""What a survey is answered about, when it is not about oneself."""

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.surveys.model import Respondent
from storage.models import Event, MentoringPair, Organisation, Position, Teacher


async def about(session: AsyncSession, respondent: Respondent, subject: int) -> str:
    """The organisation or event, in words; empty for oneself and for a pair, which has no name of its own."""
    if respondent is Respondent.ORGANISATION:
        return await session.scalar(select(Organisation.short_name).where(Organisation.id == subject)) or ""
    if respondent is Respondent.PARTICIPANT:
        return await session.scalar(select(Event.title).where(Event.id == subject)) or ""
    return ""


async def told_to(session: AsyncSession, respondent: Respondent, subject: int, teacher_id: int) -> str:
    """The same as this teacher reads it in the chat.

    Texts of the bot hold no names (SPEC §3), so a pair is told by the other one's position and by its first day:
    enough for a mentor to know which of two it is, and nothing to know a stranger by.
    """
    if respondent is Respondent.PAIR:
        return await _other_side(session, subject, teacher_id)
    return await about(session, respondent, subject)


async def _other_side(session: AsyncSession, pair_id: int, teacher_id: int) -> str:
    mine = MentoringPair.mentor_id == teacher_id
    other = case((mine, MentoringPair.mentee_id), else_=MentoringPair.mentor_id)
    found = (
        await session.execute(
            select(Position.title, MentoringPair.started_on)
            .join(Teacher, Teacher.position_id == Position.id)
            .join(MentoringPair, Teacher.id == other)
            .where(MentoringPair.id == pair_id)
        )
    ).first()
    return "" if found is None else f"{found[0]} ({found[1]:%d.%m.%Y})"
