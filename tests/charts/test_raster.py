"""PNG comes from a worker process that may die, and the same picture is drawn once."""

import asyncio
import os
import signal
import struct

import pytest

from core.charts.model import Bar, BarChart
from core.charts.raster import Rasteriser
from core.charts.svg import bars

PICTURE = bars(BarChart("Доля", (Bar("Школа", 40.0),)))


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def worker(raster: Rasteriser) -> int:
    assert raster._pool is not None
    (pid,) = raster._pool._processes
    return pid


async def test_a_picture_of_the_wanted_width_drawn_once() -> None:
    async with Rasteriser() as raster:
        first = await raster.png(PICTURE, 800)
        assert size(first)[0] == 800
        assert await raster.png(PICTURE, 800) is first
        assert size(await raster.png(PICTURE, 400))[0] == 400


async def test_letters_are_drawn() -> None:
    """Without its font the picture would be the same whatever the words."""
    async with Rasteriser() as raster:
        first, second = await asyncio.gather(
            *(raster.png(bars(BarChart(title, (Bar("Ш", 40.0),))), 400) for title in ("Доля", "Число"))
        )
    assert first != second


async def test_a_worker_that_was_killed_is_replaced() -> None:
    async with Rasteriser(kept=1) as raster:
        await raster.png(PICTURE)
        before = worker(raster)
        os.kill(before, signal.SIGKILL)
        assert size(await raster.png(PICTURE, 500))[0] == 500
        assert worker(raster) != before


async def test_what_is_no_picture_is_refused_and_the_worker_lives() -> None:
    async with Rasteriser() as raster:
        with pytest.raises(ValueError):  # noqa: PT011 - the renderer's own words
            await raster.png("<svg")
        assert await raster.png(PICTURE)
