"""Invites, consent, and who somebody is afterwards (SPEC §3)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.errors import AppError
from core.invites import actions as invites
from core.people import actions, queries
from core.people.model import Channel
from storage.models import Account, AuditEntry, Chat, Consent, Invite
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


async def test_consent_is_noted_once_with_its_version(db: Database, clock: SetClock) -> None:
    account = await new_account(db, clock)
    await actions.publish_consent(db, clock, "1", "Текст")
    async with db.read() as session:
        actor = await queries.actor_of_account(session, account)
        assert await queries.consent_due(session, actor) is not None
    for _ in range(2):
        await actions.give_consent(db, clock, actor, "1")
    async with db.read() as session:
        assert await queries.consent_due(session, actor) is None
        given = (await session.scalars(select(Consent))).one()
        assert (given.version, given.given_at) == ("1", clock.now())
        assert await session.scalar(select(func.count()).where(AuditEntry.action == "consent.given")) == 1


async def test_a_new_wording_is_asked_for_again(db: Database, clock: SetClock) -> None:
    account = await new_account(db, clock)
    await actions.publish_consent(db, clock, "1", "Текст")
    async with db.read() as session:
        actor = await queries.actor_of_account(session, account)
    await actions.give_consent(db, clock, actor, "1")
    clock.advance(days=1)
    await actions.publish_consent(db, clock, "2", "Другой текст")
    async with db.read() as session:
        due = await queries.consent_due(session, actor)
        assert due is not None
        assert due.version == "2"
    with pytest.raises(AppError, match=r"consent\.outdated"):
        await actions.give_consent(db, clock, actor, "1")


async def test_a_published_wording_cannot_be_changed(db: Database, clock: SetClock) -> None:
    await actions.publish_consent(db, clock, "1", "Текст")
    await actions.publish_consent(db, clock, "1", "Текст")
    with pytest.raises(AppError, match=r"consent\.changed"):
        await actions.publish_consent(db, clock, "1", "Подменённый текст")
