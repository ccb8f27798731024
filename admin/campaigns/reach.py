"""The campaign that an address names, within what the viewer may see."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from admin.auth import CurrentViewer, Viewer
from admin.services import ServicesHere
from admin.shell import formatting
from admin.shell.path import RowId
from core.campaigns import queries
from core.campaigns.model import CampaignDetail
from core.errors import Denied, NotFound


@dataclass(frozen=True, slots=True)
class Here:
    viewer: Viewer
    detail: CampaignDetail

    @property
    def id(self) -> int:
        return self.detail.row.id

    @property
    def zone(self) -> str:
        return self.viewer.municipality.timezone


async def campaign_here(services: ServicesHere, viewer: CurrentViewer, campaign_id: RowId) -> Here:
    """Raises NotFound for a campaign out of reach, and for one of another municipality than the one in view."""
    async with services.db.read() as session:
        detail = await queries.detail(session, viewer.actor, campaign_id)
    if detail.row.municipality_id != viewer.municipality.id:
        raise NotFound
    return Here(viewer, detail)


def managing(viewer: Viewer) -> Viewer:
    """Raises Denied unless the viewer acts for the municipality in view."""
    if not viewer.manages:
        raise Denied
    return viewer


def zone_title(services: ServicesHere, viewer: Viewer) -> str:
    return formatting.zone_name(viewer.municipality.timezone, services.clock.now())


CampaignHere = Annotated[Here, Depends(campaign_here)]
