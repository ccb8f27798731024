"""What the rows that an audience names are called, as far as whoever looks may know it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CampaignState
from core.people.model import Actor
from storage.models import Association, Campaign, Event, Municipality, Organisation, Position, Subject
from storage.searching import searchable


class Shelf(StrEnum):
    """Kinds of rows; the same names as in core.audiences.options.Part."""

    ORGANISATIONS = "organisations"
    POSITIONS = "positions"
    SUBJECTS = "subjects"
    ASSOCIATIONS = "associations"
    CAMPAIGN = "campaign"
    EVENT = "event"

    @classmethod
    def of(cls, name: str) -> "Shelf | None":
        return cls(name) if name in set(cls) else None


_DATED = frozenset({Shelf.CAMPAIGN, Shelf.EVENT})


async def titles(
    session: AsyncSession,
    actor: Actor | None,
    municipality_id: int,
    shelf: Shelf,
    *,
    ids: Collection[int] | None = None,
    words: str = "",
) -> dict[int, str]:
    """Id → title. Without `ids` what can be chosen now (nothing archived; campaigns and events with their day)."""
    query, model = _query(shelf, actor, municipality_id), _TABLES[shelf].model
    if ids is not None:
        query = query.where(model.id.in_(sorted(ids)))
        return {row[0]: row[1] for row in await session.execute(query)}
    if shelf in _DATED:
        return await _dated(session, municipality_id, query, words)
    query = query.where(model.archived_at.is_(None))
    for word in searchable(words).split():
        query = query.where(model.search.contains(word, autoescape=True))
    return {row[0]: row[1] for row in await session.execute(query)}


async def _dated(session: AsyncSession, municipality_id: int, query: Any, words: str) -> dict[int, str]:
    """Waves of one survey are often called the same, and so are meetings."""
    zone = ZoneInfo((await session.get_one(Municipality, municipality_id)).timezone)
    found = {row[0]: f"{row[1]} ({row[2].astimezone(zone):%d.%m.%Y})" for row in await session.execute(query)}
    sought = searchable(words).split()
    return {one: title for one, title in found.items() if all(word in searchable(title) for word in sought)}


@dataclass(frozen=True, slots=True)
class _Table:
    model: Any
    title: Any
    order: tuple[Any, ...]
    local: bool = True
    """Every municipality has its own."""


_TABLES: Mapping[Shelf, _Table] = MappingProxyType(
    {
        Shelf.ORGANISATIONS: _Table(Organisation, Organisation.short_name, (Organisation.id,)),
        Shelf.ASSOCIATIONS: _Table(Association, Association.name, (Association.search, Association.id)),
        Shelf.SUBJECTS: _Table(Subject, Subject.title, (Subject.search, Subject.id), local=False),
        Shelf.POSITIONS: _Table(Position, Position.title, (Position.search, Position.id), local=False),
        Shelf.CAMPAIGN: _Table(Campaign, Campaign.title, (Campaign.opens_at.desc(), Campaign.id.desc())),
        Shelf.EVENT: _Table(Event, Event.title, (Event.starts_at.desc(), Event.id.desc())),
    }
)
_ASKED = (CampaignState.OPEN, CampaignState.CLOSED)
"""Before the opening nobody has been asked, so there is nobody to choose by it."""


def _query(shelf: Shelf, actor: Actor | None, municipality_id: int) -> Any:
    """Columns id, title and, of what has one, its day."""
    table = _TABLES[shelf]
    day = {Shelf.CAMPAIGN: (Campaign.opens_at,), Shelf.EVENT: (Event.starts_at,)}.get(shelf, ())
    query = select(table.model.id, table.title, *day).order_by(*table.order)
    if table.local:
        query = query.where(table.model.municipality_id == municipality_id)
    if shelf is Shelf.ORGANISATIONS:
        query = query.where(_known_organisations(actor, municipality_id))
    if shelf is Shelf.CAMPAIGN:
        query = query.where(Campaign.state.in_(_ASKED))
    return query


def _known_organisations(actor: Actor | None, municipality_id: int) -> ColumnElement[bool]:
    """Coordinators know theirs; elsewhere in the program they are not told the others either."""
    if actor is None or actor.manages(municipality_id):
        return true()
    return Organisation.id.in_(sorted(actor.organisations)) if actor.organisations else false()
