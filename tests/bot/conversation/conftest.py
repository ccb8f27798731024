"""One bot per test; the process that draws pictures is shared by what one test sends."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.charts.raster import Rasteriser
from tests.bot.conversation.house import House, open_house


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[House]:
    async with Rasteriser() as rasteriser, open_house(sqlite_url, tmp_path, rasteriser) as furnished:
        yield furnished
