"""Nothing is confirmed to Telegram before it is on disk; Telegram may be away whenever it likes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from bot.botapi import BotApi
from bot.intake import Intake, WrongToken, incoming, person_of
from playground.telegram.server import StandInServer
from storage import inbox
from storage.session import Database
from tests.bot.plumbing.fakes import Naps, rows, until
from tests.clocks import SetClock

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@pytest.fixture
async def standin() -> AsyncIterator[StandInServer]:
    async with StandInServer() as server:
        yield server


class Receiving:
    def __init__(self, intake: Intake, naps: Naps, task: "asyncio.Task[None]", woken: list[int]) -> None:
        self.intake = intake
        self.naps = naps
        self.task = task
        self.woken = woken


@asynccontextmanager
async def receiving(
    db: Database, clock: SetClock, standin: StandInServer, token: str | None = None
) -> AsyncIterator[Receiving]:
    woken: list[int] = []
    naps, stop = Naps(), asyncio.Event()
    async with BotApi(standin.base_url, token or standin.token) as api:
        intake = Intake(api, db, clock, lambda: woken.append(1))
        task = asyncio.create_task(intake.run(naps, stop))
        try:
            yield Receiving(intake, naps, task, woken)
        finally:
            stop.set()
            await asyncio.gather(task, return_exceptions=True)


async def stored(db: Database) -> list[str]:
    return [row.person for row in await rows(db)]


async def test_updates_are_on_disk_before_they_are_confirmed(
    sqlite_db: Database, clock: SetClock, standin: StandInServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await standin.user("Учитель")
    at_telegram: list[int] = []
    receive = inbox.receive

    async def watched(*given: Any) -> int:
        at_telegram.append(len(standin.state.queue.entries))
        return await receive(*given)

    monkeypatch.setattr(inbox, "receive", watched)
    await user.send("один")
    await user.send("два")
    async with receiving(sqlite_db, clock, standin) as bot:
        await until(lambda: not standin.state.queue.entries, "the confirmation")
        assert bot.intake.last_poll == clock.now()
    assert await stored(sqlite_db) == [str(user.user_id)] * 2
    assert at_telegram[0] == 2
    assert bot.woken


async def test_a_database_that_cannot_take_them_leaves_updates_with_telegram(
    sqlite_db: Database, clock: SetClock, standin: StandInServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive, left = inbox.receive, [3]

    async def full(*given: Any) -> int:
        if left[0]:
            left[0] -= 1
            assert len(standin.state.queue.entries) == 1
            raise OperationalError("insert", {}, Exception("disk is full"))
        return await receive(*given)

    monkeypatch.setattr(inbox, "receive", full)
    await (await standin.user("Учитель")).send("один")
    async with receiving(sqlite_db, clock, standin):
        await until(lambda: not standin.state.queue.entries)
    assert left == [0]
    assert len(await stored(sqlite_db)) == 1


async def test_what_telegram_repeats_is_stored_once(
    sqlite_db: Database, clock: SetClock, standin: StandInServer
) -> None:
    user = await standin.user("Учитель")
    standin.state.queue.repeat_next = 1
    await user.send("один")
    async with receiving(sqlite_db, clock, standin) as bot:
        await until(lambda: not standin.state.queue.entries)
        await user.send("два")
        await until(lambda: not standin.state.queue.entries)
    assert len(await stored(sqlite_db)) == 2
    assert len(bot.woken) == 2


async def test_a_batch_out_of_order_is_stored_in_order_and_confirmed_to_its_end(
    sqlite_db: Database, clock: SetClock, standin: StandInServer
) -> None:
    user = await standin.user("Учитель")
    standin.state.faults.reorder = 1
    for word in ("один", "два", "три"):
        await user.send(word)
    async with receiving(sqlite_db, clock, standin):
        await until(lambda: not standin.state.queue.entries)
    numbers = [row.update_id for row in await rows(sqlite_db)]
    assert numbers == sorted(numbers)
    assert len(numbers) == 3


async def test_a_new_lower_number_after_a_quiet_week_is_not_overlooked(
    sqlite_db: Database, clock: SetClock, standin: StandInServer
) -> None:
    api = BotApi(standin.base_url, standin.token)
    user = await standin.user("Учитель")
    await user.send("один")
    async with api:
        intake = Intake(api, sqlite_db, clock, lambda: None, poll_seconds=0)
        await intake.step(asyncio.Event())
        await intake.step(asyncio.Event())
        standin.state.queue.next_id = 5
        await user.send("два")
        await intake.step(asyncio.Event())
    assert [row.update_id for row in await rows(sqlite_db)][1] == 5


async def test_an_undecodable_update_is_stored_all_the_same(
    sqlite_db: Database, clock: SetClock, standin: StandInServer
) -> None:
    number = standin.state.inject_update({"message": {"garbage": 1}, "more": [1]})
    await (await standin.user("Учитель")).send("один")
    async with receiving(sqlite_db, clock, standin):
        await until(lambda: not standin.state.queue.entries)
    found = await rows(sqlite_db)
    assert found[0].person == f"update-{number}"
    assert len(found) == 2


async def test_telegram_away_at_start_and_midway_is_waited_out(
    sqlite_db: Database, clock: SetClock, standin: StandInServer
) -> None:
    user = await standin.user("Учитель")
    standin.state.faults.down = True
    async with receiving(sqlite_db, clock, standin) as bot:
        await until(lambda: len(bot.naps.lengths) >= 3)
        standin.state.faults.down = False
        await user.send("один")
        await until(lambda: not standin.state.queue.entries)
        await standin.stop()
        await until(lambda: len(bot.naps.lengths) >= 6)
        await standin.start()
        await user.send("два")
        await until(lambda: not standin.state.queue.entries)
        assert max(bot.naps.lengths) <= 30 * 1.25
    assert len(await stored(sqlite_db)) == 2


async def test_server_errors_and_requests_for_silence_are_waited_out(
    sqlite_db: Database, clock: SetClock, standin: StandInServer
) -> None:
    standin.state.faults.server_error(502, times=2, method="getUpdates")
    standin.state.faults.too_many(17, times=1, method="getUpdates")
    await (await standin.user("Учитель")).send("один")
    async with receiving(sqlite_db, clock, standin) as bot:
        await until(lambda: not standin.state.queue.entries)
    assert 17 in bot.naps.lengths
    assert len(bot.naps.lengths) == 3


async def test_a_second_poller_is_named_and_outlasted(
    sqlite_db: Database, clock: SetClock, standin: StandInServer, capsys: pytest.CaptureFixture[str]
) -> None:
    async with receiving(sqlite_db, clock, standin) as bot:
        await until(lambda: standin.state.poll_number == 1)
        async with BotApi(standin.base_url, standin.token) as rival:
            await rival.call("getUpdates", {"timeout": 0})
            other = asyncio.create_task(rival.call("getUpdates", {"timeout": 50}))
            await until(lambda: bot.naps.lengths, "the conflict")
            other.cancel()
            await asyncio.gather(other, return_exceptions=True)
        await (await standin.user("Учитель")).send("один")
        await until(lambda: not standin.state.queue.entries)
    assert "another program takes this bot's updates" in capsys.readouterr().out
    assert len(await stored(sqlite_db)) == 1


async def test_a_wrong_token_ends_it_with_words(sqlite_db: Database, clock: SetClock, standin: StandInServer) -> None:
    async with receiving(sqlite_db, clock, standin, token="1:wrong") as bot:
        await until(bot.task.done)
    with pytest.raises(WrongToken, match="TELEGRAM_TOKEN"):
        bot.task.result()


async def test_a_stop_ends_an_open_question_at_once(
    sqlite_db: Database, clock: SetClock, standin: StandInServer
) -> None:
    async with receiving(sqlite_db, clock, standin) as bot:
        await until(lambda: standin.state.poll_number == 1)
    assert bot.task.done()
    assert bot.naps.lengths == []


@given(st.dictionaries(st.text(max_size=12), JSON, max_size=5), st.integers(0, 2**52))
def test_any_update_has_a_row_that_fits(update: dict[str, Any], number: int) -> None:
    row = incoming({**update, "update_id": number})
    assert 1 <= len(row.person) <= 40
    row.payload.encode("ascii")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("message", {"from": {"id": 7}, "chat": {"id": -100}}),
        ("callback_query", {"id": "x", "from": {"id": 7}, "message": {"chat": {"id": 8}}}),
        ("my_chat_member", {"chat": {"id": 8}, "from": {"id": 7}}),
        ("poll_answer", {"poll_id": "1", "user": {"id": 7}}),
        ("channel_post", {"chat": {"id": 7}}),
        ("something_new", {"from": {"id": 7}}),
    ],
)
def test_the_sender_is_found_in_any_kind_of_update(kind: str, content: dict[str, Any]) -> None:
    assert person_of({"update_id": 1, kind: content}) == "7"


@pytest.mark.parametrize("content", [{"from": {"id": "7"}}, {"from": {"id": True}}, {"from": []}, "text", None, []])
def test_a_sender_that_makes_no_sense_gives_a_row_of_its_own(content: object) -> None:
    assert person_of({"update_id": 12, "message": content}) == "update-12"
