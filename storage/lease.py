"""One holder at a time for what only one process may do: dispatching, sending, scheduling."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update

from storage.dialect import insert_missing
from storage.models import Lease
from storage.session import Database


async def hold(db: Database, name: str, holder: str, now: datetime, *, term: timedelta) -> bool:
    """Takes or renews the lease; False while another holder's term runs. Call again well within the term."""
    async with db.write() as session:
        taken = await session.scalar(
            update(Lease)
            .where(Lease.name == name, or_(Lease.holder == holder, Lease.until < now))
            .values(holder=holder, until=now + term)
            .returning(Lease.name)
        )
        if taken is not None:
            return True
        added = await insert_missing(session, Lease, [{"name": name, "holder": holder, "until": now + term}])
        return added == 1


async def release(db: Database, name: str, holder: str) -> None:
    """Gives the lease up at a clean end, so that the next process need not wait for the term."""
    async with db.write() as session:
        await session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))
