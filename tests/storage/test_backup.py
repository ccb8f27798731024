"""A copy is one consistent moment, and a bad one never replaces a good database."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import backup
from storage.backup import BadCopy, NotSqlite
from storage.session import Database, open_database
from tests.databases import sqlite_address
from tests.storage.rows import add_counter, counter, increase


def _count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT json_extract(settings, '$.n') FROM municipalities").fetchone()[0])


async def test_a_copy_is_made_while_people_write(sqlite_db: Database, tmp_path: Path) -> None:
    await add_counter(sqlite_db)
    copy = tmp_path / "copy.db"
    writers = [asyncio.create_task(increase(sqlite_db)) for _ in range(50)]
    await asyncio.to_thread(backup.copy_database, sqlite_db.url, copy)
    await asyncio.gather(*writers)
    assert 0 <= _count(copy) <= 50
    assert await counter(sqlite_db) == 50
    assert copy.stat().st_mode & 0o077 == 0
    assert not copy.with_name("copy.db.new").exists()


async def test_what_was_written_after_the_copy_is_gone_after_restoring(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    async with open_database(sqlite_url) as db:
        await add_counter(db, start=7)
        backup.copy_database(sqlite_url, copy)
        await increase(db)
    kept = backup.bring_back(sqlite_url, copy, "old")
    async with open_database(sqlite_url) as db:
        assert await counter(db) == 7
    assert kept is not None
    assert _count(kept) == 8


def test_restoring_into_an_empty_folder(sqlite_template: Path, tmp_path: Path) -> None:
    url = sqlite_address(tmp_path / "new" / "fresh.db")
    assert backup.bring_back(url, sqlite_template, "old") is None
    assert backup.check_copy(backup.database_file(url))


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\0" + bytes(5000)])
async def test_a_bad_copy_changes_nothing(sqlite_url: str, tmp_path: Path, content: bytes) -> None:
    async with open_database(sqlite_url) as db:
        await add_counter(db, start=7)
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    with pytest.raises(BadCopy):
        backup.bring_back(sqlite_url, bad, "old")
    assert _count(backup.database_file(sqlite_url)) == 7


async def test_a_damaged_page_is_found(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup.copy_database(sqlite_url, copy)
    content = bytearray(copy.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xff" * (4096 * 4)
    copy.write_bytes(content)
    with pytest.raises(BadCopy):
        backup.check_copy(copy)


async def test_a_database_in_use_is_recognised(sqlite_url: str) -> None:
    async with open_database(sqlite_url) as db:
        await add_counter(db)
        assert backup.in_use(sqlite_url)
    assert not backup.in_use(sqlite_url)


def test_postgresql_has_tools_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(NotSqlite):
        backup.copy_database("postgresql+asyncpg://somewhere/base", tmp_path / "copy.db")


def test_there_is_nothing_to_copy_yet(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        backup.copy_database(sqlite_address(tmp_path / "none.db"), tmp_path / "copy.db")
