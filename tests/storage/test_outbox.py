"""A message is a row with one key, one sender at a time and one outcome."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Select, select, text

from storage import outbox, outcomes
from storage.models import Chat, Delivery
from storage.outbox import Claimed, NewDelivery
from storage.outcomes import Outcome
from storage.session import Database, open_database
from tests.storage.rows import MOMENT, add_accounts

LEASE = timedelta(minutes=2)


async def _enqueue(db: Database, accounts: list[int], **fields: Any) -> int:
    base = NewDelivery("campaign.invitation", 1, 0, MOMENT)
    async with db.write() as session:
        return await outbox.enqueue(session, [replace(base, account_id=one, **fields) for one in accounts])


async def _claim(db: Database, *, limit: int = 100, after: timedelta = timedelta()) -> list[Claimed]:
    return await outbox.claim(db, "telegram", MOMENT + after, limit=limit, lease=LEASE)


async def _row(db: Database, delivery_id: int) -> Delivery:
    async with db.read() as session:
        return await session.get_one(Delivery, delivery_id)


async def test_the_same_message_is_planned_once(db: Database) -> None:
    accounts = await add_accounts(db, 3)
    assert await _enqueue(db, accounts[:2]) == 2
    assert await _enqueue(db, accounts) == 1
    assert await _enqueue(db, accounts, slot="reminder-1") == 3
    assert len(await _claim(db)) == 6


async def test_two_planners_at_once_plan_once(db: Database) -> None:
    accounts = await add_accounts(db, 20)
    added = await asyncio.gather(*(_enqueue(db, accounts) for _ in range(4)))
    assert sum(added) == 20


async def test_nothing_is_planned_when_the_transaction_fails(db: Database) -> None:
    accounts = await add_accounts(db, 1)
    with pytest.raises(KeyError):
        async with db.write() as session:
            await outbox.enqueue(session, [NewDelivery("campaign.invitation", 1, accounts[0], MOMENT)])
            raise KeyError
    assert await _claim(db) == []


async def test_a_claim_names_the_chat(db: Database) -> None:
    accounts = await add_accounts(db, 1)
    await _enqueue(db, accounts, params={"minutes": 7})
    (one,) = await _claim(db)
    assert (one.address, one.unreachable, one.attempts, one.params) == ("1000", None, 1, {"minutes": 7})


async def test_a_person_without_a_chat_has_no_address(db: Database) -> None:
    accounts = await add_accounts(db, 1, channel="max")
    await _enqueue(db, accounts)
    assert (await _claim(db))[0].address is None


async def test_senders_of_two_processes_share_without_overlap(database_url: str) -> None:
    async with open_database(database_url) as one, open_database(database_url) as other:
        await _enqueue(one, await add_accounts(one, 60))
        taken = await asyncio.gather(*(_claim(db, limit=10) for _ in range(4) for db in (one, other)))
        ids = [claimed.id for batch in taken for claimed in batch]
        assert len(ids) == len(set(ids))
        rest = [claimed.id for claimed in await _claim(one)]
        assert len({*ids, *rest}) == 60
        assert not set(ids) & set(rest)


async def test_what_a_dead_sender_held_is_taken_over_after_the_lease(db: Database) -> None:
    await _enqueue(db, await add_accounts(db, 1))
    (first,) = await _claim(db)
    assert await _claim(db, after=LEASE) == []
    (again,) = await _claim(db, after=LEASE + timedelta(seconds=1))
    assert (again.id, again.attempts) == (first.id, 2)


async def test_nothing_is_sent_before_its_time(db: Database) -> None:
    await _enqueue(db, await add_accounts(db, 1), not_before=MOMENT + timedelta(hours=1))
    assert await _claim(db) == []
    assert len(await _claim(db, after=timedelta(hours=1))) == 1


async def test_urgent_ones_go_ahead_and_need_no_room(db: Database) -> None:
    accounts = await add_accounts(db, 3)
    await _enqueue(db, accounts)
    await _enqueue(db, accounts[2:], subject=2, urgent=True)
    first = await _claim(db, limit=1)
    assert [(one.account_id, one.urgent) for one in first] == [(accounts[2], True), (accounts[0], False)]
    await _enqueue(db, accounts[1:2], subject=3, urgent=True)
    assert [one.urgent for one in await _claim(db, limit=0)] == [True]
    assert [one.account_id for one in await _claim(db)] == accounts[1:]


async def test_whoever_is_tried_again_does_not_wait_for_the_end_of_a_broadcast(db: Database) -> None:
    accounts = await add_accounts(db, 4)
    await _enqueue(db, accounts)
    first = (await _claim(db, limit=1))[0]
    await outcomes.record(db, "telegram", Outcome(first.id, "retrying", MOMENT, "cut", not_before=MOMENT + LEASE))
    assert [one.account_id for one in await _claim(db, limit=1)] == [accounts[1]]
    again = await _claim(db, limit=1, after=LEASE)
    assert [one.id for one in again] == [first.id]


async def test_what_a_dead_sender_held_may_have_arrived(db: Database) -> None:
    await _enqueue(db, await add_accounts(db, 2))
    first, _ = await _claim(db)
    assert not first.doubtful
    await outcomes.record(db, "telegram", Outcome(first.id, "queued", MOMENT))
    again, lost = await _claim(db, after=LEASE * 2)
    assert [(one.attempts, one.doubtful) for one in (again, lost)] == [(1, False), (2, True)]


@pytest.mark.parametrize("state", ["retrying", "queued", "failed"])
async def test_whose_lease_is_over_has_no_say_any_more(db: Database, state: str) -> None:
    await _enqueue(db, await add_accounts(db, 1))
    (first,) = await _claim(db)
    (second,) = await _claim(db, after=LEASE * 2)
    await outcomes.record(db, "telegram", Outcome(second.id, "sent", MOMENT, message_id=7, lease=second.until))
    await outcomes.record(db, "telegram", Outcome(first.id, state, MOMENT, lease=first.until))
    row = await _row(db, first.id)
    assert (row.state, row.message_id) == ("sent", 7)


async def test_but_what_it_sent_was_sent(db: Database) -> None:
    await _enqueue(db, await add_accounts(db, 1))
    (first,) = await _claim(db)
    await _claim(db, after=LEASE * 2)
    await outcomes.record(db, "telegram", Outcome(first.id, "sent", MOMENT, message_id=7, lease=first.until))
    assert (await _row(db, first.id)).state == "sent"


async def test_a_merged_one_and_its_digest_are_one_transaction(db: Database) -> None:
    accounts = await add_accounts(db, 1)
    await _enqueue(db, accounts)
    await _enqueue(db, accounts, subject=2)
    digest = NewDelivery("digest", 9, accounts[0], MOMENT + LEASE)
    for one in await _claim(db):
        await outcomes.record(db, "telegram", Outcome(one.id, "merged", MOMENT, "9", digest=digest))
    assert await _claim(db) == []
    assert [(one.kind, one.subject) for one in await _claim(db, after=LEASE)] == [("digest", 9)]


async def test_an_outcome_keeps_what_it_does_not_know_better(db: Database) -> None:
    await _enqueue(db, await add_accounts(db, 1))
    (one,) = await _claim(db)
    sent = Outcome(one.id, "sent", MOMENT, message_id=5, revision=3, doubtful=True)
    await outcomes.record(db, "telegram", sent)
    await outcomes.record(db, "telegram", Outcome(one.id, "sent", MOMENT))
    row = await _row(db, one.id)
    assert (row.message_id, row.revision, row.doubtful) == (5, 3, True)


@pytest.mark.parametrize("urgent", [False, True])
async def test_a_claim_looks_only_at_the_few_it_takes(db: Database, urgent: bool) -> None:
    """However many are queued, held, merged or sent: each of its looks walks down an index and stops."""
    for query in outbox.due(MOMENT, 60, urgent=urgent):
        plan = await _plan(db, query)
        assert ("ix_deliveries_urgent" if urgent else "ix_deliveries_due") in plan
        assert "SORT" not in plan.upper()
        assert "B-TREE" not in plan.upper()


async def _plan(db: Database, query: Select[int]) -> str:
    async with db.read() as session:
        dialect = session.get_bind().dialect
        said = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        if dialect.name == "sqlite":
            rows = await session.execute(text(f"EXPLAIN QUERY PLAN {said}"))
            return " ".join(row.detail for row in rows)
        for way in ("enable_seqscan", "enable_bitmapscan"):  # what an empty table would be read by
            await session.execute(text(f"SET LOCAL {way} = off"))
        return " ".join(await session.scalars(text(f"EXPLAIN {said}")))


async def test_sent(db: Database) -> None:
    await _enqueue(db, await add_accounts(db, 1))
    (one,) = await _claim(db)
    await outcomes.record(db, "telegram", Outcome(one.id, "sent", MOMENT, message_id=2**40))
    row = await _row(db, one.id)
    assert (row.state, row.sent_at, row.message_id, row.lease_until) == ("sent", MOMENT, 2**40, None)
    assert await _claim(db, after=timedelta(days=1)) == []


async def test_retrying_waits_for_its_moment(db: Database) -> None:
    await _enqueue(db, await add_accounts(db, 1))
    (one,) = await _claim(db)
    later = MOMENT + timedelta(seconds=30)
    await outcomes.record(db, "telegram", Outcome(one.id, "retrying", MOMENT, "server_error", not_before=later))
    assert await _claim(db, after=timedelta(seconds=29)) == []
    assert [again.id for again in await _claim(db, after=timedelta(seconds=30))] == [one.id]


async def test_a_blocked_bot_closes_the_chat(db: Database) -> None:
    accounts = await add_accounts(db, 2)
    await _enqueue(db, accounts)
    first, second = await _claim(db)
    blocked = Outcome(first.id, "unreachable", MOMENT, "blocked", chat_unreachable="blocked")
    await outcomes.record(db, "telegram", blocked)
    async with db.read() as session:
        rows = await session.execute(select(Chat.account_id, Chat.unreachable))
        chats = dict(rows.all())
    assert chats == {first.account_id: "blocked", second.account_id: None}


@pytest.mark.parametrize("state", ["failed", "unknown", "unreachable", "cancelled"])
async def test_what_has_ended_is_not_taken_again(db: Database, state: str) -> None:
    await _enqueue(db, await add_accounts(db, 1))
    (one,) = await _claim(db)
    await outcomes.record(db, "telegram", Outcome(one.id, state, MOMENT, "reason"))
    assert await _claim(db, after=timedelta(days=30)) == []
    async with db.read() as session:
        assert await outbox.count_by_state(session, "campaign.invitation", 1) == {state: 1}
