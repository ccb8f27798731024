"""Made-up people of two towns with everything that an audience asks for, as rows and as plain values beside them."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from core.people.model import Actor, Category, OrganisationKind, PositionGroup, Role
from core.registry.model import Area
from storage.models import (
    Account,
    Association,
    AssociationMember,
    Campaign,
    Event,
    EventParticipant,
    MentoringPair,
    Municipality,
    Organisation,
    Participation,
    Position,
    Response,
    ScaleResult,
    Subject,
    Survey,
    SurveyVersion,
    Teacher,
    TeacherSubject,
)
from storage.session import Database
from tests.clocks import SetClock

BANDS = ("none", "minimal", "medium", "high")
PEOPLE = 90
YOUNG = {"age_under": 35, "first_years": 3, "rule": "both"}


@dataclass(frozen=True)
class Place:
    id: int
    town: int
    kind: str
    archived: bool


@dataclass(frozen=True)
class Sheet:
    """A submitted questionnaire: its level in each area."""

    moment: int
    named: bool
    deficits: bool
    bands: dict[str, str]


@dataclass
class Person:
    place: Place
    position: int
    group: str
    category: str
    management: bool
    birth_year: int | None
    first_work_year: int | None
    archived: bool
    id: int = 0
    subjects: set[int] = field(default_factory=set)
    circles: set[int] = field(default_factory=set)
    """Associations that are present and of the own town, as member or leader."""
    mentor: bool = False
    mentee: bool = False
    asked: dict[int, list[str]] = field(default_factory=dict)
    """Campaign → states of what was asked."""
    events: set[int] = field(default_factory=set)
    sheets: list[Sheet] = field(default_factory=list)


@dataclass
class Town:
    db: Database
    clock: SetClock
    here: int = 0
    there: int = 0
    account: int = 0
    places: list[Place] = field(default_factory=list)
    positions: list[tuple[int, str]] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    circles: list[int] = field(default_factory=list)
    """The last but one is archived, the last one is the other town's."""
    campaigns: list[int] = field(default_factory=list)
    """The last one is the other town's."""
    events: list[int] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    @property
    def methodist(self) -> Actor:
        return Actor(
            self.account, None, self.here, municipalities=frozenset({self.here}), roles=frozenset({Role.METHODIST})
        )

    @property
    def stranger(self) -> Actor:
        own = frozenset({self.there})
        return Actor(self.account, None, self.there, municipalities=own, roles=frozenset({Role.METHODIST}))

    @property
    def today(self) -> date:
        return self.clock.now().date()


async def build_town(db: Database, clock: SetClock) -> Town:
    town, chance = Town(db, clock), random.Random(5)
    await _make_towns(town)
    await _make_lists(town)
    await _make_people(town, chance)
    for step in (_teach, _gather, _pair, _ask, _hold, _answer):
        await step(town, chance)
    return town


async def _add(db: Database, *rows: Any) -> list[int]:
    async with db.write() as session:
        session.add_all(rows)
        await session.flush()
        return [getattr(row, "id", 0) for row in rows]


async def _make_towns(town: Town) -> None:
    settings = {"young_teacher": YOUNG}
    town.here, town.there = await _add(
        town.db,
        *(Municipality(code=one, name=one, timezone="Asia/Irkutsk", settings=settings) for one in ("here", "there")),
    )
    (town.account,) = await _add(
        town.db, Account(municipality_id=town.here, name="Методист", created_at=town.clock.now())
    )
    kinds = [*OrganisationKind, OrganisationKind.SCHOOL, OrganisationKind.SCHOOL]
    for number, kind in enumerate(kinds):
        where, closed = (town.there if number == 5 else town.here), number == 4
        row = Organisation(
            municipality_id=where,
            code=str(number),
            name=f"Организация {number}",
            short_name=f"Место {number}",
            kind=kind,
            archived_at=town.clock.now() if closed else None,
        )
        town.places.append(Place((await _add(town.db, row))[0], where, kind, closed))


async def _make_lists(town: Town) -> None:
    for group in PositionGroup:
        row = Position(code=group, title=f"должность {group}", group=group)
        town.positions.append(((await _add(town.db, row))[0], group))
    town.subjects = await _add(town.db, *(Subject(code=one, title=one) for one in ("chess", "music", "art")))


async def _make_people(town: Town, chance: random.Random) -> None:
    rows = []
    for number in range(PEOPLE):
        position, group = chance.choice(town.positions)
        person = Person(
            place=chance.choice(town.places),
            position=position,
            group=group,
            category=chance.choice(list(Category)),
            management=chance.random() < 0.3,
            birth_year=chance.choice([None, 1970, 1991, 1992, 2001]),
            first_work_year=chance.choice([None, 1999, 2022, 2023, 2026]),
            archived=chance.random() < 0.1,
        )
        town.people.append(person)
        row = Teacher(
            municipality_id=person.place.town,
            organisation_id=person.place.id,
            position_id=position,
            surname=f"Примерова-{number}",
            given_name="Проба",
            category=person.category,
            is_management=person.management,
            birth_year=person.birth_year,
            first_work_year=person.first_work_year,
            archived_at=town.clock.now() if person.archived else None,
        )
        rows.append(row)
    for person, identity in zip(town.people, await _add(town.db, *rows), strict=True):
        person.id = identity


