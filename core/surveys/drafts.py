"""A questionnaire that is being filled in: rows ↔ definition, answers and place. Opens no transaction."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import CampaignState, ResponseState
from core.clock import Clock
from core.errors import AppError, NotFound
from core.people.model import Actor
from core.surveys import rules
from core.surveys.encoding import AnswerCell, decode, encode
from core.surveys.facts import Asked, facts_of
from core.surveys.loading import definition_from_json
from core.surveys.model import Facts, Question, SurveyDefinition, Value
from core.surveys.steps import Ask, Place, Stale, Step
from core.surveys.subjects import told_to
from storage.models import Answer, Campaign, Chat, Municipality, Response, SurveyVersion

VERSIONS_IN_MEMORY = 64


@dataclass(slots=True)
class Draft:
    response: Response
    campaign: Campaign
    municipality: Municipality
    definition: SurveyDefinition
    facts: Facts
    answers: dict[int, Value]
    about: str = ""
    """As in SurveyCard."""

    @property
    def question(self) -> Question | None:
        """The question on the screen; None for the summary."""
        number = self.response.cursor
        return None if number is None else self.definition.question(number)

    def turn_to(self, number: int | None, *, from_summary: bool = False) -> None:
        """Another screen: every button of the one before goes out of date."""
        self.response.cursor = number
        self.response.from_summary = from_summary
        self.response.visit += 1

    def turn_on(self) -> None:
        """The screen after the present question: the next one, or the summary it was opened from."""
        following = rules.step_after(self.definition, self.answers, self.facts, self.response.cursor)
        self.turn_to(None if self.response.from_summary else following)

    def step(self) -> Step:
        standing = rules.standing(self.definition, self.answers, self.facts, self.response.cursor)
        return Step(
            response_id=self.response.id,
            visit=self.response.visit,
            ask=Ask(self.campaign.id, self.response.subject),
            campaign_title=self.campaign.title,
            closes_at=self.campaign.closes_at,
            timezone=self.municipality.timezone,
            definition=self.definition,
            question=self.question,
            answers=dict(self.answers),
            facts=self.facts,
            progress=standing.progress,
            is_first=standing.is_first,
            from_summary=self.response.from_summary,
            missing=standing.missing,
            message_id=self.response.message_id,
            about=self.about,
        )


@lru_cache(VERSIONS_IN_MEMORY)
def _parsed(checksum: str, text: str) -> SurveyDefinition:
    return definition_from_json(text)


def definition_of(version: SurveyVersion) -> SurveyDefinition:
    """A stored version; it never changes, so it is parsed once."""
    return _parsed(version.checksum, version.definition)


def check_open(campaign: Campaign, clock: Clock) -> None:
    """Raises AppError `survey.closed` when nothing can be answered in this campaign now."""
    if campaign.state != CampaignState.OPEN or campaign.closes_at <= clock.now():
        raise AppError("survey.closed")


async def hold_open(session: AsyncSession, clock: Clock, draft: Draft) -> None:
    """Keeps the campaign from closing until this transaction ends: its release must count every ballot.

    Raises AppError `survey.closed` when it has closed meanwhile.
    """
    now = select(Campaign).where(Campaign.id == draft.campaign.id).with_for_update(read=True)
    campaign = (await session.execute(now.execution_options(populate_existing=True))).scalar_one()
    check_open(campaign, clock)


async def load(session: AsyncSession, clock: Clock, actor: Actor, response_id: int) -> Draft:
    """The actor's own draft, locked for this transaction.

    Raises NotFound for another person's or an erased response, AppError `survey.already_submitted`,
    `survey.closed`.
    """
    row = (
        await session.execute(
            select(Response, Campaign, SurveyVersion, Municipality)
            .join(Campaign, Campaign.id == Response.campaign_id)
            .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
            .join(Municipality, Municipality.id == Campaign.municipality_id)
            .where(Response.id == response_id, Response.teacher_id == actor.teacher_id)
            .with_for_update(of=Response)
        )
    ).first()
    if row is None:
        raise NotFound("survey.not_found")
    response, campaign, version, municipality = row
    if response.state != ResponseState.DRAFT:
        raise AppError("survey.already_submitted")
    check_open(campaign, clock)
    definition = definition_of(version)
    asked = Asked(campaign, definition, municipality.timezone, response.teacher_id, response.subject)
    facts = await facts_of(session, asked, clock.now())
    answers = await answers_of(session, definition, response.id)
    named = await told_to(session, definition.respondent, response.subject, response.teacher_id)
    return Draft(response, campaign, municipality, definition, facts, answers, named)


async def load_at(session: AsyncSession, clock: Clock, actor: Actor, at: Place) -> Draft:
    """The same, when the press came from the screen that is shown now; otherwise raises Stale."""
    draft = await load(session, clock, actor, at.response_id)
    if (draft.response.visit, draft.response.cursor) != (at.visit, at.question):
        raise Stale(at.response_id)
    return draft


async def answers_of(session: AsyncSession, definition: SurveyDefinition, response_id: int) -> dict[int, Value]:
    rows = await session.scalars(select(Answer).where(Answer.response_id == response_id))
    cells: dict[int, list[AnswerCell]] = {}
    for row in rows:
        cells.setdefault(row.question, []).append(AnswerCell(row.item, row.number, row.text))
    return {number: decode(definition.question(number), found) for number, found in sorted(cells.items())}


async def put(session: AsyncSession, draft: Draft, question: Question, value: Value | None) -> None:
    """Stores the answer in place of an earlier one; None erases it."""
    if draft.answers.get(question.number) == value:
        return
    if question.number in draft.answers:
        await erase(session, draft, (question.number,))
    if value is not None:
        keep(session, draft, question, value)


def keep(session: AsyncSession, draft: Draft, question: Question, value: Value) -> None:
    """Stores an answer where there is none."""
    draft.answers[question.number] = value
    session.add_all(
        Answer(
            response_id=draft.response.id, question=question.number, item=cell.item, number=cell.number, text=cell.text
        )
        for cell in encode(question, value)
    )


def keep_once(session: AsyncSession, draft: Draft) -> None:
    """Stores what calculated questions with once() have come to, so that it stays."""
    for number, text in rules.once(draft.definition, draft.answers, draft.facts).items():
        keep(session, draft, draft.definition.question(number), text)


async def erase(session: AsyncSession, draft: Draft, numbers: tuple[int, ...]) -> None:
    for number in numbers:
        draft.answers.pop(number, None)
    await session.execute(delete(Answer).where(Answer.response_id == draft.response.id, Answer.question.in_(numbers)))


async def expect_typing(session: AsyncSession, actor: Actor, draft: Draft) -> None:
    """Typed text belongs to this response from now on; where buttons answer, the person is told so.

    Without this a text meant for the survey on the screen could become an answer in one begun before.
    """
    await session.execute(
        update(Chat)
        .where(Chat.account_id == actor.account_id, Chat.response_id.is_distinct_from(draft.response.id))
        .values(response_id=draft.response.id)
        .execution_options(synchronize_session=False)
    )


async def stop_typing(session: AsyncSession, draft: Draft) -> None:
    """Typed text belongs to this response no more."""
    mine = update(Chat).where(Chat.response_id == draft.response.id).values(response_id=None)
    await session.execute(mine.execution_options(synchronize_session=False))
