"""The accounts of two records that are made one: rights, chats, consents, history. In the caller's transaction."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.doubles import references
from core.people.model import Actor, Role
from storage.models import Account, AuditEntry, Chat, Consent, Grant

STAFF = (Role.METHODIST, Role.ADMINISTRATOR)


async def may_join(session: AsyncSession, actor: Actor, keeper: int, other: int) -> bool:
    """Rights of staff go over to another account only by the hand of somebody who could give them."""
    rows = await session.scalars(
        select(Grant)
        .join(Account, Account.id == Grant.account_id)
        .where(Account.teacher_id.in_((keeper, other)), Grant.role.in_(STAFF))
    )
    return all(
        actor.everywhere if grant.municipality_id is None else actor.administers(grant.municipality_id)
        for grant in rows
    )


async def joined(session: AsyncSession, teacher_id: int) -> bool:
    """Has a chat."""
    found = select(Chat.id).join(Account, Account.id == Chat.account_id).where(Account.teacher_id == teacher_id)
    return await session.scalar(found.limit(1)) is not None


async def make_one(session: AsyncSession, keeper: int, other: int) -> None:
    """Ids of teachers. Whoever has no account gets the other's; of two the keeper's stays with what both had."""
    mine, theirs = await _account(session, keeper), await _account(session, other)
    if theirs is None:
        return
    if mine is None:
        theirs.teacher_id = keeper
        await session.flush()
        return
    await _join_chats(session, mine.id, theirs.id)
    await references.end(session, theirs.id)
    await references.hand_over(session, references.ACCOUNT, mine.id, theirs.id)
    await _end_withdrawn(session, mine.id)
    await rename(session, f"account:{theirs.id}", f"account:{mine.id}")
    login, hashed = theirs.login, theirs.password_hash
    await session.execute(delete(Account).where(Account.id == theirs.id))
    if mine.login is None:
        mine.login, mine.password_hash = login, hashed
    await session.flush()


async def _account(session: AsyncSession, teacher_id: int) -> Account | None:
    found: Account | None = await session.scalar(
        select(Account).where(Account.teacher_id == teacher_id).with_for_update()
    )
    return found


async def _join_chats(session: AsyncSession, mine: int, theirs: int) -> None:
    """In each messenger the newest chat of the one who stays is kept; the other's only when there is none."""
    chats = list(await session.scalars(select(Chat).where(Chat.account_id.in_((mine, theirs))).with_for_update()))
    for channel in {chat.channel for chat in chats}:
        here = [chat for chat in chats if chat.channel == channel]
        kept = max(here, key=lambda chat: (chat.account_id == mine, chat.id))
        await session.execute(delete(Chat).where(Chat.id.in_([chat.id for chat in here if chat is not kept])))
        kept.account_id = mine
    await session.flush()


async def _end_withdrawn(session: AsyncSession, account_id: int) -> None:
    """A withdrawal is the person's last word: it also ends what the other record had agreed to before it."""
    last: datetime | None = await session.scalar(
        select(Consent.withdrawn_at)
        .where(Consent.account_id == account_id, Consent.withdrawn_at.is_not(None))
        .order_by(Consent.withdrawn_at.desc())
        .limit(1)
    )
    if last is not None:
        await session.execute(
            update(Consent)
            .where(Consent.account_id == account_id, Consent.withdrawn_at.is_(None), Consent.given_at <= last)
            .values(withdrawn_at=last)
        )


async def rename(session: AsyncSession, old: str, new: str) -> None:
    """The history of both becomes one."""
    await session.execute(update(AuditEntry).where(AuditEntry.subject == old).values(subject=new))
