"""What a survey is answered about, when it is not about oneself."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.surveys.model import Respondent
from storage.models import Event, Organisation


async def about(session: AsyncSession, respondent: Respondent, subject: int) -> str:
    """What a survey is answered about, in words. A pair is left out: texts of the bot hold no names (SPEC §3)."""
    if respondent is Respondent.ORGANISATION:
        return await session.scalar(select(Organisation.short_name).where(Organisation.id == subject)) or ""
    if respondent is Respondent.PARTICIPANT:
        return await session.scalar(select(Event.title).where(Event.id == subject)) or ""
    return ""
