"""The second factor as rows. Work inside the caller's transaction."""

import secrets
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.model import CHECK_TERM, CHECKS_AN_HOUR, SIGN_IN_CHECK
from core.accounts.rules import NUMBERS
from core.clock import Clock
from core.errors import AppError
from core.people import rules
from core.people.model import CheckState
from storage.models import Account, Chat, SignInCheck
from storage.outbox import NewDelivery, enqueue


async def due(session: AsyncSession, account: Account) -> bool:
    """Whether the chat must be asked; `sign_in.chat_unreachable` when it must and cannot."""
    if not account.second_factor:
        return False
    chats = list(await session.scalars(select(Chat).where(Chat.account_id == account.id)))
    if chats and all(one.unreachable for one in chats):
        raise AppError("sign_in.chat_unreachable")
    return bool(chats)


async def open_check(session: AsyncSession, clock: Clock, account: Account) -> str:
    """Asks in the chat and returns the secret of the browser that waits; one that waited before waits in vain.

    Raises `sign_in.too_many_checks` when too many questions were not answered with the right number.
    """
    now = clock.now()
    if await _unanswered(session, clock, account.id) >= CHECKS_AN_HOUR:
        raise AppError("sign_in.too_many_checks")
    await session.execute(
        update(SignInCheck)
        .where(SignInCheck.account_id == account.id, SignInCheck.state == CheckState.WAITING)
        .values(state=CheckState.REFUSED)
    )
    secret = rules.new_token()
    check = SignInCheck(
        token_hash=rules.token_hash(secret),
        account_id=account.id,
        number=secrets.choice(NUMBERS),
        state=CheckState.WAITING,
        expires_at=now + CHECK_TERM,
    )
    session.add(check)
    await session.flush()
    await enqueue(session, [NewDelivery(SIGN_IN_CHECK, check.id, account.id, now, urgent=True)])
    return secret


async def _unanswered(session: AsyncSession, clock: Clock, account_id: int) -> int:
    """Within the last hour."""
    since = clock.now() - timedelta(hours=1) + CHECK_TERM
    rows = select(func.count()).where(
        SignInCheck.account_id == account_id,
        SignInCheck.state != CheckState.APPROVED,
        SignInCheck.expires_at > since,
    )
    return await session.scalar(rows) or 0
