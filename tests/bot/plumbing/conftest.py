"""The sender of one test."""

import pytest

from storage.session import Database
from tests.bot.plumbing.post import Post
from tests.clocks import SetClock


@pytest.fixture
async def post(sqlite_db: Database, clock: SetClock) -> Post:
    return Post(sqlite_db, clock)
