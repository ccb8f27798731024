import pytest

from storage.session import Database
from tests.campaigns.world import World, build_world
from tests.clocks import SetClock


@pytest.fixture
async def world(sqlite_db: Database, clock: SetClock) -> World:
    return await build_world(sqlite_db, clock)
