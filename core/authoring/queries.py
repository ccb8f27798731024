"""Reads of authoring: the catalogue with its versions, and drafts. Only for methodists of the municipality."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.authoring.model import DraftView, Listed, Origin, VersionView
from core.campaigns.model import ParticipationState
from core.errors import NotFound
from core.people.model import Actor
from core.surveys.drafts import definition_of
from core.surveys.loading import definition_from_json
from core.surveys.model import SurveyDefinition, SurveyPrivacy
from core.surveys.queries import PRECEDENCE, visible_to
from core.surveys.reading import Problem
from storage.models import Campaign, Participation, Survey, SurveyDraft, SurveyVersion

LANGUAGES = "languages"
"""Field of the notice that tells in which languages the file is written; `language` is the one that was read."""


async def drafts(session: AsyncSession, actor: Actor, municipality_id: int) -> list[DraftView]:
    """What waits to be published, the latest on top. Raises NotFound for a municipality the actor does not manage."""
    _check(actor, municipality_id)
    rows = await session.scalars(
        select(SurveyDraft)
        .where(SurveyDraft.municipality_id == municipality_id)
        .order_by(SurveyDraft.uploaded_at.desc(), SurveyDraft.id.desc())
    )
    return [draft_view(row) for row in rows]


async def draft(session: AsyncSession, actor: Actor, draft_id: int) -> DraftView:
    """Raises NotFound for another municipality's."""
    row = await session.get(SurveyDraft, draft_id)
    if row is None or not actor.manages(row.municipality_id):
        raise NotFound
    return draft_view(row)


async def listing(session: AsyncSession, actor: Actor, municipality_id: int) -> list[Listed]:
    """Every survey the municipality may use, by title. Raises NotFound as `drafts` does."""
    _check(actor, municipality_id)
    rows = await session.scalars(select(SurveyVersion).where(visible_to(municipality_id)).order_by(*PRECEDENCE))
    found: dict[int, list[VersionView]] = {}
    for row in rows:
        found.setdefault(row.survey_id, []).append(_version_view(row))
    listed = [Listed(versions[-1], origin_of(versions), len(versions)) for versions in found.values()]
    return sorted(listed, key=lambda one: (one.current.definition.title, one.current.definition.code))


async def versions(session: AsyncSession, actor: Actor, municipality_id: int, code: str) -> list[VersionView]:
    """Of one survey, the one in use first. Raises NotFound when there is none the municipality may see."""
    _check(actor, municipality_id)
    found = await published(session, municipality_id, code)
    if not found:
        raise NotFound
    return found


async def published(session: AsyncSession, municipality_id: int, code: str) -> list[VersionView]:
    """Versions of this code that the municipality may use, the one in use first."""
    rows = await session.scalars(
        select(SurveyVersion)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Survey.code == code, visible_to(municipality_id))
        .order_by(*PRECEDENCE)
    )
    return [_version_view(row) for row in rows][::-1]


async def answered_privacy(session: AsyncSession, municipality_id: int, survey_id: int) -> frozenset[SurveyPrivacy]:
    """Under which kinds of privacy somebody here has begun to answer this survey."""
    found = await session.scalars(
        select(SurveyVersion.privacy)
        .distinct()
        .join(Campaign, Campaign.survey_version_id == SurveyVersion.id)
        .join(Participation, Participation.campaign_id == Campaign.id)
        .where(
            SurveyVersion.survey_id == survey_id,
            Campaign.municipality_id == municipality_id,
            Participation.state != ParticipationState.INVITED,
        )
    )
    return frozenset(SurveyPrivacy(one) for one in found)


def origin_of(found: Sequence[VersionView]) -> Origin:
    """Of a survey with these versions, the newest last."""
    if all(one.own for one in found):
        return Origin.OWN
    return Origin.CHANGED if found[-1].own else Origin.BUILT_IN


def draft_view(row: SurveyDraft) -> DraftView:
    languages = next((one for one in row.notices if LANGUAGES in one), {})
    return DraftView(
        id=row.id,
        municipality_id=row.municipality_id,
        definition=_definition(row),
        file_name=row.file_name,
        notices=tuple(_notice(one) for one in row.notices if LANGUAGES not in one),
        languages=tuple(languages.get(LANGUAGES, ())),
        language=str(languages.get("language", "")),
        uploaded_at=row.uploaded_at,
    )


def _definition(row: SurveyDraft) -> SurveyDefinition:
    return definition_from_json(row.definition)


def _notice(stored: Mapping[str, Any]) -> Problem:
    return Problem(str(stored["where"]), str(stored["message"]))


def _version_view(row: SurveyVersion) -> VersionView:
    return VersionView(row.id, definition_of(row), row.municipality_id is not None, row.published_at)


def _check(actor: Actor, municipality_id: int) -> None:
    if not actor.manages(municipality_id):
        raise NotFound
