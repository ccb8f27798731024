"""Consent: versions, and given once (SPEC §3)."""

import pytest
from sqlalchemy import func, select

from core.errors import AppError
from core.people import actions, queries
from storage.models import Account, AuditEntry, Consent
from storage.session import Database
from tests.clocks import SetClock


async def new_account(db: Database, clock: SetClock) -> int:
    async with db.write() as session:
        account = Account(name="Проба", created_at=clock.now())
        session.add(account)
        await session.flush()
        return account.id


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
