import pytest

from storage.session import Database
from tests.clocks import SetClock
from tests.importing.world import World, build, plug_in


@pytest.fixture
async def world(db: Database, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> World:
    """On both kinds of databases."""
    made = await build(db, clock)
    plug_in(made, monkeypatch)
    return made
