"""What has been kept for long enough is forgotten, and nothing earlier (moved clock)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from core.rights import actions, retention
from core.rights.model import Kept
from core.settings import Settings
from storage.models import (
    Account,
    AuditEntry,
    Base,
    Delivery,
    ImportChange,
    ImportRun,
    InboxUpdate,
    Invite,
    Response,
    SignInCheck,
    SignInLink,
    Teacher,
    WebSession,
)
from storage.session import Database
from tests.clocks import SetClock
from tests.rights.person import lived

KEPT = Kept(archived_teachers=365, answers=1826, audit=1826, deliveries=365, passing=30, imports=30)
PASSING = (Invite, SignInLink, SignInCheck, WebSession)


async def count(db: Database, table: type[Base]) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_nothing_goes_before_its_time(db: Database, clock: SetClock) -> None:
    await lived(db, clock)
    clock.advance(hours=23)
    assert await actions.forget_old(db, clock, KEPT) == 0


@pytest.mark.parametrize("table", PASSING)
async def test_traces_of_signing_in_pass(db: Database, clock: SetClock, table: type[Base]) -> None:
    await lived(db, clock)
    clock.advance(days=30)
    await actions.forget_old(db, clock, KEPT)
    assert await count(db, table) == 1, "the term is over when the day is over"
    clock.advance(seconds=1)
    await actions.forget_old(db, clock, KEPT)
    assert await count(db, table) == 0


async def test_a_file_that_nobody_loaded_goes_after_a_day(db: Database, clock: SetClock) -> None:
    await lived(db, clock)
    clock.advance(hours=25)
    await actions.forget_old(db, clock, KEPT)
    assert await count(db, ImportRun) == 1


async def test_an_import_can_be_taken_back_for_a_month(db: Database, clock: SetClock) -> None:
    await lived(db, clock)
    async with db.write() as session:
        await session.execute(update(ImportRun).where(ImportRun.state == "applied").values(applied_at=clock.now()))
    clock.advance(days=29)
    await actions.forget_old(db, clock, KEPT)
    assert await count(db, ImportChange) == 1
    clock.advance(days=2)
    await actions.forget_old(db, clock, KEPT)
    assert await count(db, ImportChange) == 0
    assert await count(db, ImportRun) == 1, "that there was an import is still known"


async def test_answers_deliveries_and_audit_have_terms_of_their_own(db: Database, clock: SetClock) -> None:
    await lived(db, clock)
    clock.advance(days=366)
    await actions.forget_old(db, clock, KEPT)
    async with db.read() as session:
        assert set(await session.scalars(select(Delivery.state))) == {"queued"}, "one that waits is not history"
    assert await count(db, Response) == 1
    audited = await count(db, AuditEntry)
    clock.advance(days=1461)
    await actions.forget_old(db, clock, KEPT)
    assert await count(db, Response) == 0
    assert await count(db, AuditEntry) < audited


async def test_who_left_is_erased_after_a_year(db: Database, clock: SetClock) -> None:
    world = await lived(db, clock)
    me, other = world.teachers
    async with db.write() as session:
        await session.execute(
            update(Teacher).where(Teacher.id == me.teacher_id).values(archived_at=clock.now() - timedelta(days=365))
        )
    clock.advance(seconds=1)
    await actions.forget_old(db, clock, KEPT)
    async with db.read() as session:
        assert list(await session.scalars(select(Teacher.id))) == [other.teacher_id]
        assert list(await session.scalars(select(Account.id))) == [other.account_id]


async def test_what_was_set_aside_is_looked_at_for_a_month(db: Database, clock: SetClock) -> None:
    async with db.write() as session:
        for number, state in enumerate(("aside", "new")):
            session.add(
                InboxUpdate(channel="telegram", update_id=number, person="1", state=state, received_at=clock.now())
            )
    clock.advance(days=31)
    await actions.forget_old(db, clock, KEPT)
    async with db.read() as session:
        assert list(await session.scalars(select(InboxUpdate.state))) == ["new"]


async def test_more_than_one_batch_goes_in_one_run(
    db: Database, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 3)
    async with db.write() as session:
        account = Account(name="Проба", created_at=clock.now())
        session.add(account)
        await session.flush()
        session.add_all(
            SignInLink(token_hash=str(number), account_id=account.id, expires_at=clock.now()) for number in range(10)
        )
    clock.advance(days=31)
    assert await actions.forget_old(db, clock, KEPT) == 10
    assert await actions.forget_old(db, clock, KEPT) == 0


def test_the_terms_are_settings() -> None:
    assert Kept.from_settings(Settings(_env_file=None)) == KEPT
