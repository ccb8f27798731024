"""Withdrawal and erasure: what goes, what stays, and that nothing is left of it (SPEC §3, 152-ФЗ)."""

import asyncio

import pytest
from sqlalchemy import func, select

from core.campaigns import actions as campaigns
from core.errors import AppError, Denied, NotFound
from core.people import queries
from core.people.model import Actor, Role
from core.rights import actions
from core.rights.model import Kept
from core.settings import Settings
from storage.models import (
    Account,
    Association,
    AuditEntry,
    Ballot,
    Base,
    Campaign,
    Chat,
    Consent,
    Delivery,
    Grant,
    ImportRun,
    InboxUpdate,
    Invite,
    Participation,
    ReleaseCell,
    Response,
    Teacher,
    TrainingRecord,
)
from storage.session import Database
from tests.answering.test_anonymity import file_bytes
from tests.clocks import SetClock
from tests.rights.person import SEALER, SURNAME, lived, rows_of

DEADLINE = 10
KEYS = ("teachers", "accounts")


async def count(db: Database, table: type[Base], *conditions: object) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0  # type: ignore[arg-type]


async def administrator(db: Database, clock: SetClock, town: int | None) -> Actor:
    async with db.write() as session:
        account = Account(name="Администратор", municipality_id=town, created_at=clock.now())
        session.add(account)
        await session.flush()
        session.add(Grant(account_id=account.id, role=Role.ADMINISTRATOR, municipality_id=town))
    async with db.read() as session:
        return await queries.actor_of_account(session, account.id)


async def test_the_made_up_person_has_a_row_in_every_table_that_knows_people(db: Database, clock: SetClock) -> None:
    """Otherwise the tests below would say little."""
    world = await lived(db, clock)
    found = await rows_of(db, world.teachers[0])
    knowing = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in KEYS
    }
    assert knowing - set(found) == {"announcements", "campaigns", "saved_audiences", "survey_drafts"}, (
        "made by staff in their work, none of this person"
    )


async def test_erasure_leaves_no_row(db: Database, clock: SetClock) -> None:
    world = await lived(db, clock)
    me, other = world.teachers
    await actions.erase(db, clock, me)
    assert await rows_of(db, me) == {}
    assert await count(db, Teacher, Teacher.id == me.teacher_id) == 0
    assert await count(db, Account, Account.id == me.account_id) == 0
    assert await count(db, InboxUpdate, InboxUpdate.person == "1") == 0
    assert await count(db, ImportRun) == 1, "a file that waits may hold the name"
    assert (await rows_of(db, other))["participations"] == 2, "nobody else is touched"
    async with db.read() as session:
        assert await session.scalar(select(Association.leader_id)) is None


