"""A questionnaire is handed in: kept under a name, or sealed into a ballot. Inside the action's transaction."""

import secrets

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ParticipationState, ResponseState
from core.clock import Clock
from core.releases import ballot
from core.releases.model import Ballot
from core.releases.queries import cuts_of
from core.sealing import Sealer
from core.surveys import drafts, results, rules, scoring
from core.surveys.drafts import Draft
from core.surveys.model import Answers, Respondent, SurveyPrivacy
from core.surveys.scoring import ScaleScore
from core.surveys.steps import Finished
from storage.models import Ballot as SealedBallot
from storage.models import Participation, Response, ScaleResult


async def submitted(session: AsyncSession, clock: Clock, draft: Draft, sealer: Sealer) -> Finished:
    """What stays of a questionnaire that is handed in, by its privacy; and what the person is told."""
    answers = rules.complete(draft.definition, draft.answers, draft.facts)
    definition = results.with_local_levels(draft.definition, draft.municipality.settings)
    scores = scoring.score(definition, answers, draft.facts)
    message_id = draft.response.message_id
    await _note_submitted(session, draft)
    await drafts.stop_typing(session, draft)
    if draft.definition.privacy is SurveyPrivacy.ANONYMOUS:
        await _cast(session, draft, answers, scores, sealer)
        return results.finished(draft.campaign, definition, scores, results.NOTHING_BESIDE, message_id)
    await _keep(session, clock, draft, answers, scores)
    beside = await results.beside(session, draft.response, draft.campaign, definition)
    return results.finished(draft.campaign, definition, scores, beside, message_id)


async def _note_submitted(session: AsyncSession, draft: Draft) -> None:
    """An organisation is done when one of its coordinators is."""
    done = update(Participation).where(
        Participation.campaign_id == draft.campaign.id, Participation.subject == draft.response.subject
    )
    if draft.definition.respondent is not Respondent.ORGANISATION:
        done = done.where(Participation.teacher_id == draft.response.teacher_id)
    await session.execute(done.values(state=ParticipationState.SUBMITTED))


async def _keep(
    session: AsyncSession, clock: Clock, draft: Draft, answers: Answers, scores: tuple[ScaleScore, ...]
) -> None:
    for question in draft.definition.questions:
        await drafts.put(session, draft, question, answers.get(question.number))
    draft.response.state = ResponseState.SUBMITTED
    draft.response.submitted_at = clock.now()
    session.add_all(
        ScaleResult(response_id=draft.response.id, scale=s.name, value=s.value, band=s.band.code if s.band else None)
        for s in scores
        if s.value is not None
    )
    await session.flush()


async def _cast(
    session: AsyncSession, draft: Draft, answers: Answers, scores: tuple[ScaleScore, ...], sealer: Sealer
) -> None:
    """Seals the answers into a ballot that nothing leads back from, and erases the draft.

    What was calculated stays behind: it may be a moment, such as that of the beginning.
    """
    cuts = await cuts_of(session, draft.campaign, draft.response.teacher_id)
    scales = {s.name: s.value for s in scores if s.value is not None}
    asked = ((draft.definition.question(number), value) for number, value in answers.items())
    named = {question.name: value for question, value in asked if question.is_asked}
    payload = ballot.encode(Ballot(cuts=cuts, answers=named, scales=scales))
    session.add(SealedBallot(id=secrets.token_hex(16), campaign_id=draft.campaign.id, sealed=sealer.seal(payload)))
    await session.execute(delete(Response).where(Response.id == draft.response.id))
