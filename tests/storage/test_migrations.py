"""The tables that migrations make are the tables that the models describe, there and back."""

import asyncio
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrate import config, downgrade, upgrade
from storage.models import Base


async def _tables(url: str) -> set[str]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    await engine.dispose()
    return names


async def test_up_down_up(bare_url: str) -> None:
    await upgrade(bare_url)
    assert await _tables(bare_url) == {*Base.metadata.tables, "alembic_version"}
    await downgrade(bare_url, "base")
    assert await _tables(bare_url) == {"alembic_version"}
    await upgrade(bare_url)
    assert await _tables(bare_url) == {*Base.metadata.tables, "alembic_version"}


async def test_every_single_step_can_be_undone(bare_url: str) -> None:
    revisions = [step.revision for step in ScriptDirectory.from_config(config()).walk_revisions()]
    for revision in reversed(revisions):
        await upgrade(bare_url, revision)
        await downgrade(bare_url, "-1")
        await upgrade(bare_url, revision)


def test_the_history_has_one_head() -> None:
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


async def test_models_equal_migrations(database_url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))

    engine = create_async_engine(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_several_processes_may_upgrade_at_the_same_time(bare_url: str) -> None:
    code = f"import asyncio; from storage.migrate import upgrade; asyncio.run(upgrade({bare_url!r}))"
    processes = [await asyncio.create_subprocess_exec(sys.executable, "-c", code) for _ in range(2)]
    assert [await process.wait() for process in processes] == [0, 0]
    assert "inbox" in await _tables(bare_url)


async def test_a_migration_that_fails_leaves_nothing_behind(bare_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyError("half-way")

    monkeypatch.setattr("alembic.operations.Operations.create_index", stop)
    monkeypatch.setattr("alembic.operations.BatchOperations.create_index", stop)
    with pytest.raises(KeyError):
        await upgrade(bare_url)
    assert await _tables(bare_url) == set()


async def test_an_upgrade_keeps_what_is_there(bare_url: str) -> None:
    await upgrade(bare_url)
    engine = create_async_engine(bare_url)
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO surveys (id, code, title) VALUES (1, 'needs', 'Запросы')"))
    await upgrade(bare_url)
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT title FROM surveys")) == "Запросы"
    await engine.dispose()
