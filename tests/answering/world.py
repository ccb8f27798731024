"""A small municipality with two teachers and two open surveys, for tests of answering."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from core.campaigns.model import CampaignState, ParticipationState
from core.clock import Clock
from core.people import actions as people
from core.people import queries
from core.people.model import Actor, Channel
from core.surveys import actions as surveys
from core.surveys.loading import parse_definition
from core.surveys.model import SurveyDefinition
from core.surveys.steps import Ask, Step
from storage.models import Account, Campaign, Chat, Municipality, Organisation, Participation, Position, Teacher
from storage.session import Database

CATALOGUE = Path(__file__).parents[2] / "bot" / "surveys" / "catalogue"


@dataclass(frozen=True)
class World:
    """Two teachers of one school; the first one's chat is "1", the second one's "2"."""

    teachers: tuple[Actor, Actor]
    deficits: int
    burnout: int


async def make_world(db: Database, clock: Clock) -> World:
    versions = {code: await _publish(db, clock, code) for code in ("deficits", "burnout")}
    async with db.write() as session:
        town = Municipality(code="town", name="Город", timezone="Asia/Irkutsk", settings={})
        position = Position(code="math", title="учитель математики", group="subject_teacher")
        session.add_all([town, position])
        await session.flush()
        school = Organisation(municipality_id=town.id, code="s1", name="Школа", short_name="Школа", kind="school")
        session.add(school)
        await session.flush()
        teachers = [
            Teacher(
                municipality_id=town.id,
                organisation_id=school.id,
                position_id=position.id,
                surname="Примерова",
                given_name="Проба",
                first_work_year=2015,
            )
            for _ in range(2)
        ]
        session.add_all(teachers)
        await session.flush()
        accounts = [Account(municipality_id=town.id, teacher_id=t.id, created_at=clock.now()) for t in teachers]
        campaigns = [_campaign(town.id, version, clock.now()) for version in versions.values()]
        session.add_all([*accounts, *campaigns])
        await session.flush()
        session.add_all(
            Chat(account_id=account.id, channel=Channel.TELEGRAM, address=str(number))
            for number, account in enumerate(accounts, start=1)
        )
        session.add_all(
            Participation(campaign_id=c.id, teacher_id=t.id, subject=0, state=ParticipationState.INVITED)
            for c in campaigns
            for t in teachers
        )
    async with db.read() as session:
        first, second = [await queries.actor_of_account(session, account.id) for account in accounts]
    return World((first, second), campaigns[0].id, campaigns[1].id)


async def _publish(db: Database, clock: Clock, code: str) -> int:
    file = CATALOGUE / f"{code}.yaml"
    return await surveys.publish(db, clock, parse_definition(file.read_text(encoding="utf-8"), file.name))


def _campaign(municipality_id: int, version_id: int, now: datetime) -> Campaign:
    return Campaign(
        municipality_id=municipality_id,
        survey_version_id=version_id,
        title="Волна",
        state=CampaignState.OPEN,
        options={"help_contact": "телефон доверия"},
        k=5,
        opens_at=now,
        opened_at=now,
        closes_at=now + timedelta(days=7),
    )


async def campaign_of(db: Database, clock: Clock, world: World, definition: SurveyDefinition) -> int:
    """An open campaign of another survey in the same municipality; nobody is asked yet."""
    version = await surveys.publish(db, clock, definition)
    async with db.write() as session:
        town = (await session.get_one(Campaign, world.deficits)).municipality_id
        campaign = _campaign(town, version, clock.now())
        session.add(campaign)
        await session.flush()
        return campaign.id


async def give_consent(db: Database, clock: Clock, actor: Actor) -> None:
    await people.publish_consent(db, clock, "1", "Согласие")
    await people.give_consent(db, clock, actor, "1")


async def take_step(db: Database, clock: Clock, actor: Actor, step: Step, typed: str = "4") -> Step:
    """Answers the question on the screen in the plainest way its kind allows."""
    question = step.question
    assert question is not None
    if question.is_multiple:
        step = await surveys.mark(db, clock, actor, step.place, 1, on=True)
        return await surveys.proceed(db, clock, actor, step.place)
    if not question.is_asked:
        return await surveys.proceed(db, clock, actor, step.place)
    if question.choices:
        return await surveys.answer(db, clock, actor, step.place, 2)
    address = str(actor.account_id)
    return await surveys.type_text(db, clock, actor, Channel.TELEGRAM, address, typed)


async def walk_to_summary(db: Database, clock: Clock, actor: Actor, campaign_id: int, typed: str = "4") -> Step:
    step = await surveys.begin(db, clock, actor, Ask(campaign_id))
    while step.question is not None:
        step = await take_step(db, clock, actor, step, typed)
    return step
