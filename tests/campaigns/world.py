"""A town with two schools, a kindergarten and people in them, for tests of campaigns, indicators and the cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from core.audiences.model import Audience
from core.campaigns import actions
from core.campaigns.model import NewCampaign, ParticipationState, Recipients, ResponseState
from core.people import actions as people
from core.people.model import Actor, Role
from core.releases.ballot import encode
from core.releases.model import Ballot
from core.releases.queries import cuts_of
from core.sealing import Sealer
from core.surveys import actions as surveys
from core.surveys.drafts import definition_of
from core.surveys.encoding import encode as rows_of
from core.surveys.loading import parse_definition
from core.surveys.model import Respondent
from core.surveys.scoring import score
from storage.models import (
    Account,
    Answer,
    Campaign,
    Chat,
    Consent,
    Event,
    EventParticipant,
    Grant,
    MentoringPair,
    Municipality,
    Organisation,
    Participation,
    Position,
    Response,
    ScaleResult,
    Subject,
    SurveyVersion,
    Teacher,
    TeacherSubject,
)
from storage.models import Ballot as BallotRow
from storage.session import Database
from tests.clocks import SetClock

CATALOGUE = Path(__file__).parents[2] / "bot" / "surveys" / "catalogue"
SEALER = Sealer("test secret")
SIZES = {"school-1": 24, "school-2": 12, "kindergarten": 22}


@dataclass
class World:
    db: Database
    clock: SetClock
    town: int = 0
    other_town: int = 0
    staff: int = 0
    """An account that exists, for the audit."""
    organisations: dict[str, int] = field(default_factory=dict)
    teachers: dict[str, list[int]] = field(default_factory=dict)
    """Ids by code of organisation; the first of each is a manager."""

    @property
    def methodist(self) -> Actor:
        return Actor(
            self.staff, None, self.town, municipalities=frozenset({self.town}), roles=frozenset({Role.METHODIST})
        )

    @property
    def stranger(self) -> Actor:
        """Methodist of the other town."""
        town = self.other_town
        return Actor(self.staff, None, town, municipalities=frozenset({town}), roles=frozenset({Role.METHODIST}))

    def coordinator(self, code: str) -> Actor:
        own = frozenset({self.organisations[code]})
        return Actor(self.staff, None, self.town, organisations=own, roles=frozenset({Role.COORDINATOR}))

    @property
    def everybody(self) -> list[int]:
        return [one for group in self.teachers.values() for one in group]

    def whom(self, audience: Audience | None = None, respondent: Respondent = Respondent.TEACHER) -> Recipients:
        return Recipients(respondent, self.town, audience or Audience())

    def new(self, survey: str = "deficits", **changes: Any) -> NewCampaign:
        now = self.clock.now()
        return NewCampaign(
            **{
                "municipality_id": self.town,
                "survey_code": survey,
                "title": f"Волна {survey}",
                "audience": Audience(),
                "opens_at": now,
                "closes_at": now + timedelta(days=14),
                "options": {"help_contact": "психолог центра"} if survey == "burnout" else {},
                **changes,
            }
        )

    async def create(self, survey: str = "deficits", **changes: Any) -> int:
        return await actions.create(self.db, self.clock, self.methodist, self.new(survey, **changes))

    async def open(self, survey: str = "deficits", **changes: Any) -> int:
        campaign = await self.create(survey, **changes)
        await actions.open_now(self.db, self.clock, self.methodist, campaign)
        return campaign

    async def change(self, campaign: int, **changes: Any) -> None:
        await actions.change(self.db, self.clock, self.methodist, campaign, self.new(**changes))

    async def close(self, campaign: int) -> None:
        await actions.close(self.db, self.clock, self.methodist, campaign, SEALER)

    async def join(self, teacher: int, *, consent: bool = True, unreachable: str | None = None) -> int:
        """Makes an account with a chat; returns its id."""
        await people.publish_consent(self.db, self.clock, "1", "Согласие")
        async with self.db.write() as session:
            account = Account(municipality_id=self.town, teacher_id=teacher, created_at=self.clock.now())
            session.add(account)
            await session.flush()
            session.add(Chat(account_id=account.id, channel="telegram", address=str(teacher), unreachable=unreachable))
            if consent:
                session.add(Consent(account_id=account.id, version="1", given_at=self.clock.now()))
            return account.id

    async def appoint(self, teacher: int, code: str) -> int:
        """Makes a teacher who has joined the coordinator of an organisation; returns the account."""
        account = await self.join(teacher)
        async with self.db.write() as session:
            session.add(Grant(account_id=account, role=Role.COORDINATOR, organisation_id=self.organisations[code]))
        return account

    async def hold_event(self, teachers: list[int], title: str = "Семинар", town: int | None = None) -> int:
        async with self.db.write() as session:
            event = Event(municipality_id=town or self.town, kind="seminar", title=title, starts_at=self.clock.now())
            session.add(event)
            await session.flush()
            session.add_all(EventParticipant(event_id=event.id, teacher_id=one) for one in teachers)
            return event.id

    async def pair(self, mentor: int, mentee: int, *, ended: bool = False) -> int:
        today = self.clock.now().date()
        async with self.db.write() as session:
            pair = MentoringPair(
                municipality_id=self.town,
                mentor_id=mentor,
                mentee_id=mentee,
                started_on=today - timedelta(days=30),
                ended_on=today - timedelta(days=1) if ended else None,
            )
            session.add(pair)
            await session.flush()
            return pair.id

    async def asked(self, campaign: int) -> list[tuple[int, int, int | None]]:
        """(teacher, subject, organisation) of everybody who takes part."""
        async with self.db.read() as session:
            rows = select(Participation.teacher_id, Participation.subject, Participation.organisation_id).where(
                Participation.campaign_id == campaign
            )
            return sorted((teacher, subject, place) for teacher, subject, place in await session.execute(rows))

    async def set_state(
        self, campaign: int, teacher: int, state: ParticipationState, subject: int | None = None
    ) -> None:
        """How far somebody is; without `subject` with everything they were asked about."""
        theirs = [Participation.campaign_id == campaign, Participation.teacher_id == teacher]
        if subject is not None:
            theirs.append(Participation.subject == subject)
        async with self.db.write() as session:
            await session.execute(update(Participation).where(*theirs).values(state=state))

    async def answer_named(self, campaign: int, teacher: int, choices: Mapping[str, int]) -> None:
        """A submitted questionnaire with these choices by name of question, scored as submission does."""
        facts = {"teacher_position_group": "subject_teacher", "teacher_is_management": "no"}
        async with self.db.write() as session:
            row = await session.get_one(Campaign, campaign)
            version = await session.get_one(SurveyVersion, row.survey_version_id)
            definition = definition_of(version)
            response = Response(
                campaign_id=campaign,
                teacher_id=teacher,
                survey_version_id=version.id,
                state=ResponseState.SUBMITTED,
                started_at=self.clock.now(),
                submitted_at=self.clock.now(),
            )
            session.add(response)
            await session.flush()
            answers = {definition.by_name(name).number: choice for name, choice in choices.items()}
            for number, choice in answers.items():
                for cell in rows_of(definition.question(number), choice):
                    session.add(Answer(response_id=response.id, question=number, item=cell.item, number=cell.number))
            for one in score(definition, answers, facts):
                if one.value is not None:
                    band = one.band.code if one.band else None
                    session.add(ScaleResult(response_id=response.id, scale=one.name, value=one.value, band=band))
        await self.set_state(campaign, teacher, ParticipationState.SUBMITTED)

    async def cast(self, campaign: int, teacher: int, sealer: Sealer = SEALER, **scales: float) -> None:
        """A sealed ballot, as submission of an anonymous survey leaves it."""
        async with self.db.write() as session:
            cuts = await cuts_of(session, await session.get_one(Campaign, campaign), teacher)
            sealed = sealer.seal(encode(Ballot(cuts, {}, scales)))
            session.add(BallotRow(id=f"{campaign}-{teacher}", campaign_id=campaign, sealed=sealed))
        await self.set_state(campaign, teacher, ParticipationState.SUBMITTED)


async def publish(db: Database, clock: SetClock, code: str) -> None:
    file = CATALOGUE / f"{code}.yaml"
    await surveys.publish(db, clock, parse_definition(file.read_text(encoding="utf-8"), file.name))


async def build_world(db: Database, clock: SetClock, published: Sequence[str] = ("deficits", "burnout")) -> World:
    world = World(db, clock)
    for code in published:
        await publish(db, clock, code)
    async with db.write() as session:
        settings = {"disclosure": {"burnout": 10, "default": 5}}
        towns = [
            Municipality(code=code, name=code.title(), timezone="Asia/Irkutsk", settings=settings)
            for code in ("town", "other")
        ]
        positions = [
            Position(code="teacher", title="учитель", group="subject_teacher"),
            Position(code="director", title="директор", group="manager"),
        ]
        subjects = [Subject(code="maths", title="математика"), Subject(code="physics", title="физика")]
        session.add_all([*towns, *positions, *subjects])
        await session.flush()
        world.town, world.other_town = (town.id for town in towns)
        account = Account(municipality_id=world.town, name="Методист", created_at=clock.now())
        session.add(account)
        await session.flush()
        world.staff = account.id
        for code, size in SIZES.items():
            kind = "preschool" if code == "kindergarten" else "school"
            organisation = Organisation(municipality_id=world.town, code=code, name=code, short_name=code, kind=kind)
            session.add(organisation)
            await session.flush()
            world.organisations[code] = organisation.id
            group = [_teacher(world.town, organisation.id, positions, number) for number in range(size)]
            session.add_all(group)
            await session.flush()
            world.teachers[code] = [one.id for one in group]
        session.add_all(TeacherSubject(teacher_id=one, subject_id=subjects[0].id) for one in world.teachers["school-1"])
        session.add(TeacherSubject(teacher_id=world.teachers["school-1"][1], subject_id=subjects[1].id))
    return world


def _teacher(town: int, organisation: int, positions: list[Position], number: int) -> Teacher:
    manages = number == 0
    return Teacher(
        municipality_id=town,
        organisation_id=organisation,
        position_id=positions[manages].id,
        surname=f"Примерова{number}",
        given_name="Проба",
        birth_year=2000 if number == 1 else 1980,
        first_work_year=2025 if number == 1 else 2005,
        is_management=manages,
    )


async def archive(world: World, teacher: int) -> None:
    async with world.db.write() as session:
        row = await session.scalar(select(Teacher).where(Teacher.id == teacher))
        assert row is not None
        row.archived_at = world.clock.now()
