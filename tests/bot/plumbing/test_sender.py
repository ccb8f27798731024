"""Deliveries: each ends in a known state, nobody is left out, nobody is written to twice without need."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.limits import Lane, Rates
from bot.outcomes import Trouble, Undelivered
from bot.screens.errands import Show
from bot.screens.model import Screen
from bot.sender import USUAL
from core.errors import AppError
from core.people.model import Unreachable
from storage import outbox, outcomes
from storage.models import Chat, Delivery
from storage.outbox import NewDelivery
from storage.session import Database
from tests.bot.plumbing.fakes import until
from tests.bot.plumbing.post import NEVER, Post
from tests.clocks import SetClock


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
    record, left = outcomes.record, [4]

    async def locked(*given: object) -> None:
        if left[0]:
            left[0] -= 1
            raise OperationalError("update", {}, Exception("locked"))
        await record(*given)

    monkeypatch.setattr(outcomes, "record", locked)
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
