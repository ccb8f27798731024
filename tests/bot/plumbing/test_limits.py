"""The rate limit: never too fast, never slower than allowed, people first, nobody forgotten."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.limits import Lane, Limits, Rates
from tests.bot.plumbing.fakes import FakeTime, settle


class Sent:
    """Takes turns and notes when each was granted."""

    def __init__(self, rates: Rates | None = None) -> None:
        self.time = FakeTime()
        self.limits = Limits(rates, now=self.time.clock, later=self.time.later)
        self.times: list[float] = []
        self.order: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []

    def want(self, name: str, chat: int | None, lane: Lane) -> asyncio.Task[None]:
        async def take() -> None:
            await self.limits.turn(chat, lane)
            self.times.append(self.time.now)
            self.order.append(name)

        self.tasks.append(asyncio.create_task(take()))
        return self.tasks[-1]

    async def end(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


def most_in_a_window(times: list[float], seconds: float) -> int:
    return max(sum(1 for one in times if start <= one < start + seconds) for start in times)


@pytest.mark.parametrize("late", [0.0, 0.004, 0.05])
async def test_bulk_goes_at_the_limit_though_timers_come_late(late: float) -> None:
    sent = Sent()
    for number in range(500):
        sent.want("", number, Lane.BULK)
    await sent.time.run(30, late=late)
    took = sent.times[-1] - sent.times[0]
    assert len(sent.times) == 500
    assert 500 / took <= 30 * 1.05
    assert 500 / took >= 30 * 0.95


async def test_bulk_is_even_and_leaves_the_reserve_untouched() -> None:
    sent = Sent()
    for number in range(120):
        sent.want("", number, Lane.BULK)
    await sent.time.run(10)
    assert most_in_a_window(sent.times, 1.0) <= 30 + sent.limits.rates.credit


async def test_people_draw_on_the_reserve_while_bulk_is_under_way() -> None:
    sent = Sent()
    for number in range(300):
        sent.want("bulk", number, Lane.BULK)
    await sent.time.run(1)
    before = sent.time.now
    people = [sent.want("person", 10_000 + number, Lane.INTERACTIVE) for number in range(15)]
    await settle()
    assert all(task.done() for task in people)
    assert sent.time.now == before
    await sent.end()


async def test_nothing_exceeds_telegrams_bucket_of_thirty() -> None:
    sent = Sent()
    for number in range(200):
        sent.want("", number, Lane.BULK)
        sent.want("", 1_000 + number, Lane.INTERACTIVE)
    await sent.time.run(20)
    assert len(sent.times) == 400
    for first in range(0, 400, 7):
        for last in range(first, 400, 11):
            assert last - first + 1 <= 30 + 30 * (sent.times[last] - sent.times[first]) + 1e-6


async def test_a_chat_gets_bulk_once_a_second_and_people_a_short_burst() -> None:
    bulk, people = Sent(), Sent()
    for _ in range(4):
        bulk.want("", 1, Lane.BULK)
        people.want("", 1, Lane.INTERACTIVE)
    await bulk.time.run(10)
    await people.time.run(10)
    assert [round(one - bulk.times[0], 3) for one in bulk.times] == [0, 1, 2, 3]
    assert [round(one - people.times[0], 3) for one in people.times] == [0, 0, 1, 2]


async def test_a_busy_chat_holds_up_nobody_else() -> None:
    sent = Sent()
    for _ in range(3):
        sent.want("busy", 1, Lane.BULK)
    sent.want("other", 2, Lane.BULK)
    await sent.time.run(0.5)
    assert sent.order == ["busy", "other"]
    await sent.end()


async def test_edits_count_for_all_but_not_for_the_chat() -> None:
    sent = Sent()
    for _ in range(10):
        sent.want("edit", None, Lane.INTERACTIVE)
    await settle()
    assert len(sent.order) == 10


async def test_a_pause_is_kept_exactly_by_everybody() -> None:
    sent = Sent()
    sent.limits.pause(7)
    sent.limits.pause(3)
    sent.want("bulk", 1, Lane.BULK)
    sent.want("person", 2, Lane.INTERACTIVE)
    await sent.time.run(6.999)
    assert sent.order == []
    await sent.time.run(0.001 + 1e-6)
    assert sent.order == ["person", "bulk"]
    assert sent.limits.paused_for == 0


async def test_whoever_gives_up_holds_up_nobody() -> None:
    sent = Sent(Rates(reserve=0, credit=1))
    first = sent.want("first", 1, Lane.BULK)
    gone = sent.want("gone", 2, Lane.BULK)
    sent.want("next", 3, Lane.BULK)
    await settle()
    assert first.done()
    gone.cancel()
    await sent.time.run(1 / 30 + 1e-6)
    assert sent.order == ["first", "next"]


async def test_first_come_first_served() -> None:
    sent = Sent()
    for number in range(100):
        sent.want(str(number), number, Lane.INTERACTIVE)
    await sent.time.run(10)
    assert sent.order == [str(number) for number in range(100)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 0.5), st.sampled_from(list(Lane)), st.integers(1, 4)),
        min_size=1,
        max_size=80,
    )
)
def test_whatever_is_asked_is_granted_once_and_never_too_fast(wishes: list[tuple[float, Lane, int]]) -> None:
    async def scenario() -> None:
        sent = Sent()
        for pause, lane, chat in wishes:
            await sent.time.run(pause)
            sent.want(f"{chat}", chat, lane)
        await sent.time.run(200)
        assert len(sent.order) == len(wishes)
        for chat in range(1, 5):
            times = [at for at, name in zip(sent.times, sent.order, strict=True) if name == f"{chat}"]
            for first in range(len(times)):
                for last in range(first, len(times)):
                    assert last - first + 1 <= 3 + (times[last] - times[first]) + 1e-6

    asyncio.run(scenario())
