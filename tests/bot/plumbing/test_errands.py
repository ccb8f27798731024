"""What a delivery whose turn has come may turn out to be, and how each kind ends."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.carrying import PREPARED_AT_ONCE
from bot.outcomes import Undelivered, refused
from bot.screens.errands import Drop, Errand, Hold, Later, Merge, Remove, Replace, Show
from bot.screens.model import Screen
from storage import outbox
from storage.models import Delivery
from storage.outbox import Claimed, NewDelivery
from tests.bot.plumbing.fakes import until
from tests.bot.plumbing.post import Post

WORDS = Screen("text")


async def end_of(post: Post, errand: Errand, state: str) -> Delivery:
    """The row after this errand, of the first of two people."""
    await post.queue(2)
    post.errand = errand
    async with post.working():
        await post.looked()
        await until(lambda: post.settled(state))
    return (await post.rows())[1]


async def test_what_is_shown_is_known_by_its_number_and_wording(post: Post) -> None:
    row = await end_of(post, Show(WORDS, revision=4), "sent")
    assert row.message_id is not None
    assert (row.revision, row.sent_at, row.reason) == (4, post.clock.now(), None)


async def test_a_correction_edits_and_sends_nothing_new(post: Post) -> None:
    row = await end_of(post, Replace(77, WORDS, revision=5), "sent")
    assert (row.message_id, row.revision) == (77, 5)
    assert sorted(post.transport.replaced) == [("1", 77), ("2", 77)]
    assert post.transport.sent == []


@pytest.mark.parametrize("words", ["message to edit not found", "message can't be edited"])
async def test_what_cannot_be_edited_is_left_alone(post: Post, words: str) -> None:
    post.errors["1"] = [Undelivered(refused(400, f"Bad Request: {words}"))]
    await post.queue(1)
    post.errand = Replace(77, WORDS, revision=5)
    async with post.working():
        await until(lambda: post.settled("failed"))
    assert post.transport.sent == []


@pytest.mark.parametrize(("there", "reason"), [(True, None), (False, "already_gone")])
async def test_a_recall_takes_away_what_is_there(post: Post, there: bool, reason: str | None) -> None:
    post.transport.there = there
    row = await end_of(post, Remove(77, WORDS), "sent")
    assert row.reason == reason
    assert sorted(post.transport.removed) == [("1", 77), ("2", 77)]


async def test_later_is_later(post: Post) -> None:
    until_then = post.clock.now() + timedelta(hours=9)
    row = await end_of(post, Later(until_then), "queued")
    assert (row.not_before, row.attempts, row.lease_until) == (until_then, 0, None)
    assert post.transport.sent == []
    post.errand = Show(WORDS)
    async with post.working():
        post.clock.advance(hours=9)
        post.sender.wake()
        await until(lambda: post.settled("sent"))


async def test_what_is_held_waits_for_whoever_holds_it(post: Post) -> None:
    row = await end_of(post, Hold(), "held")
    assert row.attempts == 0
    async with post.working():
        post.clock.advance(days=3)
        await post.looked()
    assert await post.states() == {"held"}


async def test_what_is_over_the_limit_goes_into_one_digest(post: Post) -> None:
    """Two messages of one person, one digest; it is known from each of them."""
    await post.queue(1)
    async with post.db.write() as session:
        session.add(Delivery(kind="k", subject=2, account_id=1, state="queued", not_before=post.clock.now()))
    evening = post.clock.now() + timedelta(hours=7)
    post.errand = Merge(NewDelivery("digest", 739_000, 1, evening))
    async with post.working():
        await until(lambda: post.counted({"merged": 2, "queued": 1}))
    kinds = {(row.kind, row.state, row.reason) for row in await post.all_rows()}
    assert kinds == {("k", "merged", "739000"), ("digest", "queued", None)}
    assert post.transport.sent == []


@pytest.mark.parametrize("reason", ["not_due", "muted"])
async def test_what_is_not_wanted_any_more_is_withdrawn(post: Post, reason: str) -> None:
    assert (await end_of(post, Drop(reason), "cancelled")).reason == reason
    assert post.transport.sent == []


async def test_few_are_prepared_at_once_but_whoever_waits_is(post: Post) -> None:
    """The database has to answer people while a broadcast is made ready."""
    begun, go_on = Counter[bool](), asyncio.Event()

    async def slowly(delivery: Claimed) -> Errand:
        begun[delivery.urgent] += 1
        if not delivery.urgent:
            await go_on.wait()
        return Show(WORDS)

    post.errand = slowly
    await post.queue(8)
    async with post.working():
        await until(lambda: begun[False] == PREPARED_AT_ONCE)
        async with post.db.write() as session:
            await outbox.enqueue(session, [NewDelivery("now", 1, 8, post.clock.now(), urgent=True)])
        post.sender.wake()
        await until(lambda: post.transport.sent == ["8"])
        assert begun == {False: PREPARED_AT_ONCE, True: 1}
        go_on.set()
        await until(lambda: post.settled("sent"))
