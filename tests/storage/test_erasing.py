"""What is erased is gone from the files, not only from the tables (decision 0002)."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from storage.engine import sqlite_is_safe
from storage.models import AuditEntry, InboxUpdate
from storage.session import Database
from tests.storage.rows import MOMENT

SECRET = "совершенно особенный ответ"


def _bytes(db: Database) -> bytes:
    """Everything that lies on the disk: the file, its write-ahead log and the log's index."""
    file = Path(db.url.partition(":///")[2])
    return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))


async def _store(db: Database, copies: int = 1) -> None:
    async with db.write() as session:
        session.add_all(
            InboxUpdate(
                channel="telegram", update_id=n, person="1", payload=SECRET * 200, state="new", received_at=MOMENT
            )
            for n in range(copies)
        )


@pytest.mark.parametrize("copies", [1, 40])
async def test_a_deleted_text_is_nowhere_on_the_disk(sqlite_db: Database, copies: int) -> None:
    await _store(sqlite_db, copies)
    assert SECRET.encode() in _bytes(sqlite_db)
    async with sqlite_db.write(scrub=True) as session:
        await session.execute(delete(InboxUpdate))
    await _settled(sqlite_db)
    assert SECRET.encode() not in _bytes(sqlite_db)


async def test_an_overwritten_text_is_nowhere_on_the_disk(sqlite_db: Database) -> None:
    await _store(sqlite_db)
    async with sqlite_db.write(scrub=True) as session:
        await session.execute(update(InboxUpdate).values(payload=None))
    await _settled(sqlite_db)
    assert SECRET.encode() not in _bytes(sqlite_db)


async def test_a_reader_in_the_way_only_delays_it(sqlite_db: Database) -> None:
    await _store(sqlite_db)
    async with sqlite_db.read() as reader:
        assert (await reader.scalars(select(InboxUpdate.update_id))).all() == [0]
        async with sqlite_db.write(scrub=True) as session:
            await session.execute(delete(InboxUpdate))
        async with sqlite_db.write() as session:
            session.add(AuditEntry(at=MOMENT, action="meanwhile"))
        await reader.rollback()
    await _settled(sqlite_db)
    assert SECRET.encode() not in _bytes(sqlite_db)


async def _settled(db: Database) -> None:
    """Scrubbing follows the commit; the next transaction begins only after it."""
    for _ in range(2):
        async with db.write() as session:
            session.add(AuditEntry(at=MOMENT, action="later"))


def test_the_warning_about_the_version_knows_the_fixed_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts = {
        (3, 40, 1): False,
        (3, 44, 5): False,
        (3, 44, 6): True,
        (3, 45, 0): False,
        (3, 50, 6): False,
        (3, 50, 7): True,
        (3, 51, 2): False,
        (3, 51, 3): True,
        (3, 52, 0): True,
    }
    for version, safe in verdicts.items():
        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        assert sqlite_is_safe() is safe
