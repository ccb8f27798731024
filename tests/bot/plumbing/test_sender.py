"""Deliveries: each ends in a known state, nobody is left out, nobody is written to twice without need."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.limits import Lane, Limits, Rates
from bot.outcomes import CUT, NO_ANSWER, Trouble, Undelivered
from bot.screens.errands import Drop, Errand, Hold, Later, Merge, Remove, Replace, Show
from bot.screens.model import Screen
from bot.sender import USUAL, Pace, Sender
from bot.uploads import Turn
from core.errors import AppError
from core.people.model import Unreachable
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
    """A sender with its surroundings; `errors` are raised for a chat one after the other."""

    def __init__(self, db: Database, clock: SetClock, rates: Rates = FAST, window: int = 10) -> None:
        self.db = db
        self.clock = clock
        self.transport = FakeTransport()
        self.limits = Limits(rates)
        self.may_work = True
        self.naps = Naps()
        self.errors: dict[str, list[Exception]] = {}
        self.errand: Errand | Exception = Show(Screen("text"))
        self.transport.before = self.fail
        self.sender = Sender(
            db, clock, self.limits, self.transport, self.render, may_work=lambda: self.may_work, pace=Pace(window)
        )

    async def fail(self, chat: str) -> None:
        if self.errors.get(chat):
            raise self.errors[chat].pop(0)

    async def render(self, _delivery: Claimed) -> Errand:
        if isinstance(self.errand, Exception):
            raise self.errand
        return self.errand

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

    async def states(self) -> set[str]:
        return {row.state for row in (await self.rows()).values()}

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


@pytest.fixture
async def post(sqlite_db: Database, clock: SetClock) -> Post:
    return Post(sqlite_db, clock)


async def test_everybody_gets_it_once(db: Database, clock: SetClock) -> None:
    post = Post(db, clock)
    await post.queue(45)
    async with post.working():
        await until(lambda: post.settled("sent"))
    assert sorted(post.transport.sent, key=int) == [str(number) for number in range(1, 46)]
    row = (await post.rows())[1]
    assert row.message_id is not None
    assert row.sent_at == clock.now()
    assert row.attempts == 1


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (Trouble("unreachable", "blocked", unreachable=Unreachable.BLOCKED), "unreachable"),
        (Trouble("unreachable", "deactivated", unreachable=Unreachable.DEACTIVATED), "unreachable"),
        (Trouble("unreachable", "gone", unreachable=Unreachable.GONE), "unreachable"),
        (Trouble("failed", "bad_markup"), "failed"),
    ],
    ids=["blocked", "deactivated", "no chat", "refused"],
)
async def test_a_final_outcome_is_recorded_and_not_tried_again(post: Post, trouble: Trouble, state: str) -> None:
    await post.queue(3)
    post.errors["2"] = [Undelivered(trouble)]
    async with post.working():
        await until(lambda: post.settled("sent", state))
        post.clock.advance(hours=1)
        post.sender.wake()
        naps = len(post.naps.lengths)
        await until(lambda: len(post.naps.lengths) > naps + 3)
    row = (await post.rows())[2]
    assert (row.state, row.reason) == (state, trouble.reason)
    assert sorted(post.transport.sent) == ["1", "3"]
    async with post.db.read() as session:
        marked = await session.scalar(select(Chat.unreachable).where(Chat.address == "2"))
    assert marked == (trouble.unreachable.value if trouble.unreachable else None)


async def test_a_chat_known_to_be_closed_and_a_person_without_one_are_not_tried(post: Post) -> None:
    await post.queue(3)
    async with post.db.write() as session:
        (await session.get_one(Chat, 1)).unreachable = "blocked"
        await session.delete(await session.get_one(Chat, 2))
    async with post.working():
        await until(lambda: post.settled("sent", "unreachable"))
    found = await post.rows()
    assert [(found[n].state, found[n].reason) for n in (1, 2)] == [
        ("unreachable", "blocked"),
        ("unreachable", "no_chat"),
    ]
    assert post.transport.sent == ["3"]


async def test_network_trouble_is_retried_later_one_message_first(post: Post) -> None:
    await post.queue(8)
    for number in range(1, 9):
        post.errors[str(number)] = [Undelivered(CUT)]
    async with post.working():
        await until(lambda: post.settled("retrying"))
        assert post.sender.away
        assert post.transport.sent == []
        for row in (await post.rows()).values():
            assert row.not_before > post.clock.now()
        post.clock.advance(minutes=10)
        post.sender.wake()
        await until(lambda: post.settled("sent"))
        assert not post.sender.away
    assert len(post.transport.sent) == 8
    assert {row.attempts for row in (await post.rows()).values()} == {2}


async def test_while_telegram_is_away_only_single_messages_are_tried(post: Post) -> None:
    await post.queue(30)
    for number in range(1, 31):
        post.errors[str(number)] = [Undelivered(CUT)] * 50
    async with post.working():
        await until(lambda: post.sender.away and post.sender.under_way == 0)
        before = sum(row.attempts for row in (await post.rows()).values())
        for round_ in range(1, 6):
            post.clock.advance(minutes=10)
            post.sender.wake()
            wanted = before + round_
            await until(lambda wanted=wanted: post_attempts(post, wanted))
            await until(lambda: post.sender.under_way == 0)
    assert sum(row.attempts for row in (await post.rows()).values()) == before + 5


async def post_attempts(post: Post, wanted: int) -> bool:
    return sum(row.attempts for row in (await post.rows()).values()) >= wanted


async def test_a_request_for_silence_is_kept_and_the_message_comes_afterwards(post: Post) -> None:
    await post.queue(1)
    post.errors["1"] = [Undelivered(Trouble("retrying", "too_many", wait=33))]
    async with post.working():
        await until(lambda: post.settled("retrying"))
        assert (await post.rows())[1].not_before == post.clock.now() + timedelta(seconds=33)
        assert not post.sender.away
        post.clock.advance(seconds=34)
        post.sender.wake()
        await until(lambda: post.settled("sent"))


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        (KeyError("words of somebody"), "failed", "KeyError"),
        (AppError("campaign.gone"), "cancelled", "campaign.gone"),
        (OperationalError("select", {}, Exception("locked")), "retrying", "database"),
    ],
    ids=["mistake", "foreseen", "locked"],
)
async def test_a_screen_that_cannot_be_made_stops_nobody(post: Post, error: Exception, state: str, reason: str) -> None:
    await post.queue(2)
    post.errand = error
    async with post.working():
        await until(lambda: post.settled(state))
        post.errand = Show(Screen("text"))
        await post.queue(1, first=3)
        post.sender.wake()
        await until(lambda: "3" in post.transport.sent)
    row = (await post.rows())[1]
    assert row.reason is not None
    assert reason in row.reason
    assert "words" not in row.reason


async def test_what_a_dead_sender_had_claimed_is_sent_when_its_lease_is_over(post: Post) -> None:
    await post.queue(2)
    await outbox.claim(post.db, "telegram", post.clock.now(), limit=1, lease=USUAL.lease)
    async with post.working():
        await until(lambda: post.transport.sent == ["2"])
        post.clock.advance(seconds=USUAL.lease.total_seconds() + 1)
        post.sender.wake()
        await until(lambda: post.settled("sent"))
    assert sorted(post.transport.sent) == ["1", "2"]


@pytest.mark.parametrize("share", [0.6, 1.1], ids=["too late to wait for the answer", "over"])
async def test_a_turn_that_came_late_in_the_lease_is_not_used(
    sqlite_db: Database, clock: SetClock, share: float
) -> None:
    """Nor does anybody think that the message may have arrived."""
    post = Post(sqlite_db, clock, Rates(overall=5.0, reserve=0, credit=1, chat=1e6))
    await post.queue(1)
    await post.limits.turn(None, Lane.BULK)
    async with post.working():
        await until(lambda: post.sender.under_way == 1)
        clock.advance(seconds=USUAL.lease.total_seconds() * share)
        await until(lambda: post.settled("sent"))
    assert post.transport.sent == ["1"]
    row = (await post.rows())[1]
    assert (row.attempts, row.doubtful) == (1, False)


async def test_stopping_gives_back_what_has_not_begun(sqlite_db: Database, clock: SetClock) -> None:
    post = Post(sqlite_db, clock, NEVER)
    await post.queue(5)
    async with post.working():
        await until(lambda: post.sender.under_way == 5)
    assert await post.states() == {"queued"}
    assert post.transport.sent == []


async def test_somebody_who_waits_is_not_kept_waiting_by_a_broadcast(sqlite_db: Database, clock: SetClock) -> None:
    post = Post(sqlite_db, clock, NEVER, window=4)
    await post.queue(8)
    async with post.working():
        await until(lambda: post.sender.under_way == 4)
        assert post.transport.sent == []
        async with sqlite_db.write() as session:
            await outbox.enqueue(session, [NewDelivery("now", 1, 8, clock.now(), urgent=True)])
        post.sender.wake()
        await until(lambda: post.transport.sent == ["8"])


async def test_stopping_waits_for_what_is_on_its_way(post: Post) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def linger(_chat: str) -> None:
        begun.set()
        await go_on.wait()

    post.transport.before = linger
    await post.queue(1)
    async with post.working() as stop:
        await begun.wait()
        stop.set()
        asyncio.get_running_loop().call_later(0.01, go_on.set)
    assert await post.states() == {"sent"}


async def test_without_the_lease_nothing_is_sent(post: Post) -> None:
    post.may_work = False
    await post.queue(3)
    async with post.working():
        await until(lambda: len(post.naps.lengths) > 3)
        assert await post.states() == {"queued"}
        post.may_work = True
        post.sender.wake()
        await until(lambda: post.settled("sent"))


async def test_an_outcome_is_written_though_the_database_is_locked(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    record, left = outbox.record, [4]

    async def locked(*given: object) -> None:
        if left[0]:
            left[0] -= 1
            raise OperationalError("update", {}, Exception("locked"))
        await record(*given)

    monkeypatch.setattr(outbox, "record", locked)
    await post.queue(1)
    async with post.working():
        await until(lambda: post.settled("sent"))
    assert post.transport.sent == ["1"]


async def test_somebody_erased_on_the_way_stops_nobody(post: Post) -> None:
    async def erase(chat: str) -> None:
        if chat == "1":
            async with post.db.write() as session:
                await session.delete(await session.get_one(Delivery, 1))

    post.transport.before = erase
    await post.queue(2)
    async with post.working():
        await until(lambda: len(post.transport.sent) == 2)
    assert await post.states() == {"sent"}
