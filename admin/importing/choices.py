"""What the names of a file can be said to mean: the registry's organisations, positions, subjects."""

from collections.abc import Mapping as MappingType

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.importing.model import Mapping
from storage.models import Organisation, Position, Subject

Choices = list[tuple[int, str]]
"""Id and title, by title; without what is archived."""


async def organisations(session: AsyncSession, municipality_id: int) -> Choices:
    found = await session.execute(
        select(Organisation.id, Organisation.short_name)
        .where(Organisation.municipality_id == municipality_id, Organisation.archived_at.is_(None))
        .order_by(Organisation.search, Organisation.id)
    )
    return [(row.id, row.short_name) for row in found]


async def positions(session: AsyncSession) -> Choices:
    found = await session.execute(
        select(Position.id, Position.title).where(Position.archived_at.is_(None)).order_by(Position.search)
    )
    return [(row.id, row.title) for row in found]


async def subjects(session: AsyncSession) -> Choices:
    found = await session.execute(
        select(Subject.id, Subject.title).where(Subject.archived_at.is_(None)).order_by(Subject.search)
    )
    return [(row.id, row.title) for row in found]


async def all_of(session: AsyncSession, municipality_id: int) -> dict[str, Choices]:
    """Kind of name → what a name of this kind can mean."""
    return {
        "organisation": await organisations(session, municipality_id),
        "position": await positions(session),
        "subject": await subjects(session),
    }


def remembered(mapping: Mapping, known: MappingType[str, Choices]) -> list[tuple[str, str, int, str]]:
    """Kind, name, id and title of what names were said to mean earlier, as far as it still exists."""
    said = (
        ("organisation", mapping.organisations),
        ("position", mapping.positions),
        ("subject", mapping.subjects),
    )
    titles = {kind: dict(found) for kind, found in known.items()}
    return [
        (kind, name, number, titles[kind][number])
        for kind, names in said
        for name, number in sorted(names.items())
        if number in titles[kind]
    ]
