"""From answers to a frozen release, on both databases: nothing before the end, afterwards only what was disclosed."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from core.campaigns.model import ParticipationState
from core.disclosure import EVERYBODY, Group
from core.releases.ballot import encode
from core.releases.model import Ballot, Cell, Cut, mean_measure, scale_measure
from core.releases.queries import cuts_of, released, released_texts
from core.surveys import actions as surveys
from core.surveys.encoding import encode as rows_of
from core.surveys.scoring import score
from storage.models import (
    Answer,
    Campaign,
    Organisation,
    Participation,
    ReleaseCell,
    ReleaseText,
    Response,
    ScaleResult,
    Teacher,
)
from storage.models import Ballot as BallotRow
from storage.session import Database
from tests.campaigns.world import SEALER, World, build_world
from tests.clocks import SetClock
from tests.releases.survey import answers, definition


async def town(db: Database, clock: SetClock, privacy: str = "confidential") -> World:
    world = await build_world(db, clock)
    await surveys.publish(db, clock, definition(privacy))
    return world


async def opened(world: World, **changes: Any) -> int:
    options = {"options": {"help_contact": "психолог центра"}}
    return await world.open("every_kind", **{**options, **changes})


async def submit(world: World, campaign: int, teacher: int, number: int) -> None:
    """The answers of survey.answers as submission of a confidential survey leaves them."""
    survey = definition()
    given = {survey.by_name(name).number: value for name, value in answers(number).items()}
    async with world.db.write() as session:
        version = (await session.get_one(Campaign, campaign)).survey_version_id
        now = world.clock.now()
        response = Response(
            campaign_id=campaign,
            teacher_id=teacher,
            survey_version_id=version,
            state="submitted",
            started_at=now,
            submitted_at=now,
        )
        session.add(response)
        await session.flush()
        for question, value in given.items():
            for cell in rows_of(survey.question(question), value):
                row = Answer(response_id=response.id, question=question, item=cell.item)
                row.number, row.text = cell.number, cell.text
                session.add(row)
        for one in score(survey, given, {}):
            if one.value is not None:
                session.add(ScaleResult(response_id=response.id, scale=one.name, value=one.value, band=None))
    await world.set_state(campaign, teacher, ParticipationState.SUBMITTED)


async def cast(world: World, campaign: int, teacher: int, number: int) -> None:
    """The same as submission of an anonymous survey leaves them."""
    async with world.db.write() as session:
        cuts = await cuts_of(session, await session.get_one(Campaign, campaign), teacher)
        sealed = SEALER.seal(encode(Ballot(cuts, answers(number), {"day_scale": number % 5 * 25.0})))
        session.add(BallotRow(id=f"{campaign}-{teacher}", campaign_id=campaign, sealed=sealed))
    await world.set_state(campaign, teacher, ParticipationState.SUBMITTED)


async def answer_all(world: World, campaign: int, teachers: list[int]) -> None:
    for number, teacher in enumerate(teachers):
        await submit(world, campaign, teacher, number)


async def published(world: World, campaign: int) -> list[Cell]:
    async with world.db.read() as session:
        return await released(session, campaign)


async def texts(world: World, campaign: int) -> list[tuple[str, str]]:
    async with world.db.read() as session:
        return await released_texts(session, campaign)


async def count(world: World, table: Any, *conditions: Any) -> int:
    async with world.db.read() as session:
        return (await session.execute(select(func.count()).select_from(table).where(*conditions))).scalar_one()


def groups(cells: list[Cell]) -> set[Group]:
    return {Group(one.cut, one.group) for one in cells}


async def test_a_confidential_campaign_publishes_at_its_end_and_keeps_everybodys_own_answers(
    db: Database, clock: SetClock
) -> None:
    world = await town(db, clock)
    campaign = await opened(world)
    await answer_all(world, campaign, world.everybody)
    assert await published(world, campaign) == []
    assert await texts(world, campaign) == []
    stored = await count(world, Answer)
    await world.close(campaign)
    cells = await published(world, campaign)
    assert {one.cut for one in cells} >= {Cut.MUNICIPALITY, Cut.KIND, Cut.CLUSTER}
    assert all(one.n >= 5 for one in cells)
    hours = next(one for one in cells if one.measure == mean_measure("hours") and one.cut is Cut.MUNICIPALITY)
    people = len(world.everybody)
    assert (hours.n, hours.value) == (people, round(sum(number % 7 for number in range(people)) / people, 1))
    assert await count(world, Answer) == stored
    assert sorted(await texts(world, campaign)) == sorted(("words", f"слово {n}") for n in range(people))


async def test_texts_have_no_order_and_no_attribute(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    campaign = await opened(world)
    await answer_all(world, campaign, world.everybody)
    await world.close(campaign)
    assert set(ReleaseText.__table__.columns.keys()) == {"id", "campaign_id", "question", "text"}
    found = await texts(world, campaign)
    assert found != [("words", f"слово {number}") for number in range(len(found))], "58! orders, this one is not likely"
    async with world.db.read() as session:
        ids = list(await session.scalars(select(ReleaseText.id)))
    assert {len(one) for one in ids} == {32}


async def test_an_anonymous_campaign_publishes_the_same_and_erases_its_ballots(db: Database, clock: SetClock) -> None:
    world = await town(db, clock, "anonymous")
    campaign = await opened(world)
    for number, teacher in enumerate(world.everybody):
        await cast(world, campaign, teacher, number)
    await world.close(campaign)
    measures = {one.measure for one in await published(world, campaign)}
    assert {scale_measure("day_scale"), mean_measure("hours"), "share:weather:1", "rank:order:2"} <= measures
    assert len(await texts(world, campaign)) == len(world.everybody)
    assert await count(world, BallotRow) == 0


async def test_a_wave_of_the_same_people_but_one_is_withheld(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    first = await opened(world, title="Весна")
    await answer_all(world, first, world.everybody)
    await world.close(first)
    assert EVERYBODY in groups(await published(world, first))
    world.clock.advance(days=30)
    second = await opened(world, title="Осень", closes_at=world.clock.now() + timedelta(days=9))
    await answer_all(world, second, world.everybody[1:])
    await world.close(second)
    assert await published(world, second) == [], "the difference of both waves would be one person"


async def test_a_wave_of_the_same_people_shows_the_same_groups(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    waves = []
    for title in ("Весна", "Осень"):
        campaign = await opened(world, title=title, closes_at=world.clock.now() + timedelta(days=9))
        await answer_all(world, campaign, world.everybody)
        await world.close(campaign)
        waves.append(groups(await published(world, campaign)))
        world.clock.advance(days=10)
    assert waves[0] == waves[1] != set()


async def test_who_was_erased_in_between_leaves_a_wave_that_cannot_be_compared(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    first = await opened(world, title="Весна")
    await answer_all(world, first, world.everybody)
    await world.close(first)
    async with world.db.write() as session:
        gone = world.everybody[5]
        for table in (Response, Participation):
            for row in await session.scalars(select(table).where(table.teacher_id == gone)):
                await session.delete(row)
    second = await opened(world, title="Осень")
    await answer_all(world, second, [one for one in world.everybody if one != gone])
    await world.close(second)
    assert await published(world, second) == []


async def test_groups_are_those_of_the_opening(db: Database, clock: SetClock) -> None:
    """Whoever changes the school in between stays where the invitation found them."""
    world = await town(db, clock)
    campaign = await opened(world)
    async with world.db.write() as session:
        moved = await session.get_one(Teacher, world.teachers["kindergarten"][3])
        moved.organisation_id = world.organisations["school-1"]
        (await session.get_one(Organisation, world.organisations["school-2"])).kind = "preschool"
    async with world.db.read() as session:
        row = await session.get_one(Campaign, campaign)
        kept = await cuts_of(session, row, world.teachers["kindergarten"][3])
        same = await cuts_of(session, row, world.teachers["school-2"][3])
    assert (kept.kind, kept.cluster) == ("preschool", "preschool-1")
    assert same.kind == "school"


async def test_one_person_with_many_ballots_is_one_person(db: Database, clock: SetClock) -> None:
    """Twelve ballots of four mentors are not twelve people."""
    world = await town(db, clock, "anonymous")
    campaign = await opened(world)
    four = world.teachers["school-1"][:4]
    async with world.db.write() as session:
        cuts = await cuts_of(session, await session.get_one(Campaign, campaign), four[0])
        for teacher in four:
            for subject in (1, 2, 3):
                session.add(Participation(campaign_id=campaign, teacher_id=teacher, subject=subject, state="submitted"))
        for number in range(12):
            sealed = SEALER.seal(encode(Ballot(cuts, answers(number), {"day_scale": number % 5 * 25.0})))
            session.add(BallotRow(id=f"{campaign}-{number}", campaign_id=campaign, sealed=sealed))
    await world.close(campaign)
    assert await count(world, ReleaseCell) == 0
