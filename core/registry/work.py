"""One change of the registry under way, inside a transaction that an action has opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.clock import local_date
from core.errors import NotFound
from core.people.model import Actor
from core.registry.model import Kind, Owner
from storage.models import Municipality


@dataclass(frozen=True, slots=True)
class Work:
    """`place` is the municipality, None for lists that all of them share."""

    session: AsyncSession
    now: datetime
    actor: Actor
    kind: Kind
    place: int | None

    async def alone(self) -> None:
        """Nobody else adds or renames records of the place until this transaction is over."""
        rows = select(Municipality.id).order_by(Municipality.id).limit(1)
        if self.place is not None:
            rows = rows.where(Municipality.id == self.place)
        await self.session.execute(rows.with_for_update(key_share=True))

    async def today(self) -> date:
        """In the municipality. Raises NotFound when there is no such one."""
        if self.place is None:
            return self.now.date()
        town = await self.session.get(Municipality, self.place)
        if town is None:
            raise NotFound
        return local_date(self.now, town.timezone)

    def note(self, row: Any, deed: str, changes: Mapping[str, tuple[Any, Any]]) -> None:
        """What belongs to a person stands in their history, with the id of the record among the details."""
        owned = self.kind.owner is Owner.TEACHER
        audit.note(
            self.session,
            self.now,
            self.actor,
            f"{self.kind.noun}.{deed}",
            f"teacher:{row.teacher_id}" if owned else f"{self.kind.noun}:{row.id}",
            municipality_id=self.place,
            details={"record": row.id} if owned else {},
            changes=changes,
        )
