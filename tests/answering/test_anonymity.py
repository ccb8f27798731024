"""After an anonymous survey nothing in the database file leads from a person to answers (SPEC §3)."""

import asyncio
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, inspect, select, table, text

from core.releases.ballot import decode
from core.sealing import Sealer
from core.surveys import actions
from core.surveys.loading import parse_definition
from storage.inbox import Incoming, UpdateWork, finish, pending, receive
from storage.models import Ballot, Participation
from storage.session import Database
from tests.answering.world import campaign_of, make_world, walk_to_summary
from tests.clocks import SetClock

DEADLINE = 10


def file_bytes(db: Database) -> bytes:
    """The database and its write-ahead log, as somebody who copies the files has them."""
    path = Path(db.url.split("///", 1)[1])
    return b"".join(part.read_bytes() for part in (path, Path(f"{path}-wal")) if part.exists())


async def test_no_bytes_of_the_presses_remain(sqlite_db: Database, clock: SetClock) -> None:
    db = sqlite_db
    world = await make_world(db, clock)
    teacher = world.teachers[0]
    summary = await walk_to_summary(db, clock, teacher, world.burnout)
    press = '{"update_id": 1, "callback_query": {"data": "MARKOFTHEPRESS"}}'
    await receive(db, "telegram", [Incoming(1, "1", press)], clock.now())
    assert b"MARKOFTHEPRESS" in file_bytes(db)

    [row] = await pending(db, "telegram")
    await actions.submit(UpdateWork(db, row.id), clock, teacher, summary.place, Sealer("s"))
    await finish(db, [row.id])

    async with asyncio.timeout(DEADLINE):
        while b"MARKOFTHEPRESS" in file_bytes(db):  # noqa: ASYNC110 - a file has no event to wait for
            await asyncio.sleep(0.05)


async def test_no_table_holds_both_the_person_and_the_answers(sqlite_db: Database, clock: SetClock) -> None:
    """Every row of every table that names the teacher or the account is looked at for anything of the survey."""
    db = sqlite_db
    world = await make_world(db, clock)
    before = await dump(db)
    for teacher in world.teachers:
        summary = await walk_to_summary(db, clock, teacher, world.burnout)
        await actions.submit(db, clock, teacher, summary.place, Sealer("s"))
    after = await dump(db)

    changed = {table: after[table] - before[table] for table in after if after[table] != before[table]}
    assert set(changed) == {"participations", "ballots", "sqlite_sequence"}
    assert len({len(row.sealed) for row in changed["ballots"]}) == 1
    assert {row.state for row in changed["participations"]} == {"submitted"}


TIMED = """
code: timed
version: "1"
title: Анонимная со временем
purpose: Проверка
privacy: anonymous
respondent: teacher
minutes: 1
k: 5
source: Для проверки
questions:
  - {type: calculate, name: begun, calculation: "once(now())"}
  - {type: integer, name: years, label: "Сколько лет?"}
"""


async def test_no_ballot_carries_a_moment(sqlite_db: Database, clock: SetClock) -> None:
    """A form made for Kobo may keep when it was begun; of an anonymous one not even the sealed ballot does."""
    db = sqlite_db
    world = await make_world(db, clock)
    campaign = await campaign_of(db, clock, world, parse_definition(TIMED, "timed.yaml"))
    teacher = world.teachers[0]
    async with db.write() as session:
        session.add(Participation(campaign_id=campaign, teacher_id=teacher.teacher_id, subject=0, state="invited"))
    summary = await walk_to_summary(db, clock, teacher, campaign)
    assert summary.situation().text("begun"), "it is there while the draft is"
    await actions.submit(db, clock, teacher, summary.place, Sealer("s"))
    async with db.read() as session:
        [sealed] = await session.scalars(select(Ballot.sealed).where(Ballot.campaign_id == campaign))
    assert set(decode(Sealer("s").open(sealed)).answers) == {"years"}


async def test_ballots_do_not_tell_their_order(sqlite_db: Database) -> None:
    """A table with a rowid would keep the order in which ballots came."""
    async with sqlite_db.read() as session:
        sql = await session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'ballots'"))
        columns = await (await session.connection()).run_sync(column_names)
        assert columns == ["id", "campaign_id", "sealed"]
    assert "WITHOUT ROWID" in sql


async def dump(db: Database) -> dict[str, set[Row[Any]]]:
    async with db.read() as session:
        names = await session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        return {name: set(await session.execute(select(text("*")).select_from(table(name)))) for name in names}


def column_names(connection: Connection) -> list[str]:
    return [column["name"] for column in inspect(connection).get_columns("ballots")]
