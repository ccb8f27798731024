"""A record's values in words: names instead of ids."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from admin.registry import words
from core.registry import kinds, queries
from core.registry.model import Field, Record


async def in_words(session: AsyncSession, record: Record) -> dict[str, str]:
    """By name of field; empty for nothing."""
    return {one.name: await _told(session, one, record.values.get(one.name)) for one in record.kind.fields}


async def _told(session: AsyncSession, one: Field, value: Any) -> str:
    if one.target and value:
        kind = kinds.BY_CODE[one.target]
        ids = value if isinstance(value, list | tuple) else [value]
        return ", ".join([await queries.name_of(session, kind, each) for each in ids])
    return words.told(value, one.choices)
