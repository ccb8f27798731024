"""A life of the sender alone: claims, sends and writes down, until it is killed. Runs in a process of its own."""

import asyncio
from datetime import timedelta

from tests.processes.life import World

LEASE = timedelta(seconds=0.8)
"""What a killed life had in hand goes to another one after so long."""
AT_ONCE = 2
"""Messages that a life may send as soon as it lives."""
TEXT = "Курсы начинаются в понедельник"


def send(world: World, per_second: float) -> None:
    """Of the program's own parts only the screen is made up."""
    # Imported here: the test process pays for nothing, the fork server has it all in memory.
    from aiogram import Bot

    from bot.connection import Connection
    from bot.limits import Limits, Rates
    from bot.screens.errands import Errand, Show
    from bot.screens.model import Screen
    from bot.sender import Pace, Sender
    from bot.transport import Transport
    from core.clock import SystemClock
    from storage.outbox import Claimed
    from storage.session import open_database

    limits = Limits(Rates(overall=per_second, reserve=0, credit=AT_ONCE, chat=10_000))

    async def render(_delivery: Claimed) -> Errand:
        return Show(Screen(TEXT))

    async def until_killed() -> None:
        connection = Connection(world.api_url)
        async with open_database(world.database_url) as db, Bot(world.token, session=connection) as bot:
            sender = Sender(
                db,
                SystemClock(),
                limits,
                Transport(bot, limits),
                render,
                may_work=lambda: True,
                pace=Pace(window=8, lease=LEASE),
            )
            await sender.run(lambda _seconds: asyncio.sleep(0.05), asyncio.Event())

    asyncio.run(until_killed())
