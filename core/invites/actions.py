"""Invites and joining by them. Each function is one transaction."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.clock import Clock
from core.errors import AppError
from core.people import queries, rules
from storage.models import Chat, Invite
from storage.session import Store

TERM = timedelta(days=180)


async def make_invite(store: Store, clock: Clock, account_id: int, term: timedelta = TERM) -> str:
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
