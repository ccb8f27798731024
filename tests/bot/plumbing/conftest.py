"""The sender of one test, and its transport."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from bot.connection import Connection
from playground.telegram.server import StandInServer
from playground.telegram.settings import StandInSettings
from playground.telegram.state import StandIn
from storage.session import Database
from tests.bot.plumbing.post import Post
from tests.bot.plumbing.stage import Stage
from tests.clocks import SetClock


@pytest.fixture
async def post(sqlite_db: Database, clock: SetClock) -> Post:
    return Post(sqlite_db, clock)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with StandInServer(StandIn(StandInSettings(limits_on=False))) as standin:
        user = await standin.user("Учитель")
        await user.start()
        connection = Connection(standin.base_url, answer_seconds=5)
        async with Bot(standin.token, session=connection) as bot:
            yield Stage(standin, bot, user)
