"""What the people of the made-up towns teach, belong to, take part in and answer."""

import random
from datetime import timedelta

from sqlalchemy import select

from core.registry.model import Area
from storage.models import (
    Association,
    AssociationMember,
    Campaign,
    Event,
    EventParticipant,
    MentoringPair,
    Participation,
    Response,
    ScaleResult,
    Survey,
    SurveyVersion,
    TeacherSubject,
)
from storage.session import Database
from tests.audiences.town import Sheet, Town, add, found
from tests.clocks import SetClock

BANDS = ("none", "minimal", "medium", "high")


async def build_town(db: Database, clock: SetClock) -> Town:
    chance = random.Random(5)
    town = await found(db, clock, chance)
    for step in (_teach, _gather, _pair, _ask, _hold, _answer):
        await step(town, chance)
    return town


async def _teach(town: Town, chance: random.Random) -> None:
    for person in town.people:
        person.subjects = set(chance.sample(town.subjects, chance.randint(0, 2)))
    rows = [TeacherSubject(teacher_id=one.id, subject_id=subject) for one in town.people for subject in one.subjects]
    await add(town.db, *rows)


async def _gather(town: Town, chance: random.Random) -> None:
    """Leaders are no members here; one association is archived, one is the other town's."""
    for number in range(4):
        leader = chance.choice(town.people)
        archived, foreign = number == 2, number == 3
        (circle,) = await add(
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
        await add(town.db, *(AssociationMember(association_id=circle, teacher_id=one.id) for one in members))
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
    await add(town.db, *rows)


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
        await add(town.db, *rows)


async def _hold(town: Town, chance: random.Random) -> None:
    for number in range(3):
        where = town.there if number == 2 else town.here
        (event,) = await add(
            town.db,
            Event(municipality_id=where, kind="seminar", title=f"Семинар {number}", starts_at=town.clock.now()),
        )
        town.events.append(event)
        guests = chance.sample(town.people, 30)
        await add(town.db, *(EventParticipant(event_id=event, teacher_id=one.id) for one in guests))
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
        answered = zip(await add(town.db, *rows), bands, strict=True)
        await add(
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
    return (await add(town.db, row))[0]
