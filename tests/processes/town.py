"""A municipality with teachers who have joined, and an open campaign."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from core.campaigns.model import CampaignState, ParticipationState
from core.clock import SystemClock
from core.outgoing.model import AT_ANY_HOUR, SETTING
from core.outgoing.rules import to_json
from core.people import actions as people
from core.people.model import Channel
from core.surveys import actions as surveys
from core.surveys.loading import parse_definition
from core.surveys.model import SurveyDefinition
from storage.models import (
    Account,
    Campaign,
    Chat,
    Consent,
    Municipality,
    Organisation,
    Participation,
    Position,
    Teacher,
)
from storage.session import Database

SURVEY = Path(__file__).parents[2] / "bot" / "surveys" / "catalogue" / "deficits.yaml"
TITLE = "Какая помощь нужна"
FIRST_USER = 6_000_000_000


@dataclass(frozen=True, slots=True)
class Town:
    definition: SurveyDefinition
    teachers: dict[int, int]
    """Id of the user in the messenger → id of the teacher."""


async def furnish(db: Database, size: int) -> Town:
    clock = SystemClock()
    await people.publish_consent(db, clock, "1", "Согласие")
    definition = parse_definition(SURVEY.read_text(encoding="utf-8"), SURVEY.name)
    version = await surveys.publish(db, clock, definition)
    async with db.write() as session:
        town = Municipality(
            code="town", name="Город", timezone="Asia/Irkutsk", settings={SETTING: to_json(AT_ANY_HOUR)}
        )
        position = Position(code="math", title="учитель математики", group="subject_teacher")
        session.add_all([town, position])
        await session.flush()
        school = Organisation(municipality_id=town.id, code="s1", name="Школа", short_name="Школа", kind="school")
        session.add(school)
        await session.flush()
        teachers = [_teacher(town, school, position) for _ in range(size)]
        session.add_all([*teachers, campaign := _campaign(town, version)])
        await session.flush()
        accounts = [Account(municipality_id=town.id, teacher_id=one.id, created_at=clock.now()) for one in teachers]
        session.add_all(accounts)
        await session.flush()
        users = {FIRST_USER + number: one.id for number, one in enumerate(teachers)}
        for user, account, teacher in zip(users, accounts, teachers, strict=True):
            session.add(Chat(account_id=account.id, channel=Channel.TELEGRAM, address=str(user)))
            session.add(Consent(account_id=account.id, version="1", given_at=clock.now()))
            session.add(Participation(campaign_id=campaign.id, teacher_id=teacher.id, state=ParticipationState.INVITED))
    return Town(definition, users)


def _teacher(town: Municipality, school: Organisation, position: Position) -> Teacher:
    return Teacher(
        municipality_id=town.id,
        organisation_id=school.id,
        position_id=position.id,
        surname="Примерова",
        given_name="Проба",
    )


def _campaign(town: Municipality, version: int) -> Campaign:
    now = SystemClock().now()
    return Campaign(
        municipality_id=town.id,
        survey_version_id=version,
        title=TITLE,
        state=CampaignState.OPEN,
        options={},
        k=5,
        opens_at=now,
        opened_at=now,
        closes_at=now + timedelta(days=7),
    )
