"""The rules every municipality starts with. Inside the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialect import insert_missing
from storage.models import ReminderRule

EMPTY: dict[str, Any] = {"before_days": [], "before_hours": [], "repeat_days": None}


async def give(session: AsyncSession, municipalities: Iterable[int], now: datetime) -> int:
    """Rules that a municipality does not have yet; returns how many. What it has changed stays as it is."""
    rows = [_row(one, place, now) for place in municipalities for one in _file()]
    return await insert_missing(session, ReminderRule, rows)


@cache
def count() -> int:
    """How many rules a municipality has."""
    return len(_file())


@cache
def _file() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("defaults.yaml").read_text(encoding="utf-8"))
    return loaded


def _row(content: dict[str, Any], municipality_id: int, now: datetime) -> dict[str, Any]:
    row = {**EMPTY, **content, "municipality_id": municipality_id, "enabled": True, "audience": {}, "words": ""}
    return {**row, "since": now, "revision": 1}
