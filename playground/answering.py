"""Made-up teachers fill in surveys through the same actions as people do, so that there are numbers to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import select

from core.campaigns.invitations import CAN_BE_ASKED
from core.campaigns.model import ParticipationState
from core.clock import Clock, local_date
from core.errors import AppError
from core.people import queries as people
from core.people.model import Actor
from core.rehearsal.habits import guesses
from core.sealing import Sealer
from core.surveys import actions, rules
from core.surveys.model import NOW, Question, QuestionType, Value
from core.surveys.steps import Ask, Step
from playground.people.model import MadeUpTeacher
from playground.people.traits import answer_style
from playground.respondent import Respondent
from playground.seed import Progress, in_parallel
from storage.models import Account, Participation
from storage.session import Store


class CannotAnswer(Exception):
    """No answer to a question that must be answered was found; names survey and question."""


@dataclass(frozen=True, slots=True)
class _Due:
    """One questionnaire that somebody will fill in."""

    account_id: int
    ask: Ask
    person: MadeUpTeacher


class Answering:
    """The playground's people at work in one database."""

    def __init__(self, store: Store, clock: Clock, sealer: Sealer) -> None:
        self._store = store
        self._clock = clock
        self._sealer = sealer

    async def answer_all(
        self,
        campaign_ids: Sequence[int],
        made_up: Mapping[int, MadeUpTeacher],
        share: float,
        timezone: str,
        progress: Progress,
    ) -> int:
        """So large a share (0–1) of those who can answer do; returns how many questionnaires were submitted.

        `made_up` are the people by account.
        """
        year = local_date(self._clock.now(), timezone).year
        work = [
            _Due(account, ask, made_up[account])
            for campaign in campaign_ids
            for account, ask in await self._waiting(campaign)
            if account in made_up and Random(f"{account} {ask}").random() < share
        ]
        step = progress.stage("Вымышленные педагоги отвечают на анкеты", len(work))

        async def one(due: _Due) -> None:
            await self._answer(due, year)
            step()

        await in_parallel(one, work)
        return len(work)

    async def _waiting(self, campaign_id: int) -> list[tuple[int, Ask]]:
        rows = (
            select(Account.id, Participation.subject)
            .join(Participation, Participation.teacher_id == Account.teacher_id)
            .where(Participation.campaign_id == campaign_id, Participation.state != ParticipationState.SUBMITTED)
            .where(CAN_BE_ASKED)
            .order_by(Account.id, Participation.subject)
        )
        async with self._store.read() as session:
            return [(account, Ask(campaign_id, subject)) for account, subject in await session.execute(rows)]

    async def _answer(self, due: _Due, year: int) -> None:
        async with self._store.read() as session:
            actor = await people.actor_of_account(session, due.account_id)
        try:
            step = await actions.begin(self._store, self._clock, actor, due.ask)
        except AppError as error:
            if error.key != "survey.taken":
                raise
            return
        traits = answer_style(due.person, year, Random(due.account_id))
        respondent = Respondent(traits, Random(f"{due.ask} {due.account_id}"), step.definition)
        while step.question is not None:
            step = await self._reply(actor, step, step.question, respondent)
        await actions.submit(self._store, self._clock, actor, step.place, self._sealer)

    async def _reply(self, actor: Actor, step: Step, question: Question, respondent: Respondent) -> Step:
        store, clock = self._store, self._clock
        if not question.is_asked:
            return await actions.proceed(store, clock, actor, step.place)
        required = step.situation().is_required(question)
        if not required and respondent.skips(question):
            return await actions.skip(store, clock, actor, step.place)
        value, known = _found(step, question, respondent)
        if value is None:
            return await actions.skip(store, clock, actor, step.place)
        if known:
            return await actions.proceed(store, clock, actor, step.place)
        if question.type in {QuestionType.SELECT_MULTIPLE, QuestionType.RANK} and isinstance(value, tuple):
            for number in value:
                step = await actions.mark(store, clock, actor, step.place, number, on=True)
            return await actions.proceed(store, clock, actor, step.place)
        return await actions.answer(store, clock, actor, step.place, value)


def _found(step: Step, question: Question, respondent: Respondent) -> tuple[Value | None, bool]:
    """An answer that will be accepted, and whether it is what was known. Raises CannotAnswer."""
    situation = step.situation()
    now = datetime.fromisoformat(step.facts[NOW])
    for value, known in guesses(situation, question, now, respondent):
        try:
            rules.check_answer(step.definition, question, value, step.answers, step.facts)
        except rules.InvalidAnswer:
            continue
        return value, known
    if situation.is_required(question):
        raise CannotAnswer(f"{step.definition.code}: {question.name}")
    return None, False
