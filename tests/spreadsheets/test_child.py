"""Reading in a process of its own."""

import asyncio

import pytest

from core.errors import AppError
from core.spreadsheets import in_child
from tests.spreadsheets import jobs

pytestmark = pytest.mark.processes


async def test_a_job_answers() -> None:
    assert await in_child(jobs.measured, b"abc", {"factor": 3}) == {"length": 9}


async def test_what_the_job_refuses_is_refused_here() -> None:
    with pytest.raises(AppError) as caught:
        await in_child(jobs.refusing, b"", {})
    assert (caught.value.key, caught.value.params) == ("upload.broken", {"limit": 3})


@pytest.mark.parametrize("job", [jobs.greedy, jobs.dying])
async def test_a_job_that_grows_or_dies_is_too_complex(job: object) -> None:
    with pytest.raises(AppError) as caught:
        await in_child(job, b"", {})  # type: ignore[arg-type]
    assert caught.value.key == "upload.too_complex"


async def test_the_program_goes_on_while_a_job_hangs() -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    with pytest.raises(AppError) as caught:
        await in_child(jobs.hanging, b"", {}, seconds=1)
    ticking.cancel()
    assert caught.value.key == "upload.took_too_long"
    assert ticks > 5


async def test_a_job_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    assert await in_child(jobs.environment, b"", {}) == []
