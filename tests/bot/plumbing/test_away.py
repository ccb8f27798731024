"""Telegram does not answer, answers with errors, or asks for silence: nobody is lost, nothing is doubled in silence."""

from datetime import timedelta

import pytest

from bot.carrying import BEFORE_ANOTHER_TRY
from bot.outcomes import CUT, GARBLED, NO_ANSWER, NOT_CONNECTED, Trouble, Undelivered, refused
from storage.session import Database
from tests.bot.plumbing.fakes import until
from tests.bot.plumbing.post import Post
from tests.clocks import SetClock


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


async def test_telegram_is_away_for_an_hour_and_back(sqlite_db: Database, clock: SetClock) -> None:
    """Nobody is lost, hardly anybody is tried in vain, and once a message goes through all the others follow."""
    post = Post(sqlite_db, clock, window=60)
    await post.queue(200)
    for number in range(1, 201):
        post.errors[str(number)] = [Undelivered(NOT_CONNECTED)] * 500
    async with post.working():
        for _ in range(60):
            post.clock.advance(minutes=1)
            await post.looked()
        assert post.transport.sent == []
        tries = sum(row.attempts for row in await post.all_rows())
        assert 60 + 20 <= tries <= 60 + 60, "one window, then about one message a minute"
        post.errors.clear()
        post.clock.advance(minutes=2)
        post.sender.wake()
        await until(lambda: post.settled("sent"))
    assert sorted(map(int, post.transport.sent)) == list(range(1, 201))
    assert not any(row.doubtful for row in (await post.rows()).values())


@pytest.mark.parametrize("trouble", [NO_ANSWER, GARBLED], ids=["no answer", "garbled"])
async def test_a_message_without_an_answer_is_tried_once_more_after_a_while(post: Post, trouble: Trouble) -> None:
    await post.queue(2)
    post.errors["1"] = [Undelivered(trouble)]
    async with post.working():
        await until(lambda: post.settled("sent", "retrying"))
        row = (await post.rows())[1]
        assert row.not_before == post.clock.now() + timedelta(seconds=BEFORE_ANOTHER_TRY)
        assert (row.reason, row.doubtful) == (trouble.reason, True)
        post.clock.advance(seconds=BEFORE_ANOTHER_TRY + 1)
        post.sender.wake()
        await until(lambda: post.settled("sent"))
    assert {number: row.doubtful for number, row in (await post.rows()).items()} == {1: True, 2: False}


async def test_without_a_second_answer_nobody_knows(post: Post) -> None:
    await post.queue(1)
    post.errors["1"] = [Undelivered(NO_ANSWER)] * 2
    async with post.working():
        await until(lambda: post.settled("retrying"))
        post.clock.advance(seconds=BEFORE_ANOTHER_TRY + 1)
        post.sender.wake()
        await until(lambda: post.settled("unknown"))
        post.clock.advance(hours=5)
        await post.looked()
    row = (await post.rows())[1]
    assert (row.state, row.reason, row.doubtful, row.attempts) == ("unknown", "no_answer", True, 2)


@pytest.mark.parametrize(
    ("trouble", "doubtful"),
    [
        (CUT, True),
        (NOT_CONNECTED, False),
        (refused(502, "Bad Gateway"), False),
        (refused(429, "Too Many Requests", 3), False),
    ],
    ids=["cut", "not connected", "502", "429"],
)
async def test_only_what_may_have_arrived_is_doubtful(post: Post, trouble: Trouble, doubtful: bool) -> None:
    await post.queue(1)
    post.errors["1"] = [Undelivered(trouble)]
    async with post.working():
        await until(lambda: post.settled("retrying"))
        post.clock.advance(minutes=2)
        post.sender.wake()
        await until(lambda: post.settled("sent"))
    assert (await post.rows())[1].doubtful is doubtful


async def test_during_a_pause_nothing_is_claimed(post: Post) -> None:
    """Leases would only run out, and messages look as if they had been sent."""
    post.limits.pause(3600)
    await post.queue(3)
    async with post.working():
        await post.looked()
        assert await post.states() == {"queued"}


async def test_a_clock_that_jumps_makes_nobody_send_twice(post: Post) -> None:
    """What is on its way here stays here, though its lease looks as if it were over."""

    async def jump(_chat: str) -> None:
        post.clock.advance(hours=2)
        post.sender.wake()
        naps = len(post.naps.lengths)
        await until(lambda: len(post.naps.lengths) > naps + 3)

    post.transport.before = jump
    await post.queue(1)
    async with post.working():
        await until(lambda: post.settled("sent"))
    assert post.transport.sent == ["1"]
    assert not (await post.rows())[1].doubtful
