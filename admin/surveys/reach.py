"""The survey or draft that an address names, within what the viewer may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query

from admin.auth import CurrentViewer, Viewer
from admin.campaigns.reach import managing
from admin.services import ServicesHere
from admin.shell.path import RowId
from core.authoring import queries
from core.authoring.model import DraftView, VersionView
from core.errors import NotFound


@dataclass(frozen=True, slots=True)
class DraftPlace:
    viewer: Viewer
    draft: DraftView
    published: Sequence[VersionView]
    """Versions of the same code that the municipality may use, the newest first."""

    @property
    def address(self) -> str:
        return f"/surveys/drafts/{self.draft.id}"


@dataclass(frozen=True, slots=True)
class SurveyPlace:
    viewer: Viewer
    versions: Sequence[VersionView]
    """The newest first."""
    version: VersionView
    """The one that is looked at."""


def author(viewer: CurrentViewer) -> Viewer:
    """Raises Denied for whoever is no methodist of the municipality in view."""
    return managing(viewer)


Author = Annotated[Viewer, Depends(author)]


async def draft_here(services: ServicesHere, viewer: Author, draft_id: RowId) -> DraftPlace:
    """Raises NotFound for a draft out of reach, and for one of another municipality than the one in view."""
    async with services.db.read() as session:
        draft = await queries.draft(session, viewer.actor, draft_id)
        published = await queries.published(session, draft.municipality_id, draft.definition.code)
    if draft.municipality_id != viewer.municipality.id:
        raise NotFound
    return DraftPlace(viewer, draft, published)


Version = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


async def survey_here(services: ServicesHere, viewer: Author, survey_code: str, version: Version = None) -> SurveyPlace:
    """The newest version, or the one the query names. Raises NotFound."""
    async with services.db.read() as session:
        found = await queries.versions(session, viewer.actor, viewer.municipality.id, survey_code)
    return SurveyPlace(viewer, found, found[0] if version is None else _of(found, version))


async def version_here(services: ServicesHere, viewer: Author, survey_code: str, version_id: RowId) -> SurveyPlace:
    """Raises NotFound for a version of another survey or another municipality."""
    async with services.db.read() as session:
        found = await queries.versions(session, viewer.actor, viewer.municipality.id, survey_code)
    return SurveyPlace(viewer, found, _of(found, version_id))


def _of(found: Sequence[VersionView], version_id: int) -> VersionView:
    for one in found:
        if one.id == version_id:
            return one
    raise NotFound


DraftHere = Annotated[DraftPlace, Depends(draft_here)]
SurveyHere = Annotated[SurveyPlace, Depends(survey_here)]
VersionHere = Annotated[SurveyPlace, Depends(version_here)]
