"""Coming in and going out: invites, consent, sign-in. Each function is one transaction."""

import asyncio
from datetime import timedelta

from pwdlib import PasswordHash
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.campaigns.invitations import invite_joined
from core.clock import Clock
from core.errors import AppError, Denied
from core.people import queries, rules
from core.people.model import Actor, Role
from storage.models import Account, Chat, Consent, ConsentText, Grant, Invite, SignInLink, WebSession
from storage.session import Store

INVITE_TERM = timedelta(days=180)
LINK_TERM = timedelta(minutes=15)
SESSION_TERM = timedelta(days=14)
PASSWORD_LENGTH = 10

_passwords = PasswordHash.recommended()
_NOBODY = _passwords.hash("nobody has this password")
"""Checked when the login is unknown, so that the answer takes as long as for a known one."""


async def make_invite(store: Store, clock: Clock, account_id: int, term: timedelta = INVITE_TERM) -> str:
    """A one-time code for this account; only its hash is kept, so it is shown once and never again."""
    code = rules.new_token()
    async with store.write() as session:
        now = clock.now()
        session.add(
            Invite(account_id=account_id, code_hash=rules.token_hash(code), created_at=now, expires_at=now + term)
        )
    return code


async def join(store: Store, clock: Clock, channel: str, address: str, code: str) -> int:
    """Links a chat with the account that the code was made for; returns the account's id.

    A code that is used, revoked, expired or guessed is refused alike (`invite.refused`), so the answer
    tells a guesser nothing; the owner pressing the link again is simply welcomed back.
    """
    async with store.write() as session:
        invite = await session.scalar(
            select(Invite).where(Invite.code_hash == rules.token_hash(code)).with_for_update()
        )
        chat = await session.scalar(select(Chat).where(Chat.channel == channel, Chat.address == address))
        if invite is not None and chat is not None and chat.account_id == invite.account_id:
            chat.unreachable = None
            return chat.account_id
        if invite is None or invite.used_at or invite.revoked_at or invite.expires_at <= clock.now():
            raise AppError("invite.refused")
        if chat is not None:
            raise AppError("invite.other_chat")
        await _link(session, clock, invite, channel, address)
        return invite.account_id


async def _link(session: AsyncSession, clock: Clock, invite: Invite, channel: str, address: str) -> None:
    invite.used_at = clock.now()
    # A new code for the same person means a new phone: the old chat must get nothing any more.
    await session.execute(delete(Chat).where(Chat.account_id == invite.account_id, Chat.channel == channel))
    session.add(Chat(account_id=invite.account_id, channel=channel, address=address))
    actor = await queries.actor_of_account(session, invite.account_id)
    audit.note(session, clock.now(), actor, "people.joined", f"account:{invite.account_id}")


async def publish_consent(store: Store, clock: Clock, version: str, text: str) -> None:
    """Stores a wording of the consent; one that is already there must be the same, word for word."""
    async with store.write() as session:
        stored = await session.get(ConsentText, version)
        if stored is None:
            session.add(ConsentText(version=version, text=text, published_at=clock.now()))
        elif stored.text != text:
            raise AppError("consent.changed", version=version)


async def give_consent(store: Store, clock: Clock, actor: Actor, version: str) -> None:
    """Notes the consent with its version and time; giving it twice is one consent."""
    async with store.write() as session:
        due = await queries.consent_due(session, actor)
        if due is None:
            return
        if due.version != version:
            raise AppError("consent.outdated")
        session.add(Consent(account_id=actor.account_id, version=version, given_at=clock.now()))
        audit.note(session, clock.now(), actor, "consent.given", f"account:{actor.account_id}", details={"v": version})
        if actor.teacher_id is not None:
            await invite_joined(session, clock, actor.account_id, actor.teacher_id)


async def note_reachable(store: Store, channel: str, address: str, unreachable: str | None) -> None:
    """The person stopped the bot (`unreachable` says why) or let it in again (None)."""
    async with store.write() as session:
        await session.execute(
            update(Chat).where(Chat.channel == channel, Chat.address == address).values(unreachable=unreachable)
        )


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
