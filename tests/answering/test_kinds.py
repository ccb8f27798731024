"""Answers of every kind on both databases: marked, ranked, confirmed, kept once; and what they are about."""

from datetime import date

import pytest

from core.campaigns.model import ParticipationState
from core.clock import Clock
from core.errors import AppError
from core.people.model import Actor, Channel, Role
from core.sealing import Sealer
from core.surveys import actions, queries
from core.surveys.loading import parse_definition
from core.surveys.model import Value
from core.surveys.rules import InvalidAnswer
from core.surveys.steps import Ask, Place, Stale, Step
from core.surveys.values import value_text
from storage.models import Campaign, Grant, MentoringPair, Municipality, Organisation, Participation, Response
from storage.session import Database
from tests.answering.world import World, campaign_of, make_world
from tests.clocks import SetClock

FORM = """
code: kinds
version: "1"
title: Все виды вопросов
purpose: Проверка
privacy: named
respondent: RESPONDENT
minutes: 3
k: 5
source: Для проверки
choices:
  places: [{name: town, label: Город}, {name: village, label: Село}]
  schools:
    - {name: s1, label: Первая, place: town}
    - {name: s2, label: Вторая, place: town}
    - {name: s3, label: Третья, place: village}
  groups: [{name: subject_teacher, label: Учитель}, {name: manager, label: Директор}]
questions:
  - {type: calculate, name: begun, calculation: "once(now())"}
  - {type: select_one groups, name: work, label: "Кем вы работаете?", default: "${teacher_position_group}"}
  - {type: select_one places, name: place, label: "Где?"}
  - {type: select_one schools, name: school, label: "Какая школа?", choice_filter: "place = ${place}"}
  - {type: rank schools, name: order, label: "В каком порядке?", choice_filter: "place = ${place}"}
  - {type: decimal, name: rates, label: "Сколько ставок?", constraint: ". <= 2"}
  - {type: date, name: day, label: "Когда?", constraint: ". <= today()"}
  - {type: range, name: score, label: "Сколько баллов?", parameters: "start=0 end=10 step=0.5"}
  - {type: text, name: role, label: "Роль: ${pair_role}", required: "${score} > 5"}
"""


async def begin(db: Database, clock: Clock, world: World, respondent: str = "teacher", subject: int = 0) -> Step:
    campaign = await campaign_of(db, clock, world, parse_definition(FORM.replace("RESPONDENT", respondent), "kinds"))
    await ask(db, campaign, world.teachers[0], subject)
    return await actions.begin(db, clock, world.teachers[0], Ask(campaign, subject))


async def ask(db: Database, campaign: int, actor: Actor, subject: int) -> None:
    async with db.write() as session:
        session.add(Participation(campaign_id=campaign, teacher_id=actor.teacher_id, subject=subject, state="invited"))


@pytest.fixture
async def world(db: Database, clock: SetClock) -> World:
    return await make_world(db, clock)


async def answer(db: Database, clock: Clock, world: World, step: Step, value: Value) -> Step:
    return await actions.answer(db, clock, world.teachers[0], step.place, value)


async def stored(db: Database, clock: Clock, world: World, step: Step) -> dict[str, str]:
    """What a second look finds, as expressions see it."""
    async with db.read() as session:
        found = await queries.current_step(session, clock, world.teachers[0], step.response_id)
    named = ((found.definition.question(number), value) for number, value in found.answers.items())
    return {question.name: value_text(question, value) for question, value in named}


async def test_what_is_known_is_confirmed_with_one_press(db: Database, clock: SetClock, world: World) -> None:
    step = await begin(db, clock, world)
    assert step.question is not None
    assert step.situation().suggestion(step.question) == 1
    step = await actions.proceed(db, clock, world.teachers[0], step.place)
    assert (await stored(db, clock, world, step))["work"] == "subject_teacher"


