"""Copies of a SQLite database, safe while the program runs: SQLite's own backup, never a copy of files."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from storage.engine import is_sqlite

PAGES = 256
"""Copied in one step; between steps writers have their turn."""


class NotSqlite(Exception):
    """The database is PostgreSQL, which has its own tools."""


class BadCopy(Exception):
    """The file is no database, or a damaged one, or not of this program. The text says which."""


def database_file(url: str) -> Path:
    """Raises NotSqlite."""
    name = make_url(url).database
    if not is_sqlite(url) or not name:
        raise NotSqlite(url)
    return Path(name)


def copy_database(url: str, target: Path) -> None:
    """One consistent moment of the database as a file; an earlier file is replaced only by a complete one.

    Raises NotSqlite, FileNotFoundError, sqlite3.Error, OSError.
    """
    source = database_file(url)
    if not source.exists():
        raise FileNotFoundError(source)
    fresh = target.with_name(f"{target.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)  # it holds personal data
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live, closing(sqlite3.connect(fresh)) as copy:
        live.backup(copy, pages=PAGES)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing left in a log beside it
    check_copy(fresh)
    fresh.replace(target)


def check_copy(file: Path) -> str:
    """The revision of its tables. Raises BadCopy."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise BadCopy(str(error)) from error
    if verdict != "ok":
        raise BadCopy(str(verdict))
    if revision is None:
        raise BadCopy("no revision")
    return str(revision[0])


def bring_back(url: str, copy: Path, aside: str) -> Path | None:
    """Puts the copy in the database's place; the old file is kept under a name with the ending `aside`.

    Returns where the old one lies, None when there was none. The program must not be running. Raises
    NotSqlite, BadCopy, OSError.
    """
    target = database_file(url)
    check_copy(copy)
    fresh = target.with_name(f"{target.name}.new")
    fresh.unlink(missing_ok=True)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_bytes(copy.read_bytes())
    kept = _set_aside(target, aside)
    fresh.replace(target)
    return kept


def in_use(url: str) -> bool:
    """Another program has the database open for writing just now, or has died over it. Raises NotSqlite."""
    file = database_file(url)
    if not file.exists():
        return False
    with closing(sqlite3.connect(file, timeout=0)) as connection:
        try:
            # Leaving the write-ahead log needs every other connection to be gone.
            return str(connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]) != "delete"
        except sqlite3.OperationalError:
            return True


def _set_aside(target: Path, ending: str) -> Path | None:
    if not target.exists():
        return None
    kept = target.with_name(f"{target.name}.{ending}")
    target.replace(kept)
    for side in ("-wal", "-shm"):
        # A log left beside would be played into the restored file.
        beside = target.with_name(target.name + side)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + side))
    return kept
