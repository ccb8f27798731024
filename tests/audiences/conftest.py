import pytest

from storage.session import Database
from tests.audiences.deeds import build_town
from tests.audiences.town import Town
from tests.clocks import SetClock


@pytest.fixture
async def town(sqlite_db: Database, clock: SetClock) -> Town:
    return await build_town(sqlite_db, clock)


@pytest.fixture
async def either(db: Database, clock: SetClock) -> Town:
    """The same people, once on SQLite and once on PostgreSQL."""
    return await build_town(db, clock)
