"""Whom the pages of audiences are for, and the saved audience that an address names."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends

from admin.auth import CurrentViewer, Viewer
from admin.services import Services, ServicesHere
from admin.shell.path import RowId
from core.audiences import saved
from core.audiences.model import SavedAudienceRow
from core.clock import local_date
from core.errors import Denied, NotFound


@dataclass(frozen=True, slots=True)
class Here:
    viewer: Viewer
    row: SavedAudienceRow


async def audience_here(services: ServicesHere, viewer: CurrentViewer, audience_id: RowId) -> Here:
    """Raises NotFound for one that the viewer is not offered, and for one of another municipality than that in view."""
    async with services.db.read() as session:
        row = await saved.one(session, viewer.actor, audience_id)
    if row.municipality_id != viewer.municipality.id:
        raise NotFound
    return Here(viewer, row)


async def managing(viewer: CurrentViewer) -> Viewer:
    """Raises Denied unless the viewer acts for the municipality in view."""
    if not viewer.manages:
        raise Denied
    return viewer


def today(services: Services, viewer: Viewer) -> date:
    return local_date(services.clock.now(), viewer.municipality.timezone)


Manager = Annotated[Viewer, Depends(managing)]
"""Asked for before anything that was sent is looked at."""
AudienceHere = Annotated[Here, Depends(audience_here)]
