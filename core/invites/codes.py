"""Codes as rows. Work inside the caller's transaction, so that others can end invites in theirs."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.invites.standing import works
from core.people import rules
from storage.models import Invite

AT_ONCE = 500
"""Accounts named in one statement; databases bound how many values it may hold."""


async def make_codes(session: AsyncSession, now: datetime, ends: datetime, accounts: Sequence[int]) -> list[str]:
    """A new code for each account, in order; the earlier ones of these accounts end. Only hashes are stored."""
    await end_codes(session, now, accounts)
    codes = [rules.new_token() for _ in accounts]
    session.add_all(
        Invite(account_id=account, code_hash=rules.token_hash(code), created_at=now, expires_at=ends)
        for account, code in zip(accounts, codes, strict=True)
    )
    await session.flush()
    return codes


async def end_codes(session: AsyncSession, now: datetime, accounts: Collection[int]) -> int:
    """Revokes the working invites of these accounts; returns how many."""
    ended, wanted = 0, sorted(accounts)
    for start in range(0, len(wanted), AT_ONCE):
        ended += await _end(session, now, Invite.account_id.in_(wanted[start : start + AT_ONCE]))
    return ended


async def _end(session: AsyncSession, now: datetime, whose: ColumnElement[bool]) -> int:
    rows = update(Invite).where(works(now), whose).values(revoked_at=now).returning(Invite.id)
    return len((await session.scalars(rows, execution_options={"synchronize_session": False})).all())
