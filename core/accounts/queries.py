"""Reads about signed-in browsers and about those that wait for the second factor."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.accounts.model import IDLE_TERM, SIGN_IN_CHECK, CheckView, OpenSession, OwnAccess, Progress, SessionRow
from core.accounts.rules import offered
from core.clock import Clock
from core.people.model import Actor, CheckState
from core.people.queries import actor_of_account
from core.people.rules import token_hash
from storage.models import Account, Chat, Delivery, SignInCheck, WebSession

NOT_COMING = frozenset({"unreachable", "failed"})
"""States of a delivery that end it without the message."""


async def open_session(session: AsyncSession, clock: Clock, secret: str) -> OpenSession | None:
    """The browser with this secret; None when its session was ended, is too old or too long unused."""
    row = await session.scalar(
        select(WebSession)
        .join(Account, Account.id == WebSession.account_id)
        .where(WebSession.token_hash == token_hash(secret), *_living(clock), Account.active)
    )
    return None if row is None else OpenSession(row.id, row.account_id, row.seen_at)


async def actor_of_session(session: AsyncSession, clock: Clock, secret: str) -> Actor | None:
    """Who is signed in with this browser; None when the session has ended."""
    found = await open_session(session, clock, secret)
    return None if found is None else await actor_of_account(session, found.account_id)


async def sessions_of(session: AsyncSession, clock: Clock, account_id: int, secret: str = "") -> list[SessionRow]:
    """Browsers that are signed in for this account, newest first; `secret` is that of the one who asks."""
    rows = select(WebSession).where(WebSession.account_id == account_id, *_living(clock))
    own = token_hash(secret)
    return [
        SessionRow(one.id, one.agent, one.created_at, one.seen_at, one.token_hash == own)
        for one in await session.scalars(rows.order_by(WebSession.created_at.desc(), WebSession.id.desc()))
    ]


def _living(clock: Clock) -> tuple[ColumnElement[bool], ...]:
    return WebSession.expires_at > clock.now(), WebSession.seen_at > clock.now() - IDLE_TERM


async def own_access(session: AsyncSession, actor: Actor) -> OwnAccess:
    account = await session.get_one(Account, actor.account_id)
    chats = list(await session.scalars(select(Chat.unreachable).where(Chat.account_id == account.id)))
    return OwnAccess(
        login=account.login,
        has_password=account.password_hash is not None,
        second_factor=account.second_factor,
        has_chat=bool(chats),
        chat_reachable=None in chats,
    )


async def check_view(session: AsyncSession, clock: Clock, secret: str) -> CheckView:
    """For the browser that waits."""
    check = await session.scalar(select(SignInCheck).where(SignInCheck.token_hash == token_hash(secret)))
    if check is None:
        return CheckView(0, Progress.OVER, None)
    progress = Progress(check.state)
    if check.expires_at <= clock.now():
        progress = Progress.OVER
    elif progress is Progress.WAITING and await _undelivered(session, check):
        progress = Progress.UNDELIVERED
    return CheckView(check.number, progress, check.expires_at)


async def _undelivered(session: AsyncSession, check: SignInCheck) -> bool:
    rows = select(Delivery.state).where(Delivery.kind == SIGN_IN_CHECK, Delivery.subject == check.id)
    return await session.scalar(rows.limit(1)) in NOT_COMING


async def question(session: AsyncSession, clock: Clock, check_id: int) -> tuple[int, ...] | None:
    """The numbers that the chat offers; None when nobody waits for the answer any more."""
    check = await session.get(SignInCheck, check_id)
    if check is None or check.state != CheckState.WAITING or check.expires_at <= clock.now():
        return None
    return offered(check.number, check.token_hash)
