"""What a methodist does with a survey of their own. One function, one transaction, one line of audit."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core import audit
from core.authoring import queries, rules
from core.authoring.model import About, NewDraft
from core.clock import Clock
from core.errors import AppError, NotFound
from core.people.model import Actor
from core.surveys.loading import checksum, definition_from_json, definition_json
from core.surveys.model import SurveyDefinition
from core.surveys.publishing import publish_version
from core.surveys.results import checked_local_levels
from storage.models import Municipality, Survey, SurveyDraft
from storage.session import Store

_FILE_NAME = 200


async def upload(store: Store, clock: Clock, actor: Actor, municipality_id: int, new: NewDraft) -> int:
    """A draft; returns its id. Raises NotFound for a municipality the actor does not manage."""
    if not actor.manages(municipality_id):
        raise NotFound
    async with store.write() as session:
        row = SurveyDraft(municipality_id=municipality_id)
        _take(row, new, clock, actor)
        session.add(row)
        await session.flush()
        _note(session, clock, actor, "survey.uploaded", row, new.definition)
        return row.id


async def upload_again(store: Store, clock: Clock, actor: Actor, draft_id: int, new: NewDraft) -> None:
    """Another workbook, or another language of it, in place of the draft's. Raises NotFound."""
    async with store.write() as session:
        row = await _own(session, actor, draft_id)
        _take(row, new, clock, actor)
        _note(session, clock, actor, "survey.uploaded", row, new.definition)


async def announce(store: Store, clock: Clock, actor: Actor, draft_id: int, about: About) -> None:
    """What is said of the survey beside its questions. Raises NotFound and what core.authoring.rules refuses."""
    async with store.write() as session:
        row = await _own(session, actor, draft_id)
        definition = rules.with_about(definition_from_json(row.definition), about)
        row.definition = definition_json(definition)
        _note(session, clock, actor, "survey.draft_changed", row, definition)


async def publish(store: Store, clock: Clock, actor: Actor, draft_id: int, version: str, seen: str) -> str:
    """The draft becomes a version for good; returns the survey's code. Campaigns made before keep theirs.

    `seen` is DraftView.seen of what the methodist looked at. Raises NotFound also when it was published or
    discarded already; AppError authoring.draft_changed, authoring.levels_unsound, and what core.authoring.rules
    refuses about announcement, version and privacy.
    """
    async with store.write() as session:
        row = await _own(session, actor, draft_id)
        draft = definition_from_json(row.definition)
        if checksum(draft) != seen:
            raise AppError("authoring.draft_changed")
        definition = replace(draft, version=version)
        await _check(session, row.municipality_id, definition)
        await publish_version(session, clock, definition, row.municipality_id)
        _note(session, clock, actor, "survey.published", row, definition)
        await session.delete(row)
        return definition.code


async def discard(store: Store, clock: Clock, actor: Actor, draft_id: int) -> None:
    """Raises NotFound also when it is gone already."""
    async with store.write() as session:
        row = await _own(session, actor, draft_id)
        _note(session, clock, actor, "survey.discarded", row, definition_from_json(row.definition))
        await session.delete(row)


async def _own(session: AsyncSession, actor: Actor, draft_id: int) -> SurveyDraft:
    row = await session.scalar(select(SurveyDraft).where(SurveyDraft.id == draft_id).with_for_update())
    if row is None or not actor.manages(row.municipality_id):
        raise NotFound
    return row


async def _check(session: AsyncSession, municipality_id: int, definition: SurveyDefinition) -> None:
    rules.check_about(rules.about_of(definition))
    published = await queries.published(session, municipality_id, definition.code)
    rules.check_version(definition.version, {one.definition.version for one in published})
    survey_id = await session.scalar(select(Survey.id).where(Survey.code == definition.code))
    if survey_id is not None:
        answered = await queries.answered_privacy(session, municipality_id, survey_id)
        rules.check_privacy(definition.privacy, answered)
    settings = (await session.get_one(Municipality, municipality_id)).settings
    try:
        checked_local_levels(definition, settings)
    except ValueError:
        raise AppError("authoring.levels_unsound") from None


def _take(row: SurveyDraft, new: NewDraft, clock: Clock, actor: Actor) -> None:
    notices: list[dict[str, Any]] = [{"where": one.where, "message": one.message} for one in new.notices]
    if new.languages:
        notices.append({queries.LANGUAGES: list(new.languages), "language": new.language})
    row.definition = definition_json(new.definition)
    row.file_name = new.file_name[:_FILE_NAME]
    row.notices = notices
    row.uploaded_by = actor.account_id
    row.uploaded_at = clock.now()


def _note(
    session: AsyncSession, clock: Clock, actor: Actor, action: str, row: SurveyDraft, definition: SurveyDefinition
) -> None:
    audit.note(
        session,
        clock.now(),
        actor,
        action,
        f"survey:{definition.code}",
        municipality_id=row.municipality_id,
        details={"draft": row.id, "version": definition.version, "privacy": definition.privacy},
    )
