"""Only one holder at a time."""

import asyncio
from datetime import timedelta

from storage import lease
from storage.session import Database, open_database
from tests.storage.rows import MOMENT

TERM = timedelta(seconds=30)


async def _hold(db: Database, holder: str, after: int = 0) -> bool:
    return await lease.hold(db, "dispatcher", holder, MOMENT + timedelta(seconds=after), term=TERM)


async def test_one_of_many_gets_it(database_url: str) -> None:
    async with open_database(database_url) as one, open_database(database_url) as other:
        taken = await asyncio.gather(*(_hold(db, f"{n}") for n, db in enumerate([one, other] * 5)))
    assert sum(taken) == 1


async def test_the_holder_renews_it_and_another_waits(db: Database) -> None:
    assert await _hold(db, "a")
    assert await _hold(db, "a", after=20)
    assert not await _hold(db, "b", after=45)
    assert await _hold(db, "b", after=51)
    assert not await _hold(db, "a", after=52)


async def test_giving_up_lets_the_next_one_in_at_once(db: Database) -> None:
    assert await _hold(db, "a")
    await lease.release(db, "dispatcher", "b")
    assert not await _hold(db, "b")
    await lease.release(db, "dispatcher", "a")
    assert await _hold(db, "b")


async def test_leases_of_other_names_are_apart(db: Database) -> None:
    assert await _hold(db, "a")
    assert await lease.hold(db, "sender", "b", MOMENT, term=TERM)
