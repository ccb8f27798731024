"""A sender with its surroundings: a messenger that only remembers, errors to order, rows to look at."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sqlalchemy import select

from bot.limits import Limits, Rates
from bot.screens.errands import Errand, Show
from bot.screens.model import Screen
from bot.sender import Pace, Sender
from bot.uploads import Turn
from storage import outbox
from storage.models import Account, Chat, Delivery
from storage.outbox import Claimed, NewDelivery
from storage.session import Database
from tests.bot.plumbing.fakes import Naps, until
from tests.clocks import SetClock

FAST = Rates(overall=1e6, reserve=0, credit=1000, chat=1e6)
NEVER = Rates(overall=1e-6, reserve=5, credit=0, chat=1e6)
"""Bulk may draw on nothing."""


class FakeTransport:
    def __init__(self) -> None:
        self.sent: list[str] = []
        self.replaced: list[tuple[str, int]] = []
        self.removed: list[tuple[str, int]] = []
        self.there = True
        self.before: Callable[[str], Awaitable[None]] | None = None

    async def show(self, chat: int | str, _screen: Screen, *, turn: Turn, **_given: object) -> int:
        await self._begin(chat, turn)
        self.sent.append(str(chat))
        return 1_000 + len(self.sent)

    async def replace(self, chat: int | str, message: int, _screen: Screen, *, turn: Turn) -> None:
        await self._begin(chat, turn)
        self.replaced.append((str(chat), message))

    async def remove(self, chat: int | str, message: int, _instead: Screen, *, turn: Turn, **_given: object) -> bool:
        await self._begin(chat, turn)
        self.removed.append((str(chat), message))
        return self.there

    async def _begin(self, chat: int | str, turn: Turn) -> None:
        await turn()
        if self.before is not None:
            await self.before(str(chat))


class Post:
    """`errors` are raised for a chat one after the other."""

    def __init__(self, db: Database, clock: SetClock, rates: Rates = FAST, window: int = 10) -> None:
        self.db = db
        self.clock = clock
        self.transport = FakeTransport()
        self.limits = Limits(rates)
        self.may_work = True
        self.naps = Naps()
        self.errors: dict[str, list[Exception]] = {}
        self.errand: Errand | Exception | Callable[[Claimed], Awaitable[Errand]] = Show(Screen("text"))
        self.transport.before = self.fail
        self.sender = Sender(
            db, clock, self.limits, self.transport, self.render, may_work=lambda: self.may_work, pace=Pace(window)
        )

    async def fail(self, chat: str) -> None:
        if self.errors.get(chat):
            raise self.errors[chat].pop(0)

    async def render(self, delivery: Claimed) -> Errand:
        if isinstance(self.errand, Exception):
            raise self.errand
        return await self.errand(delivery) if callable(self.errand) else self.errand

    async def queue(self, count: int, first: int = 1) -> None:
        async with self.db.write() as session:
            for number in range(first, first + count):
                session.add(Account(id=number, name=f"a{number}", created_at=self.clock.now()))
            await session.flush()
            for number in range(first, first + count):
                session.add(Chat(account_id=number, channel="telegram", address=str(number)))
            news = [NewDelivery("k", 1, number, self.clock.now()) for number in range(first, first + count)]
            await outbox.enqueue(session, news)

    async def rows(self) -> dict[int, Delivery]:
        async with self.db.read() as session:
            return {row.account_id: row for row in await session.scalars(select(Delivery))}

    async def all_rows(self) -> list[Delivery]:
        async with self.db.read() as session:
            return list(await session.scalars(select(Delivery)))

    async def states(self) -> set[str]:
        return {row.state for row in await self.all_rows()}

    async def counted(self, states: dict[str, int]) -> bool:
        return Counter(row.state for row in await self.all_rows()) == states

    async def looked(self) -> None:
        """Returns when the sender has looked for what is due since, and is done with what it found."""
        naps = len(self.naps.lengths)
        self.sender.wake()
        await until(lambda: len(self.naps.lengths) > naps + 2 and self.sender.under_way == 0)

    async def settled(self, *states: str) -> bool:
        return await self.states() <= set(states)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[asyncio.Event]:
        stop = asyncio.Event()
        task = asyncio.create_task(self.sender.run(self.naps, stop))
        try:
            yield stop
        finally:
            stop.set()
            await task
