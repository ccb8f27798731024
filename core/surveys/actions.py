"""Answering a survey. One press is one function is one transaction; each returns the screen that follows."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ParticipationState, ResponseState
from core.clock import Clock
from core.errors import AppError, NotFound
from core.people import queries as people
from core.people.model import Actor
from core.sealing import Sealer
from core.surveys import drafts, publishing, queries, rules, submission
from core.surveys.drafts import Draft
from core.surveys.model import QuestionType, Respondent, SurveyDefinition, Value
from core.surveys.rules import InvalidAnswer
from core.surveys.steps import Ask, Finished, Place, Stale, Step
from storage.models import Campaign, Participation, Response, SurveyVersion
from storage.session import Store


async def publish(store: Store, clock: Clock, definition: SurveyDefinition) -> int:
    """Stores a built-in version for good and returns its id; the same text again is the same version.

    Raises AppError `survey.version_changed` when this version was published with another text.
    """
    async with store.write() as session:
        return await publishing.publish_version(session, clock, definition, None)


async def begin(store: Store, clock: Clock, actor: Actor, ask: Ask) -> Step:
    """Starts a survey, or goes on where the person left off.

    Raises NotFound when they were not asked, AppError `survey.closed`, `survey.already_submitted`,
    `survey.taken` (a colleague is filling it in for the organisation), `consent.needed`.
    """
    async with store.write() as session:
        if await people.consent_due(session, actor) is not None:
            raise AppError("consent.needed")
        draft = await _resumed(session, clock, actor, ask) or await _started(session, clock, actor, ask)
        await drafts.expect_typing(session, actor, draft)
        return draft.step()


async def _resumed(session: AsyncSession, clock: Clock, actor: Actor, ask: Ask) -> Draft | None:
    response_id = await session.scalar(
        select(Response.id).where(
            Response.campaign_id == ask.campaign_id,
            Response.subject == ask.subject,
            Response.teacher_id == actor.teacher_id,
        )
    )
    if response_id is None:
        return None
    draft = await drafts.load(session, clock, actor, response_id)
    draft.turn_to(draft.response.cursor, from_summary=draft.response.from_summary)
    return draft


async def _started(session: AsyncSession, clock: Clock, actor: Actor, ask: Ask) -> Draft:
    found = (
        await session.execute(
            select(Participation, Campaign, SurveyVersion)
            .join(Campaign, Campaign.id == Participation.campaign_id)
            .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
            .where(
                Participation.campaign_id == ask.campaign_id,
                Participation.subject == ask.subject,
                Participation.teacher_id == actor.teacher_id,
            )
            .with_for_update(of=Participation)
        )
    ).first()
    if found is None:
        raise NotFound("survey.not_found")
    participation, campaign, version = found
    if participation.state == ParticipationState.SUBMITTED:
        raise AppError("survey.already_submitted")
    drafts.check_open(campaign, clock)
    await _check_free(session, campaign, version, ask)
    participation.state = ParticipationState.BEGUN
    response = _blank(participation, version, clock)
    session.add(response)
    await session.flush()
    draft = await drafts.load(session, clock, actor, response.id)
    drafts.keep_once(session, draft)
    draft.turn_to(rules.step_after(draft.definition, draft.answers, draft.facts, None))
    return draft


async def _check_free(session: AsyncSession, campaign: Campaign, version: SurveyVersion, ask: Ask) -> None:
    """One questionnaire for an organisation, whoever of its coordinators begins it. Raises `survey.taken`."""
    if drafts.definition_of(version).respondent is not Respondent.ORGANISATION:
        return
    await session.execute(select(Campaign.id).where(Campaign.id == campaign.id).with_for_update())
    begun = select(Response.id).where(Response.campaign_id == ask.campaign_id, Response.subject == ask.subject)
    if await session.scalar(begun.limit(1)) is not None:
        raise AppError("survey.taken")


def _blank(participation: Participation, version: SurveyVersion, clock: Clock) -> Response:
    return Response(
        campaign_id=participation.campaign_id,
        teacher_id=participation.teacher_id,
        subject=participation.subject,
        survey_version_id=version.id,
        state=ResponseState.DRAFT,
        visit=0,
        from_summary=False,
        started_at=clock.now(),
    )


async def answer(store: Store, clock: Clock, actor: Actor, at: Place, value: Value) -> Step:
    """Stores the answer to the question on the screen and goes on. Raises Stale, InvalidAnswer and what load raises."""
    async with store.write() as session:
        draft = await drafts.load_at(session, clock, actor, at)
        return await _answer(session, actor, draft, value)


async def type_text(store: Store, clock: Clock, actor: Actor, channel: str, address: str, text: str) -> Step:
    """Typed text as the answer to the question on the screen of this chat.

    Raises AppError `text.unexpected` when no survey waits for text here, InvalidAnswer when the text does not fit.
    """
    async with store.write() as session:
        response_id = await queries.active_response(session, channel, address)
        if response_id is None:
            raise AppError("text.unexpected")
        draft = await drafts.load(session, clock, actor, response_id)
        if draft.question is None:
            raise InvalidAnswer("answer.use_buttons")
        return await _answer(session, actor, draft, rules.parse_text(draft.question, text))


async def _answer(session: AsyncSession, actor: Actor, draft: Draft, value: Value) -> Step:
    question = draft.question
    if question is None:
        raise Stale(draft.response.id)
    rules.check_answer(draft.definition, question, value, draft.answers, draft.facts)
    await drafts.put(session, draft, question, value)
    return await _turn_on(session, actor, draft)


async def _turn_on(session: AsyncSession, actor: Actor, draft: Draft) -> Step:
    drafts.keep_once(session, draft)
    draft.turn_on()
    await drafts.expect_typing(session, actor, draft)
    return draft.step()


async def skip(store: Store, clock: Clock, actor: Actor, at: Place) -> Step:
    """Passes by a question that need not be answered, and takes back what was answered before."""
    async with store.write() as session:
        draft = await drafts.load_at(session, clock, actor, at)
        if draft.question is None:
            raise Stale(at.response_id)
        rules.check_skip(draft.definition, draft.question, draft.answers, draft.facts)
        await drafts.put(session, draft, draft.question, None)
        return await _turn_on(session, actor, draft)


async def mark(store: Store, clock: Clock, actor: Actor, at: Place, choice: int, *, on: bool) -> Step:
    """Sets or removes one mark of several-of, or one place of a rank.

    The screen stays, so quick presses on other marks count too.
    """
    async with store.write() as session:
        draft = await drafts.load_at(session, clock, actor, at)
        question = draft.question
        if question is None or question.type not in _MARKED:
            raise Stale(at.response_id)
        offered = draft.step().situation().choices(question)
        if choice not in {one.number for one in offered}:
            raise InvalidAnswer("answer.unknown_choice")
        value = _MARKED[question.type](draft.answers.get(question.number), choice, on)
        await drafts.put(session, draft, question, value)
        return draft.step()


async def unmark(store: Store, clock: Clock, actor: Actor, at: Place) -> Step:
    """Takes every mark or place away, to begin the question anew; the screen stays."""
    async with store.write() as session:
        draft = await drafts.load_at(session, clock, actor, at)
        if draft.question is None or draft.question.type not in _MARKED:
            raise Stale(at.response_id)
        await drafts.put(session, draft, draft.question, None)
        return draft.step()


async def proceed(store: Store, clock: Clock, actor: Actor, at: Place) -> Step:
    """Goes on: from a note, from several-of and ranks as they are marked, or with what is known confirmed."""
    async with store.write() as session:
        draft = await drafts.load_at(session, clock, actor, at)
        question = draft.question
        if question is None:
            raise Stale(at.response_id)
        situation = draft.step().situation()
        value = situation.answer(question)
        if value is None:
            value = situation.suggestion(question) if question.is_asked else None
        if value is None:
            rules.check_skip(draft.definition, question, draft.answers, draft.facts)
        else:
            rules.check_answer(draft.definition, question, value, draft.answers, draft.facts)
            await drafts.put(session, draft, question, value)
        return await _turn_on(session, actor, draft)


async def back(store: Store, clock: Clock, actor: Actor, at: Place) -> Step:
    """The question before, or the summary when the question was opened from there; the first one stays."""
    async with store.write() as session:
        draft = await drafts.load_at(session, clock, actor, at)
        if draft.response.from_summary:
            draft.turn_to(None)
        else:
            before = rules.step_before(draft.definition, draft.answers, draft.facts, at.question)
            draft.turn_to(before if before is not None else at.question)
        await drafts.expect_typing(session, actor, draft)
        return draft.step()


async def open_question(store: Store, clock: Clock, actor: Actor, at: Place, number: int) -> Step:
    """Opens a question from the summary; its answer leads back there."""
    async with store.write() as session:
        draft = await drafts.load_at(session, clock, actor, at)
        if at.question is not None or number not in rules.steps(draft.definition, draft.answers, draft.facts):
            raise Stale(at.response_id)
        draft.turn_to(number, from_summary=True)
        await drafts.expect_typing(session, actor, draft)
        return draft.step()


async def pause(store: Store, clock: Clock, actor: Actor, at: Place) -> Step:
    """Leaves the survey for later; text typed from now on does not belong to it."""
    async with store.write() as session:
        draft = await drafts.load_at(session, clock, actor, at)
        draft.turn_to(draft.response.cursor, from_summary=draft.response.from_summary)
        await drafts.stop_typing(session, draft)
        return draft.step()


async def remember_message(store: Store, response_id: int, message_id: int) -> None:
    """Which chat message shows this survey, to be edited from question to question."""
    async with store.write() as session:
        await session.execute(update(Response).where(Response.id == response_id).values(message_id=message_id))


async def submit(store: Store, clock: Clock, actor: Actor, at: Place, sealer: Sealer) -> Finished:
    """Hands the survey in from the summary.

    Of an anonymous survey nothing that links person and answers is left after this: the draft is
    erased (also from SQLite's log) and a sealed ballot remains. Raises Stale, AppError `survey.missing`.
    """
    async with store.write(scrub=True) as session:
        draft = await drafts.load_at(session, clock, actor, at)
        if at.question is not None:
            raise Stale(at.response_id)
        if draft.step().missing:
            raise AppError("survey.missing")
        await drafts.hold_open(session, clock, draft)
        return await submission.submitted(session, clock, draft, sealer)


_MARKED = {QuestionType.SELECT_MULTIPLE: rules.toggle, QuestionType.RANK: rules.rank}
"""What a press on a choice makes of the marks so far."""
