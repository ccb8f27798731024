"""Stand-ins for time and for the messenger's side, for tests that need no aiogram."""

import asyncio
import heapq
import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select

from bot.dispatch import Turns
from bot.intake import incoming
from storage import inbox
from storage.inbox import UpdateWork
from storage.models import AuditEntry, InboxUpdate
from storage.session import Database
from tests.clocks import SetClock

PATIENCE = 20.0


class FakeTime:
    """A monotonic clock with timers, for Limits."""

    def __init__(self) -> None:
        self.now = 100.0
        self._timers: list[tuple[float, int, Callable[[], None], list[bool]]] = []
        self._count = itertools.count()

    def clock(self) -> float:
        return self.now

    def later(self, seconds: float, call: Callable[[], None]) -> "FakeTimer":
        alive = [True]
        heapq.heappush(self._timers, (self.now + seconds, next(self._count), call, alive))
        return FakeTimer(alive)

    async def run(self, seconds: float, late: float = 0.0) -> None:
        """Lets so much time pass; every timer comes `late` seconds after it should."""
        end = self.now + seconds
        await settle()
        while self._timers and self._timers[0][0] + late <= end:
            due, _, call, alive = heapq.heappop(self._timers)
            if alive[0]:
                self.now = max(self.now, due + late)
                call()
                await settle()
        self.now = end


class FakeTimer:
    def __init__(self, alive: list[bool]) -> None:
        self._alive = alive

    def cancel(self) -> None:
        self._alive[0] = False


async def settle() -> None:
    """Lets everything that is ready run."""
    for _ in range(5):
        await asyncio.sleep(0)


async def until(condition: Callable[[], Any] | Callable[[], Awaitable[Any]], what: str = "a condition") -> None:
    """Waits for the condition; AssertionError when it does not come true."""
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                found = condition()
                if asyncio.iscoroutine(found):
                    found = await found
                if found:
                    return
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError(f"waited in vain for {what}") from None


class Naps:
    """Sleeping that returns at once and remembers how long it should have taken."""

    def __init__(self) -> None:
        self.lengths: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.lengths.append(seconds)
        await asyncio.sleep(0.001)


def message(number: int, person: int = 1, text: str = "hello") -> dict[str, Any]:
    chat = {"id": person, "type": "private"}
    sender = {"id": person, "is_bot": False, "first_name": "x"}
    body = {"message_id": number, "date": 1, "from": sender, "chat": chat, "text": text}
    return {"update_id": number, "message": body}


class FakeHandling:
    """Writes one audit row per update, as an action would; `before` may interfere with each step."""

    def __init__(self, clock: SetClock) -> None:
        self._clock = clock
        self.started: list[str] = []
        self.ended: list[str] = []
        self.reshown: list[str] = []
        self.apologised: list[str] = []
        self.running: dict[str, int] = {}
        self.most_running = 0
        self.doubled = False
        self.before_effect: Callable[[str], Awaitable[None]] | None = None
        self.after_effect: Callable[[str], Awaitable[None]] | None = None
        self.on_reshow: Callable[[str], Awaitable[None]] | None = None

    async def handle(self, payload: str, work: UpdateWork) -> None:
        body = json.loads(payload)["message"]
        person, text = str(body["from"]["id"]), body["text"]
        self.started.append(text)
        self.running[person] = self.running.get(person, 0) + 1
        self.doubled = self.doubled or self.running[person] > 1
        self.most_running = max(self.most_running, sum(self.running.values()))
        try:
            if self.before_effect is not None:
                await self.before_effect(text)
            async with work.write() as session:
                session.add(AuditEntry(at=self._clock.now(), action=text, details={}))
            if self.after_effect is not None:
                await self.after_effect(text)
        finally:
            self.running[person] -= 1
        self.ended.append(text)

    async def reshow(self, person: str) -> None:
        if self.on_reshow is not None:
            await self.on_reshow(person)
        self.reshown.append(person)

    async def apologise(self, person: str) -> None:
        self.apologised.append(person)


async def store(db: Database, clock: SetClock, *updates: dict[str, Any]) -> None:
    await inbox.receive(db, "telegram", [incoming(one) for one in updates], clock.now())


async def states(db: Database) -> dict[str, int]:
    async with db.read() as session:
        return await inbox.count_by_state(session)


async def effects(db: Database) -> list[str]:
    async with db.read() as session:
        return list(await session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


async def rows(db: Database) -> Sequence[InboxUpdate]:
    async with db.read() as session:
        return list(await session.scalars(select(InboxUpdate).order_by(InboxUpdate.id)))


@asynccontextmanager
async def running(turns: Turns, naps: Naps | None = None) -> AsyncIterator[asyncio.Event]:
    """The worker at work; at the end it is drained."""
    stop = asyncio.Event()
    task = asyncio.create_task(turns.run(naps or Naps(), stop))
    try:
        yield stop
    finally:
        stop.set()
        await task
