"""D1, D2, D3 (SPEC §12): who counts, who does not, and whose figures are whose."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from core.audiences.model import Audience
from core.errors import NotFound
from core.indicators.model import IndicatorView, Period, PeriodKind, TargetOrigin
from core.indicators.queries import current_period, overview, view
from core.indicators.rules import period_of
from core.people.model import Actor, Role
from storage.models import MonitoredIndicator, Municipality, PlanMeasure, Response, Target
from storage.session import Database
from tests.campaigns.world import SIZES, World, archive, build_world
from tests.clocks import SetClock

PEOPLE = sum(SIZES.values())
NONE, LITTLE, SOME, MUCH = 1, 2, 3, 4
METHODICAL = (
    "methodical_goal",
    "methodical_thinking",
    "methodical_assessment",
    "methodical_levels",
    "methodical_projects",
    "methodical_sharing",
)
ICT = ("ict_materials", "ict_platforms", "ict_distance", "ict_search", "ict_safety", "ict_neural")


async def look(
    world: World,
    code: str,
    actor: Actor | None = None,
    period: Period | None = None,
    organisation: str | None = None,
) -> IndicatorView:
    async with world.db.read() as session:
        return await view(
            session,
            world.clock,
            actor or world.methodist,
            world.town,
            code,
            period,
            world.organisations[organisation] if organisation else None,
        )


def rows(found: IndicatorView, code: str) -> dict[str, tuple[int | None, int | None]]:
    (breakdown,) = [one for one in found.breakdowns if one.code == code]
    return {
        row.title: (row.measure.numerator, row.measure.denominator) for row in breakdown.rows if row.measure is not None
    }


def everything(names: tuple[str, ...], choice: int) -> dict[str, int]:
    return dict.fromkeys(names, choice)


async def test_without_a_survey_there_is_no_value_not_zero(world: World) -> None:
    for code in ("D1", "D2", "D3"):
        found = await look(world, code)
        measures = [found.measure] if found.measure else [part.measure for part in found.parts]
        assert measures
        assert {one.value for one in measures} == {None}
        assert found.missing


async def test_a_survey_that_nobody_answered_yet_is_a_true_zero(world: World) -> None:
    await world.open()
    found = await look(world, "D1")
    assert found.measure is not None
    assert (found.measure.numerator, found.measure.denominator, found.measure.value) == (0, PEOPLE, 0)


async def test_everybody_counts_once(world: World) -> None:
    first = await world.open()
    second = await world.open(title="Вторая волна")
    teachers = world.teachers["school-1"]
    for campaign, teacher in ((first, teachers[0]), (first, teachers[1]), (second, teachers[1])):
        await world.answer_named(campaign, teacher, everything(ICT, SOME))
    found = await look(world, "D1")
    assert found.measure is not None
    assert (found.measure.numerator, found.measure.denominator) == (2, PEOPLE)
    assert found.measure.value == pytest.approx(2 / PEOPLE * 100)
    assert rows(found, "organisation") == {"school-1": (2, 24), "school-2": (0, 12), "kindergarten": (0, 22)}
    assert rows(found, "position") == {"учитель": (1, PEOPLE - 3), "директор": (1, 3)}
    assert rows(found, "subject") == {"математика": (2, 24), "физика": (1, 1)}
    assert [(one.submitted, one.invited) for one in found.evidence] == [(1, PEOPLE), (2, PEOPLE)]


async def test_who_left_counts_neither_above_nor_below_the_line(world: World) -> None:
    campaign = await world.open()
    gone = world.teachers["school-2"][1]
    await world.answer_named(campaign, gone, everything(ICT, SOME))
    await archive(world, gone)
    found = await look(world, "D1")
    assert found.measure is not None
    assert (found.measure.numerator, found.measure.denominator) == (0, PEOPLE - 1)


async def test_a_draft_does_not_count(world: World) -> None:
    campaign = await world.open()
    teacher = world.everybody[0]
    await world.answer_named(campaign, teacher, everything(ICT, SOME))
    async with world.db.write() as session:
        await session.execute(update(Response).values(state="draft"))
    found = await look(world, "D1")
    assert found.measure is not None
    assert found.measure.numerator == 0


async def test_last_year_stands_beside_and_midnight_is_the_municipalitys(world: World) -> None:
    """31 December 16:00 UTC is the first moment of the new year in Irkutsk."""
    world.clock.moment = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    old = await world.open(closes_at=world.clock.now() + timedelta(days=30))
    await world.answer_named(old, world.everybody[0], everything(ICT, SOME))
    world.clock.advance(minutes=1)
    await world.answer_named(old, world.everybody[1], everything(ICT, SOME))
    await world.answer_named(old, world.everybody[2], everything(ICT, SOME))
    found = await look(world, "D1")
    assert found.period.start == date(2027, 1, 1)
    assert found.measure is not None
    assert found.previous is not None
    assert (found.measure.numerator, found.previous.numerator) == (2, 1)
    assert found.previous.as_of == date(2026, 12, 31)


async def test_areas_have_numbers_and_shares_of_their_own(world: World) -> None:
    campaign = await world.open()
    first, second = world.teachers["school-1"][:2]
    await world.answer_named(campaign, first, everything((*ICT, *METHODICAL), SOME))
    await world.answer_named(campaign, second, everything(ICT, SOME))
    found = await look(world, "D2")
    parts = {part.code: (part.measure.numerator, part.measure.denominator) for part in found.parts}
    assert parts["ict_area"] == (2, PEOPLE)
    assert parts["methodical_area"] == (1, PEOPLE)
    assert parts["psychology_area"] == (0, PEOPLE)
    (by_organisation,) = [one for one in found.breakdowns if one.code == "organisation"]
    school = dict(by_organisation.rows[0].parts)
    assert (school["ict_area"].numerator, school["ict_area"].denominator) == (2, 24)


async def test_the_profile_takes_everybodys_last_questionnaire(world: World) -> None:
    first = await world.open()
    teachers = world.teachers["school-1"][:2]
    await world.answer_named(first, teachers[0], everything(ICT, MUCH))
    await world.answer_named(first, teachers[1], everything(ICT, LITTLE))
    world.clock.advance(days=1)
    second = await world.open(title="Вторая волна")
    await world.answer_named(second, teachers[0], everything(ICT, NONE))
    found = await look(world, "D3")
    (ict,) = [part for part in found.parts if part.code == "ict_area"]
    assert (ict.measure.numerator, ict.measure.denominator) == (2, 2)
    assert ict.measure.value == pytest.approx((0 + 100 / 3) / 2)
    assert {one.code: one.count for one in ict.bands} == {"none": 1, "minimal": 1, "medium": 0, "high": 0}
    (methodical,) = [part for part in found.parts if part.code == "methodical_area"]
    assert methodical.measure.value is None


async def test_the_most_frequent_deficits(world: World) -> None:
    campaign = await world.open()
    for teacher in world.teachers["school-1"][:5]:
        await world.answer_named(campaign, teacher, {**everything(ICT, LITTLE), "ict_neural": MUCH})
    await world.answer_named(campaign, world.teachers["school-1"][5], everything(METHODICAL, MUCH))
    found = await look(world, "D3")
    assert found.deficits[0].name == "ict_neural"
    assert (found.deficits[0].value, found.deficits[0].people) == (100, 5)
    assert found.deficits[1].value == pytest.approx(100 / 3)
    assert not [one for one in found.deficits if one.name in METHODICAL], "of one person it says nothing"


async def test_a_coordinator_gets_the_own_organisation_beside_the_municipality(world: World) -> None:
    campaign = await world.open()
    await world.answer_named(campaign, world.teachers["school-2"][0], everything(ICT, SOME))
    await world.answer_named(campaign, world.teachers["school-1"][0], everything(ICT, SOME))
    coordinator = world.coordinator("school-2")
    found = await look(world, "D1", coordinator)
    assert (found.scope.id, found.scope.title) == (world.organisations["school-2"], "school-2")
    assert found.measure is not None
    assert found.beside is not None
    assert (found.measure.numerator, found.measure.denominator) == (1, 12)
    assert (found.beside.numerator, found.beside.denominator) == (2, PEOPLE)
    assert set(rows(found, "organisation")) == {"school-2"}
    with pytest.raises(NotFound):
        await look(world, "D1", coordinator, organisation="school-1")
    with pytest.raises(NotFound):
        await look(world, "D1", world.stranger)
    with pytest.raises(NotFound):
        await look(world, "D1", Actor(world.staff, None, world.town, roles=frozenset({Role.TEACHER})))


async def test_a_coordinator_learns_no_colleagues_answers_from_a_mean_of_few(world: World) -> None:
    campaign = await world.open()
    for teacher in world.teachers["school-2"][:4]:
        await world.answer_named(campaign, teacher, everything(ICT, MUCH))
    coordinator = world.coordinator("school-2")
    found = await look(world, "D3", coordinator)
    assert {part.measure.value for part in found.parts} == {None}
    assert found.deficits == ()
    await world.answer_named(campaign, world.teachers["school-2"][4], everything(ICT, NONE))
    found = await look(world, "D3", coordinator)
    (ict,) = [part for part in found.parts if part.code == "ict_area"]
    assert ict.measure.value == 80
    assert ict.bands == (), "levels of one and of four people"
    (ict,) = [part for part in (await look(world, "D3")).parts if part.code == "ict_area"]
    assert {one.count for one in ict.bands} == {0, 1, 4}, "a methodist sees named answers anyway"


async def test_self_assessment_may_be_left_out_of_the_official_share(world: World) -> None:
    campaign = await world.open()
    await world.answer_named(campaign, world.everybody[0], everything(ICT, SOME))
    async with world.db.write() as session:
        town = await session.get_one(Municipality, world.town)
        town.settings = {"diagnosis_sources": [{"code": "self_assessment", "counts": False}]}
    found = await look(world, "D1")
    assert found.measure is not None
    assert found.measure.value is None
    assert found.missing


async def test_targets_of_the_year_are_judged_and_older_ones_only_shown(world: World) -> None:
    campaign = await world.open()
    await world.answer_named(campaign, world.everybody[0], everything(ICT, SOME))
    expected = [{"value": 10.0, "unit": "percent", "comparison": "exactly", "indicators": ["D1"]}]
    async with world.db.write() as session:
        session.add(
            PlanMeasure(
                municipality_id=world.town,
                year=2022,
                number="5.1",
                section="5",
                title="Диагностика",
                period_text="в течение года",
                expected_text="10 %",
                expected=expected,
                source="п. 5.1",
            )
        )
    found = await look(world, "D1")
    assert found.target is not None
    assert (found.target.value, found.target.year, found.target.origin) == (10, 2022, TargetOrigin.PLAN)
    assert found.target.met is None
    async with world.db.write() as session:
        session.add(
            Target(
                municipality_id=world.town,
                indicator="D1",
                year=2026,
                comparison="at_least",
                value=1.0,
                unit="percent",
                source="план",
            )
        )
    found = await look(world, "D1")
    assert found.target is not None
    assert (found.target.origin, found.target.met) == (TargetOrigin.TARGET, True)


async def test_the_period_is_the_municipalitys_own(world: World) -> None:
    async with world.db.write() as session:
        session.add(
            MonitoredIndicator(
                municipality_id=world.town, indicator="D1", demanded=True, period="school_year", source=""
            )
        )
    async with world.db.read() as session:
        assert (await current_period(session, world.clock, world.town, "D1")).start == date(2026, 9, 1)
        assert (await current_period(session, world.clock, world.town, "D2")).start == date(2026, 1, 1)
    found = await look(world, "D1", period=period_of(PeriodKind.MONTH, date(2026, 10, 5)))
    assert found.period.end == date(2026, 10, 31)


async def test_unknown_indicators_are_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await look(world, "X9")


async def test_the_same_on_both_databases(db: Database, clock: SetClock) -> None:
    world = await build_world(db, clock)
    named = await world.open()
    for teacher in world.teachers["school-1"][:6]:
        await world.answer_named(named, teacher, everything(ICT, SOME))
    burnout = await world.open("burnout", audience=Audience())
    for number, teacher in enumerate(world.everybody):
        await world.cast(burnout, teacher, work_scale=25.0 * (number % 4))
    await world.close(burnout)
    async with db.read() as session:
        views = await overview(session, clock, world.methodist, world.town)
    values = {one.passport.code: one.measure.value for one in views if one.measure is not None}
    assert values == {"D1": pytest.approx(6 / PEOPLE * 100), "B1": 100}
    assert [one.passport.code for one in views] == ["D1", "D2", "D3", "B1", "B2"]
