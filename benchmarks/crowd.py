"""More people than the made-up municipality has, all of whom have joined."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import SystemClock
from core.people.model import Channel
from storage.models import Account, Chat, Consent, Teacher
from storage.session import Database

FIRST_USER = 8_000_000_000


async def joined(db: Database, size: int) -> list[int]:
    """Lets newcomers in until so many of its teachers have joined; their ids in the messenger."""
    async with db.write() as session:
        teachers = select(func.count(Chat.id)).join(Account).where(Account.teacher_id.is_not(None))
        already = await session.scalar(teachers) or 0
        return await _newcomers(session, max(0, size - already))


async def _newcomers(session: AsyncSession, size: int) -> list[int]:
    """All of them work where the first teacher does."""
    first = (await session.scalars(select(Teacher).order_by(Teacher.id).limit(1))).one()
    version = (await session.scalars(select(Consent.version).limit(1))).one()
    now = SystemClock().now()
    teachers = [
        Teacher(
            municipality_id=first.municipality_id,
            organisation_id=first.organisation_id,
            position_id=first.position_id,
            surname="Примерова",
            given_name="Проба",
        )
        for _ in range(size)
    ]
    session.add_all(teachers)
    await session.flush()
    accounts = [Account(municipality_id=first.municipality_id, teacher_id=one.id, created_at=now) for one in teachers]
    session.add_all(accounts)
    await session.flush()
    for user, account in enumerate(accounts, FIRST_USER):
        session.add(Chat(account_id=account.id, channel=Channel.TELEGRAM, address=str(user)))
        session.add(Consent(account_id=account.id, version=version, given_at=now))
    return list(range(FIRST_USER, FIRST_USER + size))
