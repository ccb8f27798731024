"""Inbox rows become turns: nothing is lost, nothing takes effect twice, nobody is held up by another."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import OperationalError

from bot.attempts import Undecodable
from bot.backlog import Backlog
from bot.dispatch import Turns
from bot.outcomes import CUT, Trouble, Undelivered
from core.people.model import Unreachable
from storage import inbox
from storage.inbox import UpdateWork
from storage.models import InboxUpdate
from storage.session import Database
from tests.bot.plumbing.fakes import FakeHandling, Naps, effects, message, rows, running, settle, states, store, until
from tests.clocks import SetClock


@pytest.fixture
def handling(clock: SetClock) -> FakeHandling:
    return FakeHandling(clock)


def worker(
    db: Database,
    clock: SetClock,
    handling: FakeHandling,
    *,
    may_work: Callable[[], bool] = lambda: True,
    backlog: Backlog | None = None,
    at_once: int = 8,
) -> Turns:
    return Turns(db, clock, "telegram", handling, may_work=may_work, backlog=backlog, at_once=at_once)


def failing(times: int, error: Exception) -> Callable[[str], Awaitable[None]]:
    """Fails the first `times` calls for the text "bad", or all when it is negative."""
    left = [times]

    async def step(text: str) -> None:
        if text == "bad" and left[0] != 0:
            left[0] -= 1
            raise error

    return step


async def test_every_row_takes_effect_once_and_is_finished(
    db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    await store(db, clock, *(message(n, person=n % 5, text=f"t{n}") for n in range(1, 41)))
    async with running(worker(db, clock, handling)):
        await until(lambda: len(handling.ended) == 40)
    assert sorted(await effects(db)) == sorted(f"t{n}" for n in range(1, 41))
    assert await states(db) == {"done": 40}
    assert all(row.payload is None for row in await rows(db))


async def test_one_at_a_time_per_person_in_order_and_persons_side_by_side(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    everybody = asyncio.Event()

    async def wait_for_the_others(_text: str) -> None:
        if sum(handling.running.values()) == 4:
            everybody.set()
        await everybody.wait()

    handling.before_effect = wait_for_the_others
    await store(sqlite_db, clock, *(message(n, person=n % 4, text=f"{n % 4}:{n}") for n in range(1, 21)))
    async with running(worker(sqlite_db, clock, handling)):
        await until(lambda: len(handling.ended) == 20)
    assert not handling.doubled
    assert handling.most_running == 4
    for person in range(4):
        own = [int(text.partition(":")[2]) for text in handling.started if text.startswith(f"{person}:")]
        assert own == sorted(own)


async def test_no_more_persons_at_once_than_allowed(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    await store(sqlite_db, clock, *(message(n, person=n) for n in range(1, 31)))
    async with running(worker(sqlite_db, clock, handling, at_once=3)):
        await until(lambda: len(handling.ended) == 30)
    assert handling.most_running == 3


async def test_a_failing_handler_is_tried_again_and_the_person_waits_in_order(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    handling.before_effect = failing(2, ValueError("words of a person"))
    await store(sqlite_db, clock, message(1, text="bad"), message(2, text="next"), message(3, person=2, text="other"))
    naps = Naps()
    async with running(worker(sqlite_db, clock, handling), naps):
        await until(lambda: len(handling.ended) == 3)
    assert await states(sqlite_db) == {"done": 3}
    first = (await rows(sqlite_db))[0]
    assert first.attempts == 2
    assert first.reason is not None
    assert "ValueError" in first.reason
    assert "words" not in first.reason
    assert handling.ended.index("bad") < handling.ended.index("next")


async def test_what_keeps_failing_is_set_aside_without_its_words_and_the_rest_flows_on(
    db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    handling.before_effect = failing(-1, ValueError("x"))
    await store(db, clock, message(1, text="bad"), message(2, text="next"), message(3, person=2, text="other"))
    async with running(worker(db, clock, handling)):
        await until(lambda: len(handling.ended) == 2)
    assert await states(db) == {"aside": 1, "done": 2}
    aside = (await rows(db))[0]
    assert aside.payload is not None
    assert '"text": "str"' in aside.payload
    assert "bad" not in aside.payload
    assert aside.reason is not None
    assert aside.reason.startswith("kept failing")
    assert handling.apologised == ["1"]
    assert handling.started.count("bad") == 3


async def test_an_apology_that_fails_stops_nobody(sqlite_db: Database, clock: SetClock, handling: FakeHandling) -> None:
    async def refuse(_person: str) -> None:
        raise Undelivered(CUT)

    handling.before_effect = failing(-1, ValueError("x"))
    handling.apologise = refuse
    await store(sqlite_db, clock, message(1, text="bad"), message(2, text="next"))
    async with running(worker(sqlite_db, clock, handling)):
        await until(lambda: "next" in handling.ended)
    assert await states(sqlite_db) == {"aside": 1, "done": 1}


async def test_an_undecodable_row_is_set_aside_at_once(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    handling.before_effect = failing(-1, Undecodable())
    await store(sqlite_db, clock, message(1, text="bad"), message(2, text="next"))
    async with running(worker(sqlite_db, clock, handling)):
        await until(lambda: "next" in handling.ended)
    assert await states(sqlite_db) == {"aside": 1, "done": 1}
    assert (await rows(sqlite_db))[0].reason == "undecodable"
    assert handling.started.count("bad") == 1


@pytest.mark.parametrize(
    "error", [OperationalError("insert", {}, Exception("database is locked")), Undelivered(CUT)], ids=["locked", "away"]
)
async def test_a_database_or_telegram_that_is_away_is_waited_out_without_counting(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling, error: Exception
) -> None:
    handling.before_effect = failing(10, error)
    await store(sqlite_db, clock, message(1, text="bad"))
    naps = Naps()
    async with running(worker(sqlite_db, clock, handling), naps):
        await until(lambda: handling.ended == ["bad"])
    assert await states(sqlite_db) == {"done": 1}
    assert (await rows(sqlite_db))[0].attempts == 0
    assert max(naps.lengths) <= 15 * 1.25


async def test_as_long_as_telegram_asked_for_is_waited(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    handling.before_effect = failing(1, Undelivered(Trouble("retrying", "too_many", wait=77)))
    await store(sqlite_db, clock, message(1, text="bad"))
    naps = Naps()
    async with running(worker(sqlite_db, clock, handling), naps):
        await until(lambda: handling.ended == ["bad"])
    assert 77 in naps.lengths


async def test_a_screen_that_could_not_be_shown_is_shown_later_and_the_effect_stays_single(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    handling.after_effect = failing(1, Undelivered(CUT))
    await store(sqlite_db, clock, message(1, text="bad"))
    async with running(worker(sqlite_db, clock, handling)):
        await until(lambda: handling.reshown == ["1"])
    assert await effects(sqlite_db) == ["bad"]
    assert await states(sqlite_db) == {"done": 1}


async def test_who_blocked_the_bot_meanwhile_needs_no_screen(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    blocked = Trouble("unreachable", "blocked", unreachable=Unreachable.BLOCKED)
    handling.after_effect = failing(-1, Undelivered(blocked))
    await store(sqlite_db, clock, message(1, text="bad"))
    async with running(worker(sqlite_db, clock, handling)):
        await until(lambda: handling.started == ["bad"])
    assert await states(sqlite_db) == {"done": 1}
    assert handling.reshown == []


async def test_rows_found_applied_owe_one_screen_and_no_effect(
    db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    await store(db, clock, message(1), message(2), message(3, person=2))
    for row in await rows(db):
        async with UpdateWork(db, row.id).write():
            pass
    await store(db, clock, message(4, text="after"))
    async with running(worker(db, clock, handling)):
        await until(lambda: handling.ended == ["after"] and len(handling.reshown) == 2)
    assert sorted(handling.reshown) == ["1", "2"]
    assert await effects(db) == ["after"]
    assert await states(db) == {"done": 4}


async def test_a_row_that_another_worker_did_meanwhile_only_owes_a_screen(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    async def rival(_text: str) -> None:
        for row in await rows(sqlite_db):
            if row.state == "new":
                async with UpdateWork(sqlite_db, row.id).write():
                    pass

    handling.before_effect = rival
    await store(sqlite_db, clock, message(1))
    async with running(worker(sqlite_db, clock, handling)):
        await until(lambda: handling.reshown == ["1"])
    assert await effects(sqlite_db) == []
    assert await states(sqlite_db) == {"done": 1}


async def test_without_the_lease_nothing_is_taken_and_with_it_everything(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    mine = [False]
    await store(sqlite_db, clock, message(1), message(2, person=2))
    turns = worker(sqlite_db, clock, handling, may_work=lambda: mine[0])
    naps = Naps()
    async with running(turns, naps):
        await until(lambda: len(naps.lengths) > 5)
        assert handling.started == []
        mine[0] = True
        turns.wake()
        await until(lambda: len(handling.ended) == 2)
    assert await states(sqlite_db) == {"done": 2}


async def test_when_the_lease_is_lost_what_has_not_begun_is_left_to_the_next_holder(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    mine = [True]

    async def lose(_text: str) -> None:
        mine[0] = False

    handling.before_effect = lose
    await store(sqlite_db, clock, message(1, text="first"), message(2, text="second"))
    turns = worker(sqlite_db, clock, handling, may_work=lambda: mine[0])
    async with running(turns):
        await until(lambda: handling.ended == ["first"] and turns.waiting == 0)
    assert await states(sqlite_db) == {"done": 1, "new": 1}


async def test_stopping_lets_running_handlers_end_and_leaves_the_rest_on_disk(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def linger(_text: str) -> None:
        begun.set()
        await go_on.wait()

    handling.before_effect = linger
    await store(sqlite_db, clock, message(1, text="first"), message(2, text="second"))
    async with running(worker(sqlite_db, clock, handling)) as stop:
        await begun.wait()
        stop.set()
        asyncio.get_running_loop().call_later(0.01, go_on.set)
    assert await effects(sqlite_db) == ["first"]
    assert await states(sqlite_db) == {"done": 1, "new": 1}


async def test_a_flood_of_one_person_leaves_room_for_others_and_keeps_its_order(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    gate = asyncio.Event()

    async def hold_up(text: str) -> None:
        if text != "other":
            await gate.wait()

    handling.before_effect = hold_up
    await store(sqlite_db, clock, *(message(n, text=f"{n}") for n in range(1, 31)), message(31, person=2, text="other"))
    async with running(worker(sqlite_db, clock, handling, backlog=Backlog(most=20, most_of_one=4))):
        await until(lambda: "other" in handling.ended)
        gate.set()
        await until(lambda: len(handling.ended) == 31)
    assert [text for text in handling.started if text != "other"] == [f"{n}" for n in range(1, 31)]
    assert await states(sqlite_db) == {"done": 31}


async def test_more_rows_than_fit_into_memory_all_come_through(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    await store(sqlite_db, clock, *(message(n, person=n, text=f"{n}") for n in range(1, 151)))
    async with running(worker(sqlite_db, clock, handling, backlog=Backlog(most=30))):
        await until(lambda: len(handling.ended) == 150)
    assert len(set(handling.ended)) == 150


async def test_rows_whose_numbers_begin_anew_are_found(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    """SQLite starts again at 1 when a table has become empty."""
    turns = worker(sqlite_db, clock, handling)
    await store(sqlite_db, clock, *(message(n, text=f"{n}") for n in range(1, 6)))
    async with running(turns):
        await until(lambda: len(handling.ended) == 5 and turns.waiting == 0)
        async with sqlite_db.write() as session:
            await session.execute(delete(InboxUpdate))
        await store(sqlite_db, clock, message(6, text="6"))
        turns.wake()
        await until(lambda: "6" in handling.ended)


async def test_a_locked_inbox_is_waited_out(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling, monkeypatch: pytest.MonkeyPatch
) -> None:

    left = [3]
    read = inbox.pending

    async def locked(*given: object, **named: object) -> object:
        if left[0]:
            left[0] -= 1
            raise OperationalError("select", {}, Exception("locked"))
        return await read(*given, **named)

    monkeypatch.setattr(inbox, "pending", locked)
    await store(sqlite_db, clock, message(1))
    async with running(worker(sqlite_db, clock, handling)):
        await until(lambda: len(handling.ended) == 1)
    assert left == [0]


async def test_finish_marks_that_could_not_be_written_are_written_later(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling, monkeypatch: pytest.MonkeyPatch
) -> None:

    left = [2]
    finish = inbox.finish

    async def full(*given: object) -> None:
        if left[0]:
            left[0] -= 1
            raise OperationalError("update", {}, Exception("disk is full"))
        await finish(*given)

    monkeypatch.setattr(inbox, "finish", full)
    await store(sqlite_db, clock, message(1))
    async with running(worker(sqlite_db, clock, handling)):
        await until(lambda: left == [0])
    assert await states(sqlite_db) == {"done": 1}
    assert handling.started == ["hello"]


async def test_failures_are_remembered_over_a_restart(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling
) -> None:
    await store(sqlite_db, clock, message(1, text="bad"))
    async with sqlite_db.write() as session:
        await session.execute(update(InboxUpdate).values(attempts=2))
    handling.before_effect = failing(-1, ValueError("x"))
    async with running(worker(sqlite_db, clock, handling)):
        await until(lambda: handling.apologised == ["1"])
    assert handling.started == ["bad"]


async def test_a_page_read_before_a_row_was_finished_does_not_bring_it_back(
    sqlite_db: Database, clock: SetClock, handling: FakeHandling, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, stale, looks = inbox.pending, asyncio.Event(), []

    async def slow(*given: Any, **named: Any) -> list[inbox.Pending]:
        page = await read(*given, **named)
        if handling.started and page:
            stale.set()
            await until(lambda: finished(sqlite_db))
            await settle()
        looks.append(len(page))
        return page

    async def wait_for_the_page(_text: str) -> None:
        await stale.wait()

    monkeypatch.setattr(inbox, "pending", slow)
    handling.before_effect = wait_for_the_page
    await store(sqlite_db, clock, message(1))
    async with running(worker(sqlite_db, clock, handling)):
        await until(lambda: looks.count(1) >= 2 and looks[-3:] == [0, 0, 0])
    assert handling.started == ["hello"]
    assert handling.reshown == []


async def finished(db: Database) -> bool:
    return await states(db) == {"done": 1}
