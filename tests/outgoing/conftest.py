import pytest

from storage.session import Database
from tests.campaigns.world import World, build_world
from tests.clocks import SetClock


@pytest.fixture
async def world(sqlite_db: Database, clock: SetClock) -> World:
    return await build_world(sqlite_db, clock)


@pytest.fixture
async def either(db: Database, clock: SetClock) -> World:
    """The same town, once on SQLite and once on PostgreSQL."""
    return await build_world(db, clock)
