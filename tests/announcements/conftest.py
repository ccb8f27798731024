import pytest

from storage.session import Database
from tests.announcements.office import Office
from tests.campaigns.world import build_world
from tests.clocks import SetClock


@pytest.fixture
async def office(sqlite_db: Database, clock: SetClock) -> Office:
    return Office(await build_world(sqlite_db, clock, published=()))


@pytest.fixture
async def either(db: Database, clock: SetClock) -> Office:
    """The same, once on SQLite and once on PostgreSQL."""
    return Office(await build_world(db, clock, published=()))