async def test_what_is_known_can_be_answered_differently(db: Database, clock: SetClock, world: World) -> None:
    step = await answer(db, clock, world, await begin(db, clock, world), 2)
    assert (await stored(db, clock, world, step))["work"] == "manager"


async def at(db: Database, clock: Clock, world: World, name: str) -> Step:
    """On the question of that name, with «town» chosen on the way."""
    step = await begin(db, clock, world)
    while step.question is not None and step.question.name != name:
        if step.question.name == "place":
            step = await answer(db, clock, world, step, 1)
        elif step.question.name == "order":
            for choice in (2, 1):
                step = await actions.mark(db, clock, world.teachers[0], step.place, choice, on=True)
            step = await actions.proceed(db, clock, world.teachers[0], step.place)
        else:
            step = await actions.skip(db, clock, world.teachers[0], step.place)
    return step


async def test_a_choice_that_is_filtered_out_is_refused(db: Database, clock: SetClock, world: World) -> None:
    step = await at(db, clock, world, "school")
    with pytest.raises(InvalidAnswer, match="not_offered"):
        await answer(db, clock, world, step, 3)
    assert "school" not in await stored(db, clock, world, step)


async def test_a_rank_is_whole_or_not_at_all(db: Database, clock: SetClock, world: World) -> None:
    step = await at(db, clock, world, "order")
    actor = world.teachers[0]
    step = await actions.mark(db, clock, actor, step.place, 2, on=True)
    with pytest.raises(InvalidAnswer, match="rank_unfinished"):
        await actions.proceed(db, clock, actor, step.place)
    with pytest.raises(InvalidAnswer, match="unknown_choice"):
        await actions.mark(db, clock, actor, step.place, 3, on=True)
    for choice, on in ((1, True), (1, True), (2, False), (2, True)):  # the second press on 1 changes nothing
        step = await actions.mark(db, clock, actor, step.place, choice, on=on)
    step = await actions.proceed(db, clock, actor, step.place)
    assert (await stored(db, clock, world, step))["order"] == "s1 s2"


async def test_a_rank_left_behind_by_another_answer_must_be_mended(db: Database, clock: SetClock, world: World) -> None:
    step = await at(db, clock, world, "rates")
    number = step.definition.by_name("place").number
    async with db.write() as session:
        (await session.get_one(Response, step.response_id)).cursor = number
    place = Place(step.response_id, step.visit, number)
    step = await actions.answer(db, clock, world.teachers[0], place, 2)
    order = step.definition.by_name("order")
    assert step.situation().answer(order) is None, "the schools of the town are not offered in the village"


@pytest.mark.parametrize(
    ("name", "words", "kept"),
    [
        ("rates", "1,25 ставки", "1.25"),
        ("day", "1 сентября 2026", "2026-09-01"),
        ("score", "7,5", "7.5"),
    ],
)
async def test_typed_answers(db: Database, clock: SetClock, world: World, name: str, words: str, kept: str) -> None:
    step = await at(db, clock, world, name)
    step = await actions.type_text(db, clock, world.teachers[0], Channel.TELEGRAM, "1", words)
    assert (await stored(db, clock, world, step))[name] == kept


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [
        ("rates", "много", "not_decimal"),
        ("rates", "2,5", "constraint"),
        ("day", "31.02.2026", "not_a_date"),
        ("day", "01.01.2027", "constraint"),
        ("score", "7,3", "not_in_row"),
    ],
)
async def test_typed_answers_that_do_not_fit(
    db: Database, clock: SetClock, world: World, name: str, words: str, why: str
) -> None:
    step = await at(db, clock, world, name)
    with pytest.raises(InvalidAnswer, match=why):
        await actions.type_text(db, clock, world.teachers[0], Channel.TELEGRAM, "1", words)
    assert name not in await stored(db, clock, world, step)


async def test_what_must_be_answered_can_depend_on_answers(db: Database, clock: SetClock, world: World) -> None:
    step = await answer(db, clock, world, await at(db, clock, world, "score"), 6.0)
    with pytest.raises(InvalidAnswer, match="required"):
        await actions.skip(db, clock, world.teachers[0], step.place)


