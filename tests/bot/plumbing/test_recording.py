"""Outcomes reach the disk together, and none is lost because of another one."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError

from bot.recording import Recorder
from storage import outcomes as rows
from storage.outcomes import Outcome
from tests.bot.plumbing.fakes import Naps
from tests.bot.plumbing.post import Post

PEOPLE = 20


async def outcomes(post: Post) -> list[Outcome]:
    await post.queue(PEOPLE)
    return [Outcome(row.id, "sent", post.clock.now(), message_id=row.id) for row in await post.all_rows()]


class Written:
    """Counts writes; `refuse` says which together are not taken, and how."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sizes: list[int] = []
        self.errors: list[Exception] = []
        self.bad: int | None = None
        self._record = rows.record
        monkeypatch.setattr(rows, "record", self.record)

    async def record(self, db: object, channel: str, *given: Outcome) -> None:
        self.sizes.append(len(given))
        if self.errors:
            raise self.errors.pop()
        if self.bad in {one.delivery_id for one in given}:
            raise ValueError("of this one")
        await self._record(db, channel, *given)


async def record_all(post: Post, given: list[Outcome], *, stopped: bool = False) -> None:
    stop = asyncio.Event()
    if stopped:
        stop.set()
    recorder = Recorder(post.db, Naps(), stop)
    await asyncio.gather(*(recorder.record(one) for one in given))


async def test_what_comes_during_a_write_goes_into_the_next_one(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    given, written = await outcomes(post), Written(monkeypatch)
    await record_all(post, given)
    assert written.sizes == [1, PEOPLE - 1]
    assert await post.counted({"sent": PEOPLE})


async def test_one_that_is_not_taken_leaves_the_others_alone(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    given, written = await outcomes(post), Written(monkeypatch)
    written.bad = given[5].delivery_id
    await record_all(post, given)
    assert await post.counted({"sent": PEOPLE - 1, "queued": 1})


async def test_a_database_that_is_away_is_waited_for(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    given, written = await outcomes(post), Written(monkeypatch)
    written.errors = [OperationalError("update", {}, Exception("locked"))] * 7
    await record_all(post, given)
    assert await post.counted({"sent": PEOPLE})


async def test_but_not_for_ever_while_the_program_ends(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    given, written = await outcomes(post), Written(monkeypatch)
    written.errors = [OperationalError("update", {}, Exception("locked"))] * 100
    await record_all(post, given[:1], stopped=True)
    assert len(written.sizes) == 3
