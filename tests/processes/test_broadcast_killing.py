"""Issue 5, to be shown: the sender killed fifty times during a broadcast leaves nobody out, and doubles are listed."""

import asyncio
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from core.clock import SystemClock
from playground.telegram.model import User
from playground.telegram.server import StandInServer
from playground.telegram.settings import StandInSettings
from playground.telegram.state import StandIn
from storage import outbox
from storage.models import Account, Chat, Delivery
from storage.outbox import NewDelivery
from storage.session import Database, open_database
from tests.processes.broadcasting import TEXT, send
from tests.processes.life import Lives, World

DEATHS = 50
PEOPLE = 300
FIRST_USER = 7_000_000_000
ANSWER = 0.02
"""Seconds that the stand-in takes for an answer, so that death finds messages on their way."""
LONGEST = 0.1
"""Seconds from the first message of a life to its death, at most."""
SLOW, FAST = 12.0, 1_000.0
"""Messages a second: of the lives that are to die, so that all of them fit into one broadcast, and of the last one."""
PATIENCE = 60.0
SEED = 5
PARTS = ["aiogram", "bot.carrying", "bot.sender", "bot.transport", "storage.session"]

pytestmark = pytest.mark.processes


async def _announce(db: Database, state: StandIn) -> None:
    """An announcement's worth of deliveries, to people who have all started the bot."""
    now = SystemClock().now()
    async with db.write() as session:
        session.add_all(Account(id=number, name="a", created_at=now) for number in range(1, PEOPLE + 1))
        await session.flush()
        for number in range(1, PEOPLE + 1):
            session.add(Chat(account_id=number, channel="telegram", address=str(FIRST_USER + number)))
            state.add_user(User(FIRST_USER + number, "Педагог")).started = True
        await outbox.enqueue(session, [NewDelivery("announcement", 1, one, now) for one in range(1, PEOPLE + 1)])


async def _kill_again_and_again(lives: Lives, state: StandIn, db: Database) -> None:
    """Each life dies at a random moment after its first message."""
    random = Random(SEED)
    for _ in range(DEATHS):
        assert await _unsent(db), "the broadcast was over before its last death"
        sent = len(state.calls)
        lives.start()
        async with asyncio.timeout(PATIENCE):
            while len(state.calls) == sent:
                await state.wait_for_change(0.05)
        await asyncio.sleep(random.uniform(0, LONGEST))  # the moment of death, not a wait for anything
        await asyncio.to_thread(lives.kill)


async def _unsent(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).where(Delivery.state != "sent")) or 0


async def test_fifty_sudden_deaths_leave_nobody_out(sqlite_url: str, tmp_path: Path) -> None:
    settings = StandInSettings(limits_on=False)
    async with StandInServer(StandIn(settings)) as stand_in, open_database(sqlite_url) as db:
        stand_in.state.faults.delay(ANSWER, times=None, method="sendMessage")
        await _announce(db, stand_in.state)
        world = World(sqlite_url, stand_in.base_url, stand_in.token, str(tmp_path))
        lives = Lives(world, partial(send, per_second=SLOW), PARTS)
        last = Lives(world, partial(send, per_second=FAST), PARTS)
        try:
            await _kill_again_and_again(lives, stand_in.state, db)
            last.start()
            async with asyncio.timeout(PATIENCE):
                while await _unsent(db):
                    await stand_in.state.wait_for_change(0.1)
        finally:
            lives.end()
            last.end()
        assert lives.killed == DEATHS
        await _everybody_has_it_and_doubles_are_listed(db, stand_in.state)


async def _everybody_has_it_and_doubles_are_listed(db: Database, state: StandIn) -> None:
    came = Counter({user: len(chat.messages) for user, chat in state.chats.items()})
    assert {message.body["text"] for chat in state.chats.values() for message in chat.messages.values()} == {TEXT}
    assert min(came.values()) == 1, "somebody was left out"
    async with db.read() as session:
        rows = list(await session.scalars(select(Delivery)))
    twice = {user for user, number in came.items() if number > 1}
    listed = {FIRST_USER + row.account_id for row in rows if row.doubtful}
    assert twice, "no death came between a message and its outcome: the test shows nothing"
    assert twice <= listed
    assert all(came[FIRST_USER + row.account_id] <= row.attempts for row in rows)
