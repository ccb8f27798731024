"""What passes through the program, counted for the system page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import inbox
from storage.models import Delivery


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that could not be handled; its content stays in the database."""

    id: int
    received_at: datetime
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts by state."""

    inbox: dict[str, int]
    deliveries: dict[str, int]
    aside: list[SetAside]


async def flow(session: AsyncSession) -> Flow:
    rows = await session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))
    deliveries = dict(rows.all())
    aside = [SetAside(one.id, one.received_at, one.attempts, one.reason or "") for one in await inbox.aside(session)]
    return Flow(await inbox.count_by_state(session), deliveries, aside)
