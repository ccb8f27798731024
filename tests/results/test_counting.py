"""Named results on both databases, against numbers counted by hand."""

import pytest

from core.errors import NotFound
from core.results.model import ResultCut, Shape
from core.surveys import actions as surveys
from storage.models import Response
from storage.session import Database
from tests.clocks import SetClock
from tests.results.world import ANSWERS, answer_all, definition, look, one, rows, submit, town


async def test_every_kind_of_question_comes_to_what_was_answered(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    campaign = await world.open("everything")
    await answer_all(world, campaign, world.teachers["school-1"][:4])
    found = await look(world, campaign)
    assert found.submitted == 4
    assert "hello" not in {result.name for result in found.questions}, "a note has no answer"

    topic = one(found, "topic")
    assert (topic.figures.n, dict(topic.figures.counts)) == (4, {"parents": 2, "digital": 1, "health": 1})
    assert dict(topic.figures.values) == {"parents": 50, "digital": 25, "health": 25}
    assert topic.figures.mean is None

    plans = one(found, "plans")
    assert (plans.figures.n, plans.figures.mean, plans.top) == (3, 1, 2)
    assert plans.battery == "methods"
    assert plans.section == "Методика"

    topics = one(found, "topics")
    assert topics.shape is Shape.SEVERAL
    assert topics.figures.n == 3
    assert dict(topics.figures.counts) == {"parents": 1, "digital": 3, "health": 1}
    assert topics.figures.values["digital"] == 100

    order = one(found, "order")
    assert (order.figures.n, dict(order.figures.values)) == (2, {"parents": 1.5, "digital": 1.5, "health": 3})

    hours = one(found, "hours")
    assert (hours.figures.mean, dict(hours.figures.counts)) == (22.5, {"18": 2, "24": 1, "30": 1})
    assert one(found, "rate").figures.n == 1
    mood = one(found, "mood")
    assert [option.label for option in mood.options] == [str(number) for number in range(11)]
    assert mood.figures.counts["5"] == 2

    day = one(found, "day")
    assert {option.label: day.figures.counts[option.key] for option in day.options} == {"11.2026": 2, "12.2026": 1}
    assert [option.label for option in one(found, "hour").options] == ["14:00–14:59"]
    assert one(found, "meeting").figures.n == 1

    assert one(found, "words").texts == 2
    double = one(found, "double")
    assert (double.shape, double.figures.mean) == (Shape.NUMBER, 45)
    assert dict(one(found, "size").figures.counts) == {"много": 2, "мало": 2}


async def test_a_scale_has_mean_levels_and_n(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    campaign = await world.open("everything")
    await answer_all(world, campaign, world.teachers["school-1"][:4])
    (scale,) = (await look(world, campaign)).scales
    # 0 and 2 of 2 are 50; 2 and 2 are 100; 1 alone is 50; the fourth answered nothing of it.
    assert scale.figures.n == 3
    assert scale.figures.mean == pytest.approx(200 / 3)
    assert dict(scale.figures.counts) == {"low": 0, "high": 3}


async def test_nobody_yet(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    campaign = await world.open("everything")
    found = await look(world, campaign)
    assert found.submitted == 0
    assert all(not result.figures.n for result in found.all)


async def test_cuts_add_up_and_keep_the_registrys_order(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    campaign = await world.open("everything")
    await answer_all(world, campaign, [*world.teachers["school-1"][:3], *world.teachers["kindergarten"][:2]])
    by = {cut: one(await look(world, campaign, cut), "hours") for cut in (await look(world, campaign)).cuts}
    assert rows(by[ResultCut.ORGANISATION]) == {"school-1": (3, 20), "kindergarten": (2, 24)}
    assert rows(by[ResultCut.KIND]) == {"Школы": (3, 20), "Детские сады": (2, 24)}
    assert rows(by[ResultCut.POSITION]) == {"учитель": (3, 20), "директор": (2, 24)}
    assert rows(by[ResultCut.POSITION_GROUP]) == {"Учителя-предметники": (3, 20), "Руководители и заместители": (2, 24)}
    # The second of each place began in 2025, the others in 2005.
    assert rows(by[ResultCut.EXPERIENCE]) == {"До 3 лет": (2, 21), "Больше 20 лет": (3, 22)}
    # The second of the school teaches both subjects, the kindergarten none.
    assert rows(by[ResultCut.SUBJECT]) == {"математика": (3, 20), "физика": (1, 24), "Предмет не указан": (2, 24)}
    assert [row.title for row in by[ResultCut.ORGANISATION].rows] == ["school-1", "kindergarten"]


async def test_only_named_questions_are_cut_when_asked_so(db: Database, clock: SetClock) -> None:
    from core.results import queries

    world = await town(db, clock)
    campaign = await world.open("everything")
    await answer_all(world, campaign, world.teachers["school-1"][:4])
    async with db.read() as session:
        found = await queries.results(session, world.methodist, campaign, ResultCut.KIND, ["hours"])
    assert rows(one(found, "hours")) == {"Школы": (4, 22.5)}
    assert one(found, "topic").rows[0].figures.n == 0
    assert one(found, "method").rows[0].figures.n == 3, "scales are always there"


async def test_drafts_and_other_campaigns_do_not_count(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    first, second = await world.open("everything"), await world.open("everything", title="Ещё одна")
    await answer_all(world, first, world.teachers["school-1"][:4])
    begun = await submit(world, second, world.everybody[0], ANSWERS[0], definition())
    async with db.write() as session:
        (await session.get_one(Response, begun)).state = "draft"
    assert (await look(world, first)).submitted == 4
    found = await look(world, second)
    assert found.submitted == 0
    assert not one(found, "topic").figures.n


async def test_what_was_counted_once_is_counted_anew_when_somebody_answers_or_is_erased(
    db: Database, clock: SetClock
) -> None:
    world = await town(db, clock)
    campaign = await world.open("everything")
    ids = await answer_all(world, campaign, world.teachers["school-1"][:3])
    assert one(await look(world, campaign), "hours").figures.n == 3
    await submit(world, campaign, world.teachers["school-1"][3], ANSWERS[3], definition())
    assert one(await look(world, campaign), "hours").figures.n == 4
    async with db.write() as session:
        await session.delete(await session.get_one(Response, ids[0]))
    found = await look(world, campaign)
    assert (found.submitted, one(found, "hours").figures.mean) == (3, 24)


async def test_the_wave_before_stands_beside(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    first = await world.open("everything", title="Весна")
    await answer_all(world, first, world.teachers["school-1"][:4])
    await world.close(first)
    clock.advance(days=30)
    changed = definition(
        ('version: "1"', 'version: "2"'),
        ("label: Главная тема", "label: Что важнее"),
        ("  - {type: integer, name: hours, label: Часов в неделю}", "  - {type: decimal, name: hours, label: Часов}"),
        (
            "    - {name: health, label: Здоровье}",
            "    - {name: news, label: Новое}\n    - {name: health, label: Здоровье}",
        ),
        ("{type: time, name: hour, label: Удобное время}", "{type: text, name: hour, label: Удобное время}"),
    )
    await surveys.publish(db, clock, changed)
    second = await world.open("everything", title="Осень")
    await answer_all(world, second, world.teachers["school-1"][:1], [{"plans": 2, "topic": 4, "hours": 20.0}], changed)
    found = await look(world, second)
    assert found.earlier is not None
    assert (found.earlier.title, found.earlier.comparable, found.earlier.same_version) == ("Весна", True, False)
    topic = one(found, "topic")
    assert topic.previous is not None
    assert dict(topic.figures.values) == {"parents": 0, "digital": 0, "news": 0, "health": 100}
    assert topic.previous.values["health"] == 25, "choices are matched by name, not by number"
    assert topic.reworded
    assert not one(found, "plans").reworded
    assert one(found, "hours").previous is not None
    assert one(found, "hour").previous is None, "a text is no time"
    (scale,) = found.scales
    assert scale.previous is not None
    assert scale.previous.mean == pytest.approx(200 / 3)


async def test_another_municipality_and_a_draft_are_out_of_reach(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    campaign = await world.open("everything")
    with pytest.raises(NotFound):
        await look(world, campaign, actor=world.stranger)
    with pytest.raises(NotFound):
        await look(world, await world.create("everything"))
    with pytest.raises(NotFound):
        await look(world, campaign, ResultCut.CLUSTER)


async def test_a_coordinator_sees_the_own_organisation_beside_the_municipality(db: Database, clock: SetClock) -> None:
    world = await town(db, clock)
    campaign = await world.open("everything")
    await answer_all(world, campaign, [*world.teachers["school-1"][:3], *world.teachers["kindergarten"][:2]])
    coordinator = world.coordinator("kindergarten")
    found = await look(world, campaign, ResultCut.ORGANISATION, coordinator)
    assert found.cuts == (ResultCut.ORGANISATION,)
    assert not found.sees_answers
    assert found.submitted == 5
    assert rows(one(found, "hours")) == {"kindergarten": (2, 24)}
    for cut in (ResultCut.KIND, ResultCut.SUBJECT):
        with pytest.raises(NotFound):
            await look(world, campaign, cut, coordinator)


async def test_whoever_moved_counts_where_they_worked_at_the_opening(db: Database, clock: SetClock) -> None:
    from storage.models import Teacher

    world = await town(db, clock)
    campaign = await world.open("everything")
    await answer_all(world, campaign, world.teachers["school-1"][:2])
    async with db.write() as session:
        (await session.get_one(Teacher, world.teachers["school-1"][0])).organisation_id = world.organisations[
            "school-2"
        ]
    assert rows(one(await look(world, campaign, ResultCut.ORGANISATION), "hours")) == {"school-1": (2, 21)}
