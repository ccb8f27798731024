"""Which import an actor may see and change, and how people are called in it."""

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound
from core.people.model import Actor
from storage.models import ImportRun, Teacher


def reachable(run: ImportRun | None, actor: Actor) -> ImportRun:
    """Raises NotFound for one that is not there or not the actor's."""
    if run is None or not actor.manages(run.municipality_id):
        raise NotFound
    return run


async def run_row(session: AsyncSession, actor: Actor, run_id: int) -> ImportRun:
    """Raises NotFound."""
    return reachable(await session.get(ImportRun, run_id), actor)


def full_name(row: Teacher) -> str:
    return " ".join(part for part in (row.surname, row.given_name, row.patronymic) if part)