async def _teach(town: Town, chance: random.Random) -> None:
    for person in town.people:
        person.subjects = set(chance.sample(town.subjects, chance.randint(0, 2)))
    rows = [TeacherSubject(teacher_id=one.id, subject_id=subject) for one in town.people for subject in one.subjects]
    await _add(town.db, *rows)


async def _gather(town: Town, chance: random.Random) -> None:
    """Leaders are no members here; one association is archived, one is the other town's."""
    for number in range(4):
        leader = chance.choice(town.people)
        archived, foreign = number == 2, number == 3
        (circle,) = await _add(
            town.db,
            Association(
                municipality_id=town.there if foreign else town.here,
                code=str(number),
                name=f"РМО {number}",
                leader_id=leader.id,
                archived_at=town.clock.now() if archived else None,
            ),
        )
        town.circles.append(circle)
        members = [one for one in chance.sample(town.people, 20) if one is not leader]
        await _add(town.db, *(AssociationMember(association_id=circle, teacher_id=one.id) for one in members))
        if not (archived or foreign):
            for one in (leader, *members):
                one.circles.add(circle)


async def _pair(town: Town, chance: random.Random) -> None:
    """Of pairs that ended, begin later or are the other town's nobody is a mentor."""
    rows = []
    for number in range(24):
        mentor, mentee = chance.sample(town.people, 2)
        start, end = {
            0: (-40, -1),
            1: (1, None),
            2: (-40, 0),
        }.get(number % 6, (-40, None))
        foreign = number % 6 == 3
        rows.append(
            MentoringPair(
                municipality_id=town.there if foreign else town.here,
                mentor_id=mentor.id,
                mentee_id=mentee.id,
                started_on=town.today + timedelta(days=start),
                ended_on=None if end is None else town.today + timedelta(days=end),
            ),
        )
        if number % 6 > 3:
            mentor.mentor = mentee.mentee = True
    await _add(town.db, *rows)


async def _ask(town: Town, chance: random.Random) -> None:
    version = await _version(town, "other", "named", None)
    for number in range(3):
        where = town.there if number == 2 else town.here
        campaign = await _campaign(town, version, where)
        town.campaigns.append(campaign)
        rows: list[Participation] = []
        for person in chance.sample(town.people, 40):
            states = [chance.choice(["invited", "begun", "submitted"]) for _ in range(chance.randint(1, 2))]
            rows += [
                Participation(campaign_id=campaign, teacher_id=person.id, subject=subject, state=state)
                for subject, state in enumerate(states)
            ]
            if where == town.here:
                person.asked[campaign] = states
        await _add(town.db, *rows)


async def _hold(town: Town, chance: random.Random) -> None:
    for number in range(3):
        where = town.there if number == 2 else town.here
        (event,) = await _add(
            town.db,
            Event(municipality_id=where, kind="seminar", title=f"Семинар {number}", starts_at=town.clock.now()),
        )
        town.events.append(event)
        guests = chance.sample(town.people, 30)
        await _add(town.db, *(EventParticipant(event_id=event, teacher_id=one.id) for one in guests))
        for person in guests if where == town.here else ():
            person.events.add(event)


async def _answer(town: Town, chance: random.Random) -> None:
    """Questionnaires of named, confidential and other surveys, some unfinished, some the other town's."""
    kinds = [
        (await _version(town, "deficits", "named", None), town.here, True, True),
        (await _version(town, "deficits", "named", town.here), town.here, True, True),
        (await _version(town, "deficits", "confidential", town.here), town.here, False, True),
        (await _version(town, "needs", "named", None), town.here, True, False),
        (await _version(town, "deficits", "named", town.there), town.there, False, True),
    ]
    for moment, (version, where, named, deficits) in enumerate(kinds * 2):
        campaign = await _campaign(town, version, where)
        rows, bands = [], []
        for person in chance.sample(town.people, 45):
            bands.append({str(area): chance.choice(BANDS) for area in chance.sample(list(Area), 3)})
            submitted = chance.random() < 0.8
            response = Response(
                campaign_id=campaign,
                teacher_id=person.id,
                survey_version_id=version,
                state="submitted" if submitted else "draft",
                started_at=town.clock.now(),
                submitted_at=town.clock.now() + timedelta(hours=moment) if submitted else None,
            )
            rows.append(response)
            if submitted:
                person.sheets.append(Sheet(moment, named, deficits, bands[-1]))
        answered = zip(await _add(town.db, *rows), bands, strict=True)
        await _add(
            town.db,
            *(
                ScaleResult(response_id=identity, scale=area, value=0.0, band=band)
                for identity, levels in answered
                for area, band in levels.items()
            ),
        )


async def _version(town: Town, code: str, privacy: str, owner: int | None) -> int:
    async with town.db.write() as session:
        survey = await session.scalar(select(Survey).where(Survey.code == code))
        if survey is None:
            survey = Survey(code=code, title=code)
            session.add(survey)
            await session.flush()
        version = SurveyVersion(
            survey_id=survey.id,
            municipality_id=owner,
            version=privacy,
            privacy=privacy,
            definition="{}",
            checksum="0",
            published_at=town.clock.now(),
        )
        session.add(version)
        await session.flush()
        return version.id


async def _campaign(town: Town, version: int, where: int) -> int:
    row = Campaign(
        municipality_id=where,
        survey_version_id=version,
        title=f"Волна {version}",
        state="open",
        k=5,
        opens_at=town.clock.now(),
        closes_at=town.clock.now() + timedelta(days=14),
    )
    return (await _add(town.db, row))[0]
