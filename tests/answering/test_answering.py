"""From the first question to the receipt, on both databases."""

import asyncio
from typing import TypeVar

import pytest
from sqlalchemy import select, text

from core.campaigns.model import CampaignState, ParticipationState, ResponseState
from core.errors import AppError, NotFound
from core.people.model import Channel
from core.sealing import Sealer
from core.surveys import actions, queries, results
from core.surveys.model import QuestionType
from core.surveys.rules import InvalidAnswer
from core.surveys.steps import Ask, Place, Stale
from storage.models import Answer, Ballot, Campaign, Municipality, Participation, Response, ScaleResult
from storage.session import Database
from tests.answering.world import World, give_consent, make_world, take_step, walk_to_summary
from tests.clocks import SetClock

Row = TypeVar("Row")


@pytest.fixture
async def world(db: Database, clock: SetClock) -> World:
    return await make_world(db, clock)


async def rows(db: Database, table: type[Row]) -> list[Row]:
    async with db.read() as session:
        return list(await session.scalars(select(table)))


async def state_of(db: Database, campaign: int, teacher: int | None) -> str | None:
    async with db.read() as session:
        row = await session.get(Participation, (campaign, teacher, 0))
        return row.state if row else None


async def test_a_named_survey_keeps_answers_and_scales(db: Database, clock: SetClock, world: World) -> None:
    teacher = world.teachers[0]
    summary = await walk_to_summary(db, clock, teacher, world.deficits)
    finished = await actions.submit(db, clock, teacher, summary.place, Sealer("s"))

    [response] = await rows(db, Response)
    assert (response.state, response.submitted_at) == (ResponseState.SUBMITTED, clock.now())
    kept = {answer.question for answer in await rows(db, Answer)}
    calculated = {q.number for q in summary.definition.questions if q.type is QuestionType.CALCULATE}
    assert kept - calculated == set(summary.answers)
    assert kept & calculated, "what was calculated is kept as it was at submission"
    stored = {result.scale: result.value for result in await rows(db, ScaleResult)}
    assert stored == {score.name: score.value for score in finished.scores}
    assert await state_of(db, world.deficits, teacher.teacher_id) == ParticipationState.SUBMITTED
    with pytest.raises(AppError, match="already_submitted"):
        await actions.begin(db, clock, teacher, Ask(world.deficits))


async def test_an_anonymous_survey_leaves_only_a_sealed_ballot(db: Database, clock: SetClock, world: World) -> None:
    teacher = world.teachers[0]
    summary = await walk_to_summary(db, clock, teacher, world.burnout)
    await actions.submit(db, clock, teacher, summary.place, Sealer("s"))

    assert await rows(db, Response) == []
    assert await rows(db, Answer) == []
    assert await rows(db, ScaleResult) == []
    [ballot] = await rows(db, Ballot)
    assert b"work_evening" not in ballot.sealed
    assert b"work_evening" in Sealer("s").open(ballot.sealed)
    assert await state_of(db, world.burnout, teacher.teacher_id) == ParticipationState.SUBMITTED
    with pytest.raises(AppError, match="already_submitted"):
        await actions.begin(db, clock, teacher, Ask(world.burnout))


async def test_nothing_is_asked_without_consent(db: Database, clock: SetClock, world: World) -> None:
    first, second = world.teachers
    await give_consent(db, clock, first)
    with pytest.raises(AppError, match=r"consent\.needed"):
        await actions.begin(db, clock, second, Ask(world.deficits))
    assert (await actions.begin(db, clock, first, Ask(world.deficits))).question is not None


async def test_leaving_and_coming_back_finds_the_same_question(db: Database, clock: SetClock, world: World) -> None:
    teacher = world.teachers[0]
    step = await actions.begin(db, clock, teacher, Ask(world.deficits))
    for _ in range(3):
        step = await take_step(db, clock, teacher, step)
    paused = await actions.pause(db, clock, teacher, step.place)
    with pytest.raises(Stale):
        await actions.answer(db, clock, teacher, step.place, 1)

    resumed = await actions.begin(db, clock, teacher, Ask(world.deficits))
    assert (resumed.question, resumed.answers) == (paused.question, paused.answers)
    assert resumed.visit > paused.visit
    async with db.read() as session:
        card = await queries.card(session, clock, teacher, Ask(world.deficits))
    assert card.state == ParticipationState.BEGUN
    assert 0 < card.position < card.total


