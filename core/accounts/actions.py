"""Accounts of staff, and how they come into the admin. Each function is one transaction."""

import asyncio
from datetime import timedelta

from pwdlib import PasswordHash
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.clock import Clock
from core.errors import AppError, Denied
from core.people import queries, rules
from core.people.model import Actor, Role
from storage.models import Account, Grant, SignInLink, WebSession
from storage.session import Store

LINK_TERM = timedelta(minutes=15)
SESSION_TERM = timedelta(days=14)
PASSWORD_LENGTH = 10

_passwords = PasswordHash.recommended()
_NOBODY = _passwords.hash("nobody has this password")
"""Checked when the login is unknown, so that the answer takes as long as for a known one."""


async def create_staff(
    store: Store,
    clock: Clock,
    name: str,
    role: Role,
    municipality_id: int | None,
    *,
    login: str | None = None,
    password: str | None = None,
) -> int:
    """An account that is not in the registry, with one role; returns its id."""
    hashed = await hash_password(password) if password is not None else None
    async with store.write() as session:
        account = Account(
            municipality_id=municipality_id, name=name, login=login, password_hash=hashed, created_at=clock.now()
        )
        session.add(account)
        await session.flush()
        session.add(Grant(account_id=account.id, role=role, municipality_id=municipality_id))
        audit.note(session, clock.now(), None, "staff.created", f"account:{account.id}", details={"role": role})
        return account.id


async def hash_password(password: str) -> str:
    """Argon2, in a thread since it takes its time on purpose; `password.short` below ten characters."""
    if len(password) < PASSWORD_LENGTH:
        raise AppError("password.short", least=PASSWORD_LENGTH)
    return await asyncio.to_thread(_passwords.hash, password)


async def set_password(store: Store, clock: Clock, account_id: int, login: str, password: str) -> None:
    hashed = await hash_password(password)
    async with store.write() as session:
        account = await session.get_one(Account, account_id)
        account.login, account.password_hash = login, hashed
        audit.note(session, clock.now(), None, "staff.password", f"account:{account_id}")


async def make_sign_in_link(store: Store, clock: Clock, account_id: int) -> str:
    """A token that opens the admin once within a quarter of an hour; only staff get one (`denied`)."""
    token = rules.new_token()
    async with store.write() as session:
        if not (await queries.actor_of_account(session, account_id)).is_staff:
            raise Denied
        session.add(
            SignInLink(token_hash=rules.token_hash(token), account_id=account_id, expires_at=clock.now() + LINK_TERM)
        )
    return token


async def enter_by_link(store: Store, clock: Clock, token: str) -> str:
    """Uses the link up and returns the secret of a new web session; `sign_in.refused` for any other token."""
    async with store.write() as session:
        link = await session.get(SignInLink, rules.token_hash(token), with_for_update=True)
        if link is None or link.used_at is not None or link.expires_at <= clock.now():
            raise AppError("sign_in.refused")
        link.used_at = clock.now()
        return await _begin_session(session, clock, link.account_id, "link")


async def enter_by_password(store: Store, clock: Clock, login: str, password: str) -> str:
    """The secret of a new web session; `sign_in.refused` whether the login or the password is wrong."""
    async with store.read() as session:
        account = await session.scalar(select(Account).where(Account.login == login, Account.active))
    known = account.password_hash if account is not None and account.password_hash is not None else _NOBODY
    right = await asyncio.to_thread(_passwords.verify, password, known)
    if account is None or known is _NOBODY or not right:
        raise AppError("sign_in.refused")
    async with store.write() as session:
        return await _begin_session(session, clock, account.id, "password")


async def _begin_session(session: AsyncSession, clock: Clock, account_id: int, way: str) -> str:
    actor = await queries.actor_of_account(session, account_id)
    if not actor.is_staff:
        raise Denied
    token, now = rules.new_token(), clock.now()
    session.add(
        WebSession(
            token_hash=rules.token_hash(token),
            account_id=account_id,
            created_at=now,
            seen_at=now,
            expires_at=now + SESSION_TERM,
        )
    )
    audit.note(session, now, actor, "sign_in", f"account:{account_id}", details={"way": way})
    return token


async def leave(store: Store, session_token: str) -> None:
    """Ends this browser's session."""
    async with store.write() as session:
        await session.execute(delete(WebSession).where(WebSession.token_hash == rules.token_hash(session_token)))


async def leave_everywhere(store: Store, clock: Clock, actor: Actor) -> None:
    """Ends every browser's session of this account."""
    async with store.write() as session:
        await session.execute(delete(WebSession).where(WebSession.account_id == actor.account_id))
        audit.note(session, clock.now(), actor, "sign_out.everywhere", f"account:{actor.account_id}")
