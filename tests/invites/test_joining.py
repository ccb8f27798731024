"""Joining by an invite, and who somebody is afterwards (SPEC §3)."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.errors import AppError
from core.invites import actions as invites
from core.people import actions, queries
from core.people.model import Channel
from storage.models import Account, AuditEntry, Chat, Invite
from storage.session import Database
from tests.clocks import SetClock

HERE = Channel.TELEGRAM


async def new_account(db: Database, clock: SetClock) -> int:
    async with db.write() as session:
        account = Account(name="Проба", created_at=clock.now())
        session.add(account)
        await session.flush()
        return account.id


async def test_a_code_opens_the_door_once(db: Database, clock: SetClock) -> None:
    account = await new_account(db, clock)
    code = await invites.make_invite(db, clock, account)
    assert await invites.join(db, clock, HERE, "7", code) == account
    with pytest.raises(AppError, match=r"invite\.refused"):
        await invites.join(db, clock, HERE, "8", code)
    async with db.read() as session:
        assert await queries.actor_of_chat(session, HERE, "8") is None
        actor = await queries.actor_of_chat(session, HERE, "7")
        assert actor is not None
        assert actor.account_id == account


async def test_the_owner_may_press_the_link_again(db: Database, clock: SetClock) -> None:
    account = await new_account(db, clock)
    code = await invites.make_invite(db, clock, account)
    await invites.join(db, clock, HERE, "7", code)
    await actions.note_reachable(db, HERE, "7", "blocked")
    assert await invites.join(db, clock, HERE, "7", code) == account
    async with db.read() as session:
        assert [chat.unreachable for chat in await session.scalars(select(Chat))] == [None]


async def test_expired_revoked_and_guessed_codes_are_refused_alike(db: Database, clock: SetClock) -> None:
    account = await new_account(db, clock)
    expired = await invites.make_invite(db, clock, account, timedelta(days=1))
    clock.advance(days=1)
    revoked = await invites.make_invite(db, clock, account)
    async with db.write() as session:
        for invite in await session.scalars(select(Invite).where(Invite.expires_at > clock.now())):
            invite.revoked_at = clock.now()
    for code in (expired, revoked, "guessed", "", "'; DROP TABLE invites"):
        with pytest.raises(AppError, match=r"invite\.refused"):
            await invites.join(db, clock, HERE, "7", code)


async def test_a_chat_belongs_to_one_person(db: Database, clock: SetClock) -> None:
    first, second = await new_account(db, clock), await new_account(db, clock)
    await invites.join(db, clock, HERE, "7", await invites.make_invite(db, clock, first))
    code = await invites.make_invite(db, clock, second)
    with pytest.raises(AppError, match=r"invite\.other_chat"):
        await invites.join(db, clock, HERE, "7", code)
    assert await invites.join(db, clock, HERE, "8", code) == second  # the refused attempt used nothing up


async def test_a_new_phone_takes_the_place_of_the_old_one(db: Database, clock: SetClock) -> None:
    account = await new_account(db, clock)
    await invites.join(db, clock, HERE, "7", await invites.make_invite(db, clock, account))
    await invites.join(db, clock, HERE, "8", await invites.make_invite(db, clock, account))
    async with db.read() as session:
        assert [chat.address for chat in await session.scalars(select(Chat))] == ["8"]


async def test_a_new_invite_ends_the_earlier_one(db: Database, clock: SetClock) -> None:
    account = await new_account(db, clock)
    lost = await invites.make_invite(db, clock, account)
    fresh = await invites.make_invite(db, clock, account)
    with pytest.raises(AppError, match=r"invite\.refused"):
        await invites.join(db, clock, HERE, "7", lost)
    assert await invites.join(db, clock, HERE, "7", fresh) == account


async def test_the_code_of_a_switched_off_account_is_refused_like_a_guessed_one(db: Database, clock: SetClock) -> None:
    account = await new_account(db, clock)
    code = await invites.make_invite(db, clock, account)
    async with db.write() as session:
        await session.execute(update(Account).values(active=False))
    with pytest.raises(AppError, match=r"invite\.refused"):
        await invites.join(db, clock, HERE, "7", code)


async def test_joining_is_noted_with_the_one_who_joined(db: Database, clock: SetClock) -> None:
    account = await new_account(db, clock)
    await invites.join(db, clock, HERE, "7", await invites.make_invite(db, clock, account))
    async with db.read() as session:
        entry = (await session.scalars(select(AuditEntry))).one()
    assert (entry.action, entry.account_id, entry.subject) == ("people.joined", account, f"account:{account}")
