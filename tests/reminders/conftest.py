import pytest

from storage.session import Database
from tests.campaigns.world import build_world
from tests.clocks import SetClock
from tests.reminders.town import Town


@pytest.fixture
async def town(sqlite_db: Database, clock: SetClock) -> Town:
    return Town(await build_world(sqlite_db, clock))


@pytest.fixture
async def either(db: Database, clock: SetClock) -> Town:
    """The same town, once on SQLite and once on PostgreSQL."""
    return Town(await build_world(db, clock))
