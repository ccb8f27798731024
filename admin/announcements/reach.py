"""The announcement that an address names, within what the viewer may see."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from admin.auth import CurrentViewer, Viewer
from admin.campaigns.reach import managing, zone_title
from admin.services import ServicesHere
from admin.shell.path import RowId
from core.announcements import queries
from core.announcements.model import AnnouncementDetail
from core.errors import NotFound

__all__ = ["AnnouncementHere", "Author", "Here", "announcement_here", "author", "managing", "zone_title"]


@dataclass(frozen=True, slots=True)
class Here:
    viewer: Viewer
    detail: AnnouncementDetail

    @property
    def id(self) -> int:
        return self.detail.row.id

    @property
    def zone(self) -> str:
        return self.detail.timezone

    @property
    def card(self) -> str:
        return f"/announcements/{self.id}"


def author(viewer: CurrentViewer) -> Viewer:
    """Raises Denied unless the viewer acts for the municipality in view."""
    return managing(viewer)


Author = Annotated[Viewer, Depends(author)]


async def announcement_here(services: ServicesHere, viewer: Author, announcement_id: RowId) -> Here:
    """Raises NotFound for an announcement out of reach, and for one of another municipality than the one in view."""
    async with services.db.read() as session:
        detail = await queries.detail(session, viewer.actor, announcement_id)
    if detail.row.municipality_id != viewer.municipality.id:
        raise NotFound
    return Here(viewer, detail)


AnnouncementHere = Annotated[Here, Depends(announcement_here)]
