"""Made-up teachers fill in surveys through the same actions as people do, so that there are numbers to look at."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import select

from core.audiences.model import Audience
from core.campaigns import actions as campaigns
from core.campaigns.invitations import CAN_BE_ASKED
from core.campaigns.model import HELP_CONTACT, NewCampaign, ParticipationState
from core.clock import Clock, local_date
from core.people import queries as people
from core.people.model import Actor
from core.sealing import Sealer
from core.surveys import actions
from core.surveys.model import Question, QuestionType, Scale, Value
from core.surveys.steps import Step
from playground.people.model import MadeUpTeacher
from playground.people.traits import Traits, answer_style
from playground.seed import Progress, in_parallel
from storage.models import Account, Participation
from storage.session import Store

SURVEYS = {"deficits": "Какая помощь вам нужна в работе", "burnout": "Как вы себя чувствуете на работе"}
TERM = timedelta(days=30)
CONTACT = "Педагог-психолог методического центра (учебный пример: впишите сюда настоящий телефон)"


class Respondent:
    """One made-up teacher with habits of their own."""

    def __init__(self, traits: Traits, rng: Random) -> None:
        self._traits = traits
        self._rng = rng

    def leaves_out(self, question: Question) -> bool:
        if question.required:
            return False
        return question.type in {QuestionType.TEXT, QuestionType.LONG_TEXT} or self._traits.skips_question(self._rng)

    def choice(self, step: Step, question: Question) -> int:
        """Number of a choice that suits the level behind the scale; any one where no scale counts it."""
        scale = next((one for one in step.definition.scales if question.name in one.items), None)
        if scale is None:
            return self._rng.randint(1, len(question.choices))
        points = self._points(step.definition.code, scale, question)
        return min(question.choices, key=lambda one: abs(scale.points[one.name] - points)).number

    def _points(self, survey: str, scale: Scale, question: Question) -> float:
        if survey == "burnout":
            return 25.0 * self._traits.burnout_answer(self._rng, reverse=question.name in scale.reversed)
        return float(self._traits.deficit_answer(scale.name, self._rng))

    def several(self, question: Question) -> list[int]:
        numbers = [choice.number for choice in question.choices]
        return sorted(self._rng.sample(numbers, min(len(numbers), self._rng.randint(1, 3))))

    def typed(self, question: Question) -> Value:
        return self._rng.randint(1, 10) if question.type is QuestionType.INTEGER else "Учебный ответ"


class Answering:
    """The playground's people at work in one database."""

    def __init__(self, store: Store, clock: Clock, sealer: Sealer) -> None:
        self._store = store
        self._clock = clock
        self._sealer = sealer

    async def open_campaigns(self, methodist: Actor, municipality_id: int) -> dict[str, int]:
        """One campaign of each built-in survey for everybody; ids by code of the survey."""
        now = self._clock.now()
        opened = {}
        for code, title in SURVEYS.items():
            options = {HELP_CONTACT: CONTACT} if code == "burnout" else {}
            new = NewCampaign(municipality_id, code, title, Audience(), now, now + TERM, options)
            opened[code] = await campaigns.create(self._store, self._clock, methodist, new)
            await campaigns.open_now(self._store, self._clock, methodist, opened[code])
        return opened

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
            (account, campaign, made_up[account])
            for campaign in campaign_ids
            for account in await self._waiting(campaign)
            if account in made_up and Random(f"{account} {campaign}").random() < share
        ]
        step = progress.stage("Вымышленные педагоги отвечают на анкеты", len(work))

        async def one(due: tuple[int, int, MadeUpTeacher]) -> None:
            account, campaign, person = due
            traits = answer_style(person, year, Random(account))
            await self._answer(account, campaign, Respondent(traits, Random(f"{campaign} {account}")))
            step()

        await in_parallel(one, work)
        return len(work)

    async def _waiting(self, campaign_id: int) -> list[int]:
        rows = (
            select(Account.id)
            .join(Participation, Participation.teacher_id == Account.teacher_id)
            .where(Participation.campaign_id == campaign_id, Participation.state != ParticipationState.SUBMITTED)
            .where(CAN_BE_ASKED)
            .order_by(Account.id)
        )
        async with self._store.read() as session:
            return list(await session.scalars(rows))

    async def _answer(self, account_id: int, campaign_id: int, respondent: Respondent) -> None:
        async with self._store.read() as session:
            actor = await people.actor_of_account(session, account_id)
        step = await actions.begin(self._store, self._clock, actor, campaign_id)
        while step.question is not None:
            step = await self._reply(actor, step, step.question, respondent)
        await actions.submit(self._store, self._clock, actor, step.place, self._sealer)

    async def _reply(self, actor: Actor, step: Step, question: Question, respondent: Respondent) -> Step:
        store, clock, place = self._store, self._clock, step.place
        if question.type is QuestionType.NOTE:
            return await actions.proceed(store, clock, actor, place)
        if respondent.leaves_out(question):
            return await actions.skip(store, clock, actor, place)
        if question.is_multiple:
            for number in respondent.several(question):
                step = await actions.mark(store, clock, actor, step.place, number, on=True)
            return await actions.proceed(store, clock, actor, step.place)
        value = respondent.choice(step, question) if question.choices else respondent.typed(question)
        return await actions.answer(store, clock, actor, place, value)
