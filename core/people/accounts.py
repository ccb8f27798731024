"""Accounts as rows. Work inside the caller's transaction."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Account


async def account_of(session: AsyncSession, now: datetime, teacher_id: int, municipality_id: int) -> int:
    """The teacher's account; made now when the registry has none yet."""
    found = await session.scalar(select(Account.id).where(Account.teacher_id == teacher_id))
    if found is not None:
        return found
    account = Account(municipality_id=municipality_id, teacher_id=teacher_id, created_at=now)
    session.add(account)
    await session.flush()
    return account.id