async def test_back_then_another_answer_replaces_the_first(db: Database, clock: SetClock, world: World) -> None:
    teacher = world.teachers[0]
    step = await actions.begin(db, clock, teacher, Ask(world.burnout))
    step = await actions.proceed(db, clock, teacher, step.place)
    asked = step.question
    assert asked is not None
    step = await actions.answer(db, clock, teacher, step.place, 1)
    step = await actions.back(db, clock, teacher, step.place)
    assert step.question == asked
    await actions.answer(db, clock, teacher, step.place, 5)
    assert [(a.question, a.number) for a in await rows(db, Answer)] == [(asked.number, 5.0)]


async def test_a_change_from_the_summary_leads_back_there(db: Database, clock: SetClock, world: World) -> None:
    teacher = world.teachers[0]
    summary = await walk_to_summary(db, clock, teacher, world.burnout)
    number = min(summary.answers)
    opened = await actions.open_question(db, clock, teacher, summary.place, number)
    again = await actions.answer(db, clock, teacher, opened.place, 4)
    assert again.question is None
    assert again.answers[number] == 4
    with pytest.raises(Stale):
        await actions.submit(db, clock, teacher, summary.place, Sealer("s"))


async def test_several_of_takes_quick_presses_on_different_marks(db: Database, clock: SetClock, world: World) -> None:
    teacher = world.teachers[0]
    step = await actions.begin(db, clock, teacher, Ask(world.deficits))
    while step.question is None or not step.question.is_multiple:
        step = await take_step(db, clock, teacher, step)
    place = step.place
    for choice in (3, 1, 1):
        step = await actions.mark(db, clock, teacher, place, choice, on=True)
    step = await actions.mark(db, clock, teacher, place, 3, on=False)
    assert step.answers[step.question.number if step.question else 0] == (1,)


async def test_typed_text_that_does_not_fit_changes_nothing(db: Database, clock: SetClock, world: World) -> None:
    teacher = world.teachers[0]
    step = await actions.begin(db, clock, teacher, Ask(world.deficits))
    with pytest.raises(AppError):
        await actions.type_text(db, clock, teacher, Channel.TELEGRAM, "1", "просто слова")
    while step.question is None or step.question.type != "integer":
        step = await take_step(db, clock, teacher, step)
    before = step
    with pytest.raises(InvalidAnswer):
        await actions.type_text(db, clock, teacher, Channel.TELEGRAM, "1", "много")
    async with db.read() as session:
        assert await queries.current_step(session, clock, teacher, step.response_id) == before


async def test_text_after_a_pause_belongs_to_no_survey(db: Database, clock: SetClock, world: World) -> None:
    teacher = world.teachers[0]
    step = await actions.begin(db, clock, teacher, Ask(world.deficits))
    while step.question is None or step.question.type != "integer":
        step = await take_step(db, clock, teacher, step)
    await actions.pause(db, clock, teacher, step.place)
    with pytest.raises(AppError, match=r"text\.unexpected"):
        await actions.type_text(db, clock, teacher, Channel.TELEGRAM, "1", "4")


async def test_another_person_finds_no_such_response(db: Database, clock: SetClock, world: World) -> None:
    first, second = world.teachers
    step = await actions.begin(db, clock, first, Ask(world.burnout))
    for attempt in (actions.proceed, actions.back, actions.pause, actions.skip):
        with pytest.raises(NotFound):
            await attempt(db, clock, second, step.place)
    with pytest.raises(NotFound):
        await actions.answer(db, clock, second, step.place, 1)


@pytest.mark.parametrize("place", [(0, 0, 0), (0, 1, 0), (0, 0, 1), (1_000, 0, 0)], ids=str)
async def test_a_forged_place_changes_nothing(
    db: Database, clock: SetClock, world: World, place: tuple[int, int, int]
) -> None:
    teacher = world.teachers[0]
    step = await actions.begin(db, clock, teacher, Ask(world.burnout))
    step = await actions.proceed(db, clock, teacher, step.place)
    asked = step.question
    assert asked is not None
    forged = Place(step.response_id + place[0], step.visit + place[1], asked.number + place[2])
    value = 1 if any(place) else 99
    with pytest.raises((Stale, NotFound, InvalidAnswer)):
        await actions.answer(db, clock, teacher, forged, value)
    async with db.read() as session:
        assert await queries.current_step(session, clock, teacher, step.response_id) == step


