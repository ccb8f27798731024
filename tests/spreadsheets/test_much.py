"""The bounds that core.spreadsheets.streaming states, measured in processes of their own."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from core.spreadsheets.streaming import ChildLimits
from tests.spreadsheets.reading_much import ROWS, workbook

MEGABYTE = 1024 * 1024
pytestmark = pytest.mark.processes


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="says its memory only on Linux")
async def test_a_hundred_thousand_rows_take_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "much.xlsx"
    file.write_bytes(await asyncio.to_thread(workbook))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.spreadsheets.reading_much", str(file)), stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    measured = json.loads(output)
    assert measured["rows"] == ROWS
    assert measured["grown"] < 64 * MEGABYTE
    assert measured["child"] < 256 * MEGABYTE
    assert measured["cpu"] < ChildLimits().cpu_seconds / 2
