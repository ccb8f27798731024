"""The import that an address names, within what the viewer may see."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from admin.auth import CurrentViewer, Viewer
from admin.campaigns.reach import managing
from admin.services import Services, ServicesHere
from admin.shell.path import RowId
from core.errors import NotFound
from core.importing import queries
from core.importing.views import RunView


@dataclass(frozen=True, slots=True)
class ImportPlace:
    viewer: Viewer
    run: RunView

    @property
    def address(self) -> str:
        return f"/imports/{self.run.id}"


def importer(viewer: CurrentViewer) -> Viewer:
    """Raises Denied for whoever does not act for the municipality in view."""
    return managing(viewer)


Importer = Annotated[Viewer, Depends(importer)]


async def import_here(services: ServicesHere, viewer: Importer, run_id: RowId) -> ImportPlace:
    """Raises NotFound for an import out of reach, and for one of another municipality than the one in view."""
    return await place_of(services, viewer, run_id)


async def place_of(services: Services, viewer: Viewer, run_id: int) -> ImportPlace:
    async with services.db.read() as session:
        run = await queries.run(session, viewer.actor, run_id)
    if run.municipality_id != viewer.municipality.id:
        raise NotFound
    return ImportPlace(viewer, run)


ImportHere = Annotated[ImportPlace, Depends(import_here)]