async def test_what_is_calculated_once_stays(db: Database, clock: SetClock, world: World) -> None:
    step = await begin(db, clock, world)
    begun = (await stored(db, clock, world, step))["begun"]
    clock.advance(hours=5)
    step = await actions.proceed(db, clock, world.teachers[0], step.place)
    assert (await stored(db, clock, world, step))["begun"] == begun
    assert begun.startswith("2026-11-23T11:00")


async def test_two_pairs_are_two_questionnaires(db: Database, clock: SetClock, world: World) -> None:
    mentor, mentee = world.teachers
    async with db.write() as session:
        town = (await session.get_one(Campaign, world.deficits)).municipality_id
        pairs = [
            MentoringPair(
                municipality_id=town, mentor_id=a.teacher_id, mentee_id=b.teacher_id, started_on=date(2026, 9, 1)
            )
            for a, b in ((mentor, mentee), (mentee, mentor))
        ]
        session.add_all(pairs)
    first = await begin(db, clock, world, "pair", pairs[0].id)
    await ask(db, first.ask.campaign_id, mentor, pairs[1].id)
    second = await actions.begin(db, clock, mentor, Ask(first.ask.campaign_id, pairs[1].id))
    assert (first.facts["pair_role"], second.facts["pair_role"]) == ("mentor", "mentee")
    assert first.response_id != second.response_id
    async with db.read() as session:
        cards = await queries.cards(session, clock, mentor)
    asked = [one for one in cards if one.ask.campaign_id == first.ask.campaign_id]
    assert [one.ask.subject for one in asked] == [one.id for one in pairs]
    assert {one.about for one in asked} == {"учитель математики (01.09.2026)"}


async def test_one_coordinator_answers_for_the_organisation(db: Database, clock: SetClock, world: World) -> None:
    """The second one is told so, and both are done when the first one is."""
    first, second = world.teachers
    async with db.write() as session:
        organisation = (await session.get_one(Municipality, first.municipality_id)).id
        school = Organisation(
            municipality_id=organisation, code="s2", name="Школа № 2", short_name="Школа № 2", kind="school"
        )
        session.add(school)
        await session.flush()
        session.add_all(
            Grant(account_id=one.account_id, role=Role.COORDINATOR, organisation_id=school.id)
            for one in (first, second)
        )
    step = await begin(db, clock, world, "organisation", school.id)
    await ask(db, step.ask.campaign_id, second, school.id)
    with pytest.raises(AppError, match=r"survey\.taken"):
        await actions.begin(db, clock, second, step.ask)
    async with db.read() as session:
        [card] = [one for one in await queries.cards(session, clock, second) if one.ask == step.ask]
    assert card.about == "Школа № 2"
    while step.question is not None:
        step = await actions.skip(db, clock, first, step.place)
    await actions.submit(db, clock, first, step.place, Sealer("s"))
    with pytest.raises(AppError, match="already_submitted"):
        await actions.begin(db, clock, second, step.ask)
    async with db.read() as session:
        states = {
            (await session.get_one(Participation, (step.ask.campaign_id, one.teacher_id, school.id))).state
            for one in (first, second)
        }
    assert states == {ParticipationState.SUBMITTED}


async def test_a_questionnaire_of_another_subject_is_not_there(db: Database, clock: SetClock, world: World) -> None:
    step = await begin(db, clock, world)
    with pytest.raises(AppError, match=r"survey\.not_found"):
        await actions.begin(db, clock, world.teachers[0], Ask(step.ask.campaign_id, 99))


async def test_a_mark_on_a_question_without_marks_is_late(db: Database, clock: SetClock, world: World) -> None:
    step = await begin(db, clock, world)
    with pytest.raises(Stale):
        await actions.mark(db, clock, world.teachers[0], step.place, 1, on=True)
    assert set(await stored(db, clock, world, step)) == {"begun"}
