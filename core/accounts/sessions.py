"""Signed-in browsers as rows. Work inside the caller's transaction."""

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.accounts.model import SESSION_TERM
from core.clock import Clock
from core.errors import Denied
from core.people import queries, rules
from core.people.model import CheckState
from storage.models import Account, SignInCheck, SignInLink, WebSession

AGENT_LENGTH = 200


def subject(account: Account) -> str:
    """Whose history an entry of the audit about this account belongs to."""
    return audit.whose(account.id, account.teacher_id)


async def begin(session: AsyncSession, clock: Clock, account: Account, way: str, agent: str) -> str:
    """The secret of a new browser's session. Raises Denied for who is no staff, NotFound for who was switched off."""
    actor = await queries.actor_of_account(session, account.id)
    if not actor.is_staff:
        raise Denied
    secret, now = rules.new_token(), clock.now()
    session.add(
        WebSession(
            token_hash=rules.token_hash(secret),
            account_id=account.id,
            agent=agent[:AGENT_LENGTH],
            created_at=now,
            seen_at=now,
            expires_at=now + SESSION_TERM,
        )
    )
    audit.note(session, now, actor, "sign_in", subject(account), details={"way": way})
    return secret


async def end_all(session: AsyncSession, account_id: int) -> None:
    await session.execute(delete(WebSession).where(WebSession.account_id == account_id))


async def shut_doors(session: AsyncSession, account_id: int) -> None:
    """Ends every session and makes every link and check that is still open useless."""
    await end_all(session, account_id)
    await session.execute(delete(SignInLink).where(SignInLink.account_id == account_id, SignInLink.used_at.is_(None)))
    await session.execute(
        update(SignInCheck).where(SignInCheck.account_id == account_id).values(state=CheckState.REFUSED)
    )