async def test_a_closed_survey_takes_nothing(db: Database, clock: SetClock, world: World) -> None:
    teacher = world.teachers[0]
    step = await actions.begin(db, clock, teacher, Ask(world.burnout))
    clock.advance(days=8)
    with pytest.raises(AppError, match=r"survey\.closed"):
        await actions.proceed(db, clock, teacher, step.place)
    clock.advance(days=-8)
    async with db.write() as session:
        (await session.get_one(Campaign, world.burnout)).state = CampaignState.CLOSED
    with pytest.raises(AppError, match=r"survey\.closed"):
        await actions.proceed(db, clock, teacher, step.place)


async def test_a_required_question_cannot_be_passed_by(db: Database, clock: SetClock, world: World) -> None:
    teacher = world.teachers[0]
    step = await actions.begin(db, clock, teacher, Ask(world.deficits))
    while step.question is None or not step.question.required:
        step = await take_step(db, clock, teacher, step)
    with pytest.raises(InvalidAnswer):
        await actions.skip(db, clock, teacher, step.place)


async def test_the_average_is_shown_only_over_enough_people(db: Database, clock: SetClock, world: World) -> None:
    for teacher in world.teachers:
        summary = await walk_to_summary(db, clock, teacher, world.deficits)
        finished = await actions.submit(db, clock, teacher, summary.place, Sealer("s"))
        assert finished.averages == {}  # two people, and k is 5
    async with db.write() as session:
        (await session.get_one(Campaign, world.deficits)).k = 2
    async with db.read() as session:
        again = await results.own(session, world.teachers[0], Ask(world.deficits))
    assert set(again.averages) == {score.name for score in again.scores}


async def test_own_results_can_be_read_again_also_after_closing(db: Database, clock: SetClock, world: World) -> None:
    first, second = world.teachers
    summary = await walk_to_summary(db, clock, first, world.deficits)
    finished = await actions.submit(db, clock, first, summary.place, Sealer("s"))
    clock.advance(days=8)
    async with db.read() as session:
        assert (await results.own(session, first, Ask(world.deficits))).scores == finished.scores
        [card] = await queries.cards(session, clock, first)
        assert (card.ask, card.has_result) == (Ask(world.deficits), True)
        assert await queries.cards(session, clock, second) == []
        for campaign, actor in ((world.deficits, second), (world.burnout, first)):
            with pytest.raises(NotFound):
                await results.own(session, actor, Ask(campaign))


async def test_the_municipality_sets_the_levels_of_deficits(db: Database, clock: SetClock, world: World) -> None:
    async with db.write() as session:
        town = (await session.scalars(select(Municipality))).one()
        town.settings = {"deficit_bands": {"minimal": 5, "medium": 10, "high": 20}}
    teacher = world.teachers[0]
    summary = await walk_to_summary(db, clock, teacher, world.deficits)
    finished = await actions.submit(db, clock, teacher, summary.place, Sealer("s"))
    levels = {score.band.code for score in finished.scores if score.band and score.value and score.value >= 20}
    assert levels == {"high"}  # every answer was the second choice, a third of the way
    assert {result.band for result in await rows(db, ScaleResult)} == {"high"}


async def test_no_ballot_is_cast_while_a_campaign_closes(db: Database, clock: SetClock, world: World) -> None:
    """Closing has counted the ballots and not yet committed: a submission waits, and then finds it closed."""
    teacher = world.teachers[0]
    summary = await walk_to_summary(db, clock, teacher, world.burnout)
    async with db.write() as session:
        campaign = await session.get_one(Campaign, world.burnout, with_for_update=True)
        submission = asyncio.create_task(actions.submit(db, clock, teacher, summary.place, Sealer("s")))
        async with asyncio.timeout(10):
            while not (submission.done() or await somebody_waits(db)):  # noqa: ASYNC110 - a lock has no event
                await asyncio.sleep(0.01)
        campaign.state = CampaignState.CLOSED
    with pytest.raises(AppError, match=r"survey\.closed"):
        await submission
    assert await rows(db, Ballot) == []


async def somebody_waits(db: Database) -> bool:
    """For a lock. On SQLite writers stand in a line, so there it is always so."""
    if db.url.startswith("sqlite"):
        return True
    async with db.read() as session:
        return bool(await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))
