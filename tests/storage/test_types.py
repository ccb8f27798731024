"""Moments keep their zone, and search knows Russian letters."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from storage.models import ConsentText, Municipality
from storage.session import Database


async def test_a_moment_without_a_zone_is_refused(db: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        async with db.write() as session:
            session.add(ConsentText(version="1", text="…", published_at=datetime(2026, 11, 22)))  # noqa: DTZ001


async def test_a_moment_comes_back_as_utc(db: Database) -> None:
    async with db.write() as session:
        local = datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo("Asia/Irkutsk"))
        session.add(ConsentText(version="1", text="…", published_at=local))
    async with db.read() as session:
        moment = (await session.scalars(select(ConsentText.published_at))).one()
    assert moment == datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize("typed", ["ёлкино", "ЁЛКИНО", "Ёлкино"])
async def test_lower_knows_cyrillic(db: Database, typed: str) -> None:
    async with db.write() as session:
        session.add(Municipality(code="e", name="Ёлкино", timezone="Asia/Irkutsk"))
    found = select(Municipality.code).where(func.lower(Municipality.name) == func.lower(typed))
    async with db.read() as session:
        assert (await session.scalars(found)).all() == ["e"]
