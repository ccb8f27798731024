"""Reads for the pages and the chat."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.people.model import Actor
from core.rights import people
from core.rights.model import Person
from storage.models import Chat, Consent, Municipality, Teacher


@dataclass(frozen=True, slots=True)
class ConsentNow:
    """The consent that stands; None where none does. `timezone` is the municipality's, for telling the day."""

    version: str | None
    given_at: datetime | None
    timezone: str


@dataclass(frozen=True, slots=True)
class RightsCard:
    """What an administrator sees before acting for somebody."""

    teacher_id: int
    name: str
    surname: str
    joined: bool
    consent: ConsentNow


async def consent(session: AsyncSession, actor: Actor) -> ConsentNow:
    """The actor's own."""
    return await _consent(session, await people.myself(session, actor))


async def card(session: AsyncSession, actor: Actor, teacher_id: int) -> RightsCard:
    """Raises as core.rights.people.teacher."""
    person = await people.teacher(session, actor, teacher_id)
    row = await session.get_one(Teacher, teacher_id)
    joined = await session.scalar(select(Chat.id).where(Chat.account_id == person.account_id).limit(1))
    return RightsCard(teacher_id, row.full_name, row.surname, joined is not None, await _consent(session, person))


async def _consent(session: AsyncSession, person: Person) -> ConsentNow:
    given = (
        await session.execute(
            select(Consent.version, Consent.given_at)
            .where(Consent.account_id == person.account_id, Consent.withdrawn_at.is_(None))
            .order_by(Consent.given_at.desc())
            .limit(1)
        )
    ).one_or_none()
    zone = await session.scalar(select(Municipality.timezone).where(Municipality.id == person.municipality_id))
    version, given_at = (None, None) if given is None else given
    return ConsentNow(version, given_at, zone or "Europe/Moscow")
