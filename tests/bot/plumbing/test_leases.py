"""Only one process does what only one may do, and the next one takes over when it dies."""

import pytest
from sqlalchemy.exc import OperationalError

from bot.leases import Leases
from storage import lease
from storage.session import Database
from tests.clocks import SetClock


def process(db: Database, clock: SetClock, name: str, told: list[str] | None = None) -> Leases:
    noted = [] if told is None else told
    return Leases(db, clock, name, ("sender", "dispatch"), changed=lambda: noted.append(name))


async def test_only_one_holds_until_it_dies(db: Database, clock: SetClock) -> None:
    told: list[str] = []
    first, second = process(db, clock, "first", told), process(db, clock, "second", told)
    await first.renew()
    await second.renew()
    assert first.held("sender")
    assert not second.held("sender")
    clock.advance(seconds=4)
    await first.renew()
    clock.advance(seconds=4)
    await second.renew()
    assert first.held("sender")
    assert not second.held("sender")
    clock.advance(seconds=4)
    assert not first.held("sender")
    await second.renew()
    assert second.held("sender")
    await first.renew()
    assert not first.held("sender")
    assert told == ["first", "first", "second", "second", "first", "first"]


async def test_a_clean_end_lets_the_next_one_begin_at_once(db: Database, clock: SetClock) -> None:
    first, second = process(db, clock, "first"), process(db, clock, "second")
    await first.renew()
    await first.release()
    await second.renew()
    assert not first.held("dispatch")
    assert second.held("dispatch")


async def test_a_database_that_is_away_costs_the_lease_when_its_term_is_over(
    sqlite_db: Database, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = process(sqlite_db, clock, "mine")
    await mine.renew()

    async def locked(*_args: object, **_named: object) -> bool:
        raise OperationalError("update", {}, Exception("database is locked"))

    monkeypatch.setattr(lease, "hold", locked)
    clock.advance(seconds=3)
    await mine.renew()
    assert mine.held("sender")
    clock.advance(seconds=3)
    assert not mine.held("sender")
