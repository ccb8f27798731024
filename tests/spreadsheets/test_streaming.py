"""A long reading in a process of its own."""

import asyncio
import os
import signal
from contextlib import aclosing
from pathlib import Path

import pytest

from core.errors import AppError
from core.spreadsheets.streaming import ChildLimits, stream
from tests.spreadsheets import jobs

pytestmark = pytest.mark.processes
LIMITS = ChildLimits()


async def test_findings_come_in_order() -> None:
    found = [number async for number in stream(jobs.counting, b"abc", {"upto": 5_000}, LIMITS)]
    assert found == list(range(5_000))


async def test_a_job_that_finds_nothing_ends() -> None:
    assert [one async for one in stream(jobs.counting, b"", {"upto": 0}, LIMITS)] == []


async def test_what_was_found_before_a_refusal_has_arrived() -> None:
    found = []
    with pytest.raises(AppError) as caught:
        async for one in stream(jobs.failing_midway, b"", {}, LIMITS):
            found.append(one)
    assert found == ["first"]
    assert (caught.value.key, caught.value.params) == ("upload.broken", {"row": 2})


@pytest.mark.parametrize("job", [jobs.dying_midway, jobs.growing])
async def test_a_job_that_grows_or_dies_is_too_complex(job: object) -> None:
    with pytest.raises(AppError) as caught:
        async for _ in stream(job, b"", {}, LIMITS):  # type: ignore[arg-type]
            pass
    assert caught.value.key == "upload.too_complex"


@pytest.mark.parametrize("limits", [ChildLimits(cpu_seconds=1), ChildLimits(wall_seconds=1)])
async def test_a_job_without_end_is_ended(limits: ChildLimits) -> None:
    with pytest.raises(AppError) as caught:
        async for _ in stream(jobs.spinning, b"", {}, limits):
            pass
    assert caught.value.key == "upload.took_too_long"


async def test_the_child_waits_for_a_slow_consumer(tmp_path: Path) -> None:
    note = tmp_path / "note"
    async with aclosing(stream(jobs.chatting, b"", {"note": str(note)}, ChildLimits(wall_seconds=600))) as found:
        async for _ in found:
            await until_waiting(int(note.with_suffix(".pid").read_text(encoding="ascii")))
            break
    # 64 KB of pipe and twice 8 MB of what asyncio takes in; the whole is 100 MB.
    assert int(note.read_text(encoding="ascii")) < 2_000


async def test_the_child_ends_when_nobody_wants_the_rest(tmp_path: Path) -> None:
    note = tmp_path / "note"
    async with aclosing(stream(jobs.chatting, b"", {"note": str(note)}, LIMITS)) as found:
        async for _ in found:
            break
    assert not runs(note)


async def test_the_child_ends_with_a_cancelled_consumer(tmp_path: Path) -> None:
    note, begun = tmp_path / "note", asyncio.Event()

    async def consume() -> None:
        async with aclosing(stream(jobs.chatting, b"", {"note": str(note)}, LIMITS)) as found:
            async for _ in found:
                begun.set()
                await asyncio.Event().wait()

    consumer = asyncio.create_task(consume())
    await begun.wait()
    consumer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await consumer
    assert not runs(note)


def runs(note: Path) -> bool:
    """Whether the child of `jobs.chatting` is still there, a dead one that nobody waited for included."""
    try:
        os.kill(int(note.with_suffix(".pid").read_text(encoding="ascii")), signal.SIG_DFL)
    except ProcessLookupError:
        return False
    return True


async def until_waiting(pid: int) -> None:
    """Until the child sleeps in writing; where there is no /proc nothing is waited for."""
    while await asyncio.to_thread(is_awake, Path(f"/proc/{pid}/stat")):
        pass


def is_awake(state: Path) -> bool:
    return state.exists() and state.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "S"