async def test_the_audit_keeps_what_was_done_and_not_who(db: Database, clock: SetClock) -> None:
    world = await lived(db, clock)
    me = world.teachers[0]
    before = await count(db, AuditEntry)
    await actions.erase(db, clock, me)
    assert await count(db, AuditEntry) == before + 1
    async with db.read() as session:
        entries = list(await session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    erased = entries[-1]
    assert erased.action == "person.erased"
    assert (erased.subject or "").startswith("стёртый-")
    own = [one for one in entries if one.pseudonym == erased.subject]
    assert "results.exported" in {one.action for one in own}
    about = [one for one in entries[:-1] if one.subject == erased.subject]
    assert "teacher.changed" in {one.action for one in about}
    assert all(one.changes == {} and one.details == {} for one in about)
    assert SURNAME not in str([(one.subject, one.changes, one.details) for one in entries])


async def test_no_bytes_of_the_name_remain_in_the_file(sqlite_db: Database, clock: SetClock) -> None:
    db = sqlite_db
    world = await lived(db, clock)
    assert SURNAME.encode() in file_bytes(db)
    await actions.erase(db, clock, world.teachers[0])
    lowered = SURNAME.lower().encode()
    async with asyncio.timeout(DEADLINE):
        while SURNAME.encode() in file_bytes(db) or lowered in file_bytes(db):  # noqa: ASYNC110 - a file has no event
            await asyncio.sleep(0.05)


async def test_withdrawal_erases_answers_and_leaves_the_registry(db: Database, clock: SetClock) -> None:
    world = await lived(db, clock)
    me = world.teachers[0]
    ballots = await count(db, Ballot)
    await actions.withdraw(db, clock, me)
    assert await count(db, Response, Response.teacher_id == me.teacher_id) == 0
    for table in (Chat, Delivery):
        waiting = () if table is Chat else (Delivery.state == "queued",)
        assert await count(db, table, table.account_id == me.account_id, *waiting) == 0  # type: ignore[attr-defined]
    assert await count(db, Ballot) == ballots, "an anonymous ballot cannot be told from others"
    async with db.read() as session:
        left = await session.scalars(select(Participation.campaign_id).where(Participation.teacher_id == me.teacher_id))
        assert list(left) == [world.burnout], "only that the person took part"
        assert await session.scalar(select(Consent.withdrawn_at)) == clock.now()
        assert set(await session.scalars(select(Invite.revoked_at))) == {clock.now()}
        assert await queries.actor_of_chat(session, "telegram", "1") is None
        assert (await queries.consent_due(session, me)) is not None
    assert await count(db, TrainingRecord) == 1
    assert await count(db, Teacher, Teacher.id == me.teacher_id) == 1


@pytest.mark.parametrize("leave", [actions.erase, actions.withdraw])
async def test_an_anonymous_wave_can_be_closed_after_somebody_left(
    db: Database, clock: SetClock, leave: object
) -> None:
    world = await lived(db, clock)
    await leave(db, clock, world.teachers[0])  # type: ignore[operator]
    async with db.read() as session:
        town = (await session.get_one(Campaign, world.burnout)).municipality_id
    chief = await administrator(db, clock, town)
    await campaigns.close(db, clock, chief, world.burnout, SEALER)
    assert await count(db, Ballot) == 0
    assert await count(db, ReleaseCell) == 0, "one ballot is too few for any figure"


async def test_the_surname_guards_against_a_slip(db: Database, clock: SetClock) -> None:
    world = await lived(db, clock)
    me = world.teachers[0]
    assert me.teacher_id is not None
    chief = await administrator(db, clock, me.municipality_id)
    with pytest.raises(AppError, match=r"rights\.other_surname"):
        await actions.erase_person(db, clock, chief, me.teacher_id, "Другова")
    assert await count(db, Teacher, Teacher.id == me.teacher_id) == 1
    await actions.erase_person(db, clock, chief, me.teacher_id, f" {SURNAME.upper()} ")
    assert await rows_of(db, me) == {}
    with pytest.raises(NotFound):
        await actions.erase_person(db, clock, chief, me.teacher_id, SURNAME)


async def test_only_an_administrator_of_the_place_acts_for_others(db: Database, clock: SetClock) -> None:
    world = await lived(db, clock)
    me, other = world.teachers
    assert me.teacher_id is not None
    foreign = Actor(9, None, None, administered=frozenset({99}), municipalities=frozenset({99}))
    methodist = Actor(9, None, me.municipality_id, municipalities=frozenset({me.municipality_id or 0}))
    for actor, error in ((foreign, NotFound), (other, NotFound), (methodist, Denied)):
        with pytest.raises(error):
            await actions.withdraw_for(db, clock, actor, me.teacher_id)
        with pytest.raises(error):
            await actions.erase_person(db, clock, actor, me.teacher_id, SURNAME)
        with pytest.raises(error):
            await actions.show_person(db, clock, actor, me.teacher_id)
    assert await count(db, Chat, Chat.account_id == me.account_id) == 1


async def test_the_last_administrator_cannot_erase_themselves(db: Database, clock: SetClock) -> None:
    chief = await administrator(db, clock, None)
    with pytest.raises(AppError, match=r"rights\.last_administrator"):
        await actions.erase(db, clock, chief)
    await administrator(db, clock, None)
    await actions.erase(db, clock, chief)
    assert await count(db, Account) == 1


async def test_the_last_administrator_is_erased_by_nobody(db: Database, clock: SetClock) -> None:
    """Neither by an administrator of the town, nor by the passing of time."""
    world = await lived(db, clock)
    me = world.teachers[0]
    assert me.teacher_id is not None
    chief = await administrator(db, clock, me.municipality_id)
    async with db.write() as session:
        session.add(Grant(account_id=me.account_id, role=Role.ADMINISTRATOR))
        (await session.get_one(Teacher, me.teacher_id)).archived_at = clock.now()
    with pytest.raises(AppError, match=r"rights\.last_administrator"):
        await actions.erase_person(db, clock, chief, me.teacher_id, SURNAME)
    clock.advance(days=400)
    await actions.forget_old(db, clock, Kept.from_settings(Settings(_env_file=None)))
    assert await count(db, Teacher, Teacher.id == me.teacher_id) == 1
