"""A file of 100,000 people does not grow the serving process past a bound."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

PEOPLE = 100_000
LOADING, EXPORTING = 64 * 1024, 128 * 1024
"""Kilobytes by which the process may grow: while 100,000 people are read and applied, and while they are also written
out. Most of it is what tells rows about one person apart (core.importing.doubles.Seen), and the workbook itself."""
ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells memory on Linux only")
async def test_a_hundred_thousand_people_fit(sqlite_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.importing.heavy",
        sqlite_url,
        str(PEOPLE),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    found = json.loads(out)
    assert found["people"] == PEOPLE
    assert found["applied"] - found["before"] < LOADING
    assert found["exported"] - found["before"] < EXPORTING
