"""Which import an actor may see and change."""

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound
from core.people.model import Actor
from storage.models import ImportRun


def reachable(run: ImportRun | None, actor: Actor) -> ImportRun:
    """Raises NotFound for one that is not there or not the actor's."""
    if run is None or not actor.manages(run.municipality_id):
        raise NotFound
    return run


async def run_row(session: AsyncSession, actor: Actor, run_id: int) -> ImportRun:
    """Raises NotFound."""
    return reachable(await session.get(ImportRun, run_id), actor)
