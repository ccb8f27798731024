"""The organisation that an address names, within what the viewer may hand invites out for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from admin.auth import CurrentViewer, Viewer
from admin.services import ServicesHere
from admin.shell.path import RowId
from core.errors import NotFound
from core.invites import queries

MOST_CHOSEN = 500
"""People that one form can name."""


@dataclass(frozen=True, slots=True)
class Place:
    viewer: Viewer
    id: int
    name: str

    @property
    def address(self) -> str:
        return f"/invites/{self.id}"

    @property
    def zone(self) -> str:
        return self.viewer.municipality.timezone


async def place_here(services: ServicesHere, viewer: CurrentViewer, organisation_id: RowId) -> Place:
    """Raises NotFound for an organisation out of reach, and for one of another municipality than the one in view."""
    async with services.db.read() as session:
        found = await queries.organisation(session, viewer.actor, organisation_id)
    if found.municipality_id != viewer.municipality.id:
        raise NotFound
    return Place(viewer, found.id, found.short_name)


PlaceHere = Annotated[Place, Depends(place_here)]


def chosen(values: Iterable[object]) -> frozenset[int]:
    """Numbers of people as a form sends them; what is no number of a row is left out."""
    texts = [one for one in values if isinstance(one, str) and one.isascii() and one.isdigit() and len(one) < 10]
    return frozenset(int(one) for one in texts[:MOST_CHOSEN])
