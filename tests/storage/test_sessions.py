"""Reading sees one moment and changes nothing; writing is all or nothing and loses nothing."""

import asyncio

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.models import Municipality
from storage.session import GROUP_LIMIT, Database, open_database
from tests.storage.rows import add_counter, counter, increase


async def test_read_modify_write_by_many_loses_none(db: Database) -> None:
    await add_counter(db)
    await asyncio.gather(*(increase(db) for _ in range(3 * GROUP_LIMIT)))
    assert await counter(db) == 3 * GROUP_LIMIT


async def test_two_processes_on_one_database_lose_none(database_url: str) -> None:
    async with open_database(database_url) as one, open_database(database_url) as other:
        await add_counter(one)
        await asyncio.gather(*(increase(db) for _ in range(40) for db in (one, other)))
        assert await counter(one) == await counter(other) == 80


async def test_a_turn_that_fails_is_undone_alone(db: Database) -> None:
    await add_counter(db)

    async def fail() -> None:
        async with db.write() as session:
            row = (await session.scalars(select(Municipality).with_for_update())).one()
            row.settings = {"n": 1000}
            await session.flush()
            raise KeyError("mine")

    outcomes = await asyncio.gather(
        *(fail() if n % 3 == 0 else increase(db) for n in range(30)), return_exceptions=True
    )
    assert [isinstance(one, KeyError) for one in outcomes] == [n % 3 == 0 for n in range(30)]
    assert await counter(db) == 20


async def test_a_broken_statement_harms_only_its_own_turn(db: Database) -> None:
    await add_counter(db)

    async def twice_the_same() -> None:
        async with db.write() as session:
            session.add(Municipality(code="zima", name="Зима", timezone="Asia/Irkutsk"))

    outcomes = await asyncio.gather(increase(db), twice_the_same(), increase(db), return_exceptions=True)
    assert outcomes[0] is outcomes[2] is None
    assert isinstance(outcomes[1], DBAPIError)
    assert await counter(db) == 2


@pytest.mark.parametrize("moment", ["waiting", "inside"])
async def test_a_cancelled_turn_harms_nobody(db: Database, moment: str) -> None:
    await add_counter(db)
    inside, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with db.write() as session:
            row = (await session.scalars(select(Municipality).with_for_update())).one()
            row.settings = {"n": 1000}
            await session.flush()
            inside.set()
            await go_on.wait()

    first = asyncio.create_task(slow())
    await inside.wait()
    second = asyncio.create_task(increase(db))
    third = asyncio.create_task(increase(db))
    await asyncio.sleep(0)
    (second if moment == "waiting" else first).cancel()
    go_on.set()
    await asyncio.gather(first, second, third, return_exceptions=True)
    expected = 1001 if moment == "waiting" else 2
    assert await counter(db) == expected
    await increase(db)
    assert await counter(db) == expected + 1


async def test_nobody_is_told_of_success_before_the_commit(sqlite_db: Database) -> None:
    await add_counter(sqlite_db)
    told: list[int] = []

    async def work() -> None:
        await increase(sqlite_db)
        told.append(await counter(sqlite_db))

    await asyncio.gather(*(work() for _ in range(20)))
    # Whoever returns sees all turns of the same commit, its own among them.
    assert min(told) >= 1
    assert max(told) == 20


async def test_a_commit_that_fails_is_told_to_everybody_in_it(sqlite_db: Database) -> None:
    await add_counter(sqlite_db)
    failing = True

    def refuse(connection: object) -> None:
        if failing:
            raise OperationalError("COMMIT", {}, Exception("disk full"))

    event.listen(sqlite_db._writers.sync_engine, "commit", refuse)
    outcomes = await asyncio.gather(*(increase(sqlite_db) for _ in range(10)), return_exceptions=True)
    assert all(isinstance(one, OperationalError) for one in outcomes)
    failing = False
    await increase(sqlite_db)
    assert await counter(sqlite_db) == 1


async def test_a_database_locked_by_another_program_is_an_error_not_silence(
    sqlite_db: Database, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_counter(sqlite_db)
    async with open_database(sqlite_url) as other, other.write() as session:
        session.add(Municipality(code="other", name="Другой", timezone="Asia/Irkutsk"))
        await session.flush()
        monkeypatch.setattr("storage.engine.BUSY_MS", 50)
        await sqlite_db._writers.dispose()  # so that the next connection has the short patience
        with pytest.raises(OperationalError, match="locked"):
            await increase(sqlite_db)
    await increase(sqlite_db)
    assert await counter(sqlite_db) == 1


async def test_a_read_session_keeps_nothing(db: Database) -> None:
    await add_counter(db)
    async with db.read() as session:
        row = (await session.scalars(select(Municipality))).one()
        row.settings = {"n": 5}
    assert await counter(db) == 0


async def test_sqlite_refuses_to_write_through_a_read_session(sqlite_db: Database) -> None:
    async with sqlite_db.read() as session:
        session.add(Municipality(code="zima", name="Зима", timezone="Asia/Irkutsk"))
        with pytest.raises(OperationalError, match="readonly"):
            await session.flush()


async def test_a_read_session_sees_one_moment(db: Database) -> None:
    await add_counter(db)
    async with db.read() as session:
        before = (await session.execute(select(Municipality.settings))).scalar_one()
        await increase(db)
        assert (await session.execute(select(Municipality.settings))).scalar_one() == before
    assert await counter(db) == 1


async def test_a_closed_database_turns_writers_away(sqlite_url: str) -> None:
    async with open_database(sqlite_url) as database:
        await add_counter(database)
    with pytest.raises(RuntimeError, match="not open"):
        await increase(database)


async def test_writers_who_wait_while_it_closes_get_an_answer(sqlite_url: str) -> None:
    async with open_database(sqlite_url) as database:
        await add_counter(database)
        writers = [asyncio.create_task(increase(database)) for _ in range(5)]
        await asyncio.sleep(0)
    outcomes = await asyncio.wait_for(asyncio.gather(*writers, return_exceptions=True), 5)
    assert all(one is None or isinstance(one, RuntimeError) for one in outcomes)
