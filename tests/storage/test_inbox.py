"""An update is on disk before it is confirmed, and its effect happens exactly once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import inbox
from storage.inbox import AlreadyApplied, Incoming, UpdateWork
from storage.models import InboxUpdate
from storage.session import Database
from tests.storage.rows import MOMENT, add_counter, counter, increase


def _updates(*numbers: int) -> list[Incoming]:
    return [Incoming(number, f"person-{number % 3}", f'{{"update_id": {number}}}') for number in numbers]


async def _receive(db: Database, *numbers: int) -> int:
    return await inbox.receive(db, "telegram", _updates(*numbers), MOMENT)


async def _states(db: Database) -> dict[int, str]:
    async with db.read() as session:
        rows = await session.execute(select(InboxUpdate.update_id, InboxUpdate.state))
        return dict(rows.all())


async def test_an_update_handed_over_again_is_stored_once(db: Database) -> None:
    assert await _receive(db, 1, 2) == 2
    assert await _receive(db, 2, 3, 3) == 1
    assert [one.payload for one in await inbox.pending(db, "telegram")] == [
        '{"update_id": 1}',
        '{"update_id": 2}',
        '{"update_id": 3}',
    ]


async def test_the_same_number_of_another_messenger_is_another_update(db: Database) -> None:
    await _receive(db, 1)
    assert await inbox.receive(db, "max", _updates(1), MOMENT) == 1
    assert len(await inbox.pending(db, "telegram")) == 1


async def test_more_updates_than_one_statement_holds(db: Database) -> None:
    assert await _receive(db, *range(1, 1201)) == 1200
    first = await inbox.pending(db, "telegram", limit=1000)
    rest = await inbox.pending(db, "telegram", after=first[-1].id, limit=1000)
    assert (len(first), len(rest)) == (1000, 200)


async def test_a_finished_update_is_not_done_again_when_it_is_repeated(db: Database) -> None:
    await _receive(db, 1)
    await inbox.finish(db, [(await inbox.pending(db, "telegram"))[0].id])
    assert await _receive(db, 1) == 0
    assert await inbox.pending(db, "telegram") == []


async def test_effect_and_mark_are_one_transaction(db: Database) -> None:
    await add_counter(db)
    await _receive(db, 1)
    (row,) = await inbox.pending(db, "telegram")
    work = UpdateWork(db, row.id)
    with pytest.raises(KeyError):
        async with work.write() as session:
            await session.flush()
            raise KeyError("the action failed")
    assert not work.applied
    assert await _states(db) == {1: "new"}
    await increase(work)
    assert work.applied
    assert await _states(db) == {1: "applied"}
    assert await counter(db) == 1


async def test_a_second_worker_is_told_that_it_is_done(db: Database) -> None:
    await add_counter(db)
    await _receive(db, 1)
    (row,) = await inbox.pending(db, "telegram")
    outcomes = await asyncio.gather(*(increase(UpdateWork(db, row.id)) for _ in range(8)), return_exceptions=True)
    assert sum(one is None for one in outcomes) == 1
    assert sum(isinstance(one, AlreadyApplied) for one in outcomes) == 7
    assert await counter(db) == 1


async def test_later_writes_of_the_same_update_need_no_mark(db: Database) -> None:
    await add_counter(db)
    await _receive(db, 1)
    work = UpdateWork(db, (await inbox.pending(db, "telegram"))[0].id)
    await increase(work)
    await increase(work)
    assert await counter(db) == 2


async def test_the_press_is_erased_with_its_effect(db: Database) -> None:
    await add_counter(db)
    await _receive(db, 1)
    await increase(UpdateWork(db, (await inbox.pending(db, "telegram"))[0].id))
    (owed,) = await inbox.pending(db, "telegram")
    assert owed.applied
    assert owed.payload is None


async def test_what_keeps_failing_is_set_aside_and_shown(db: Database) -> None:
    await _receive(db, 1, 2)
    bad, good = await inbox.pending(db, "telegram")
    assert [await inbox.note_failure(db, bad.id, "ValueError") for _ in range(3)] == [1, 2, 3]
    await inbox.set_aside(db, bad.id, "x" * 1000)
    assert [one.id for one in await inbox.pending(db, "telegram")] == [good.id]
    async with db.read() as session:
        (shown,) = await inbox.aside(session)
        assert (shown.update_id, shown.reason) == (1, "x" * inbox.REASON_LENGTH)
        assert shown.payload == '{"update_id": "int"}'
        assert await inbox.count_by_state(session) == {"aside": 1, "new": 1}


async def test_finishing_does_not_take_back_what_was_set_aside(db: Database) -> None:
    await _receive(db, 1)
    (row,) = await inbox.pending(db, "telegram")
    await inbox.set_aside(db, row.id, "ValueError")
    await inbox.finish(db, [row.id])
    assert await _states(db) == {1: "aside"}


async def test_only_finished_updates_are_forgotten(db: Database) -> None:
    await _receive(db, 1, 2)
    first, _ = await inbox.pending(db, "telegram")
    await inbox.finish(db, [first.id])
    await inbox.forget(db, MOMENT)
    assert await _states(db) == {1: "done", 2: "new"}
    await inbox.forget(db, MOMENT + timedelta(seconds=1))
    assert await _states(db) == {2: "new"}
