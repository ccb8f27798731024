"""Outside diagnoses count beside our own survey where the profile says so, and everybody counts once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.indicators.model import IndicatorView
from core.indicators.queries import view
from storage.models import Diagnosis, Municipality
from tests.campaigns.world import SIZES, World
from tests.indicators.test_diagnostics import ICT, MUCH, SOME, everything, look, rows

PEOPLE = sum(SIZES.values())
TAKEN = date(2026, 10, 1)
CENTRE = {"code": "centre", "title": "Диагностика центра", "counts": True}
ONLY_LOOKED_AT = {"code": "other", "title": "Другая", "counts": False}


async def recognise(world: World, *sources: Mapping[str, Any], own: bool = True) -> None:
    """The municipality counts these, and its own survey as said."""
    async with world.db.write() as session:
        town = await session.get_one(Municipality, world.town)
        town.settings = {"diagnosis_sources": [{"code": "self_assessment", "counts": own}, *sources]}


async def diagnose(
    world: World, *teachers: int, source: str = "centre", on: date = TAKEN, areas: Mapping[str, float] | None = None
) -> None:
    async with world.db.write() as session:
        session.add_all(
            Diagnosis(teacher_id=one, source=source, taken_on=on, areas=dict(areas or {"ict_area": 80.0}))
            for one in teachers
        )


def counted(found: IndicatorView) -> tuple[int | None, int | None]:
    assert found.measure is not None
    return found.measure.numerator, found.measure.denominator


def part(found: IndicatorView, code: str) -> tuple[Any, Any]:
    (one,) = [one for one in found.parts if one.code == code]
    return one.measure.numerator, one.measure.value


async def test_an_outside_diagnosis_alone_is_something_to_count(world: World) -> None:
    await recognise(world, CENTRE)
    await diagnose(world, *world.teachers["school-2"][:3])
    found = await look(world, "D1")
    assert counted(found) == (3, PEOPLE)
    assert rows(found, "organisation")["school-2"] == (3, 12)
    assert [(one.title, one.people, one.last_on) for one in found.outside] == [("Диагностика центра", 3, TAKEN)]
    assert found.missing == ()


async def test_everybody_counts_once(world: World) -> None:
    await recognise(world, CENTRE, {**CENTRE, "code": "second"})
    campaign = await world.open()
    first, second, third = world.teachers["school-1"][:3]
    for teacher in (first, second):
        await world.answer_named(campaign, teacher, everything(ICT, SOME))
    await diagnose(world, second, third)
    await diagnose(world, third, source="second")
    found = await look(world, "D1")
    assert counted(found) == (3, PEOPLE)
    assert rows(found, "subject")["математика"] == (3, 24)
    assert part(await look(world, "D2"), "ict_area") == (3, pytest.approx(3 / PEOPLE * 100))


async def test_the_profile_takes_the_outside_index_only_where_the_own_says_nothing(world: World) -> None:
    await recognise(world, CENTRE)
    campaign = await world.open()
    first, second = world.teachers["school-1"][:2]
    await world.answer_named(campaign, first, everything(ICT, MUCH))
    await diagnose(world, first, areas={"ict_area": 10.0, "methodical_area": 40.0})
    await diagnose(world, second, on=date(2026, 3, 1), areas={"ict_area": 90.0})
    await diagnose(world, second, areas={"ict_area": 50.0})
    found = await look(world, "D3")
    assert part(found, "ict_area") == (2, pytest.approx((100 + 50) / 2))
    assert part(found, "methodical_area") == (1, 40)
    (ict,) = [one for one in found.parts if one.code == "ict_area"]
    assert ({one.code: one.count for one in ict.bands}, ict.measure.denominator) == (
        {"none": 0, "minimal": 0, "medium": 1, "high": 1},
        2,
    )


async def test_without_the_own_survey_only_outside_ones_count(world: World) -> None:
    await recognise(world, CENTRE, own=False)
    campaign = await world.open()
    first, second = world.teachers["school-1"][:2]
    await world.answer_named(campaign, first, everything(ICT, SOME))
    await diagnose(world, second)
    assert counted(await look(world, "D1")) == (1, PEOPLE)
    assert part(await look(world, "D2"), "ict_area")[0] == 1


async def test_a_coordinator_sees_the_own_organisation(world: World) -> None:
    await recognise(world, CENTRE)
    await diagnose(world, world.teachers["school-1"][0], world.teachers["school-2"][0])
    found = await look(world, "D1", world.coordinator("school-2"))
    assert counted(found) == (1, 12)
    assert [one.people for one in found.outside] == [1]


async def figures(world: World) -> list[IndicatorView]:
    async with world.db.read() as session:
        return [await view(session, world.clock, world.methodist, world.town, code) for code in ("D1", "D2", "D3")]


AREAS = st.dictionaries(st.sampled_from(["ict_area", "methodical_area", "unknown"]), st.floats(0, 100), max_size=3)
UNCOUNTED = st.tuples(st.sampled_from(["other", "unknown"]), st.just(TAKEN)) | st.tuples(
    st.just("centre"), st.sampled_from([date(2025, 12, 31), date(2027, 1, 1)])
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_without_one_that_counts_all_figures_are_as_before(world: World, data: st.DataObject) -> None:
    """Diagnoses of other sources and of other years change nothing (but the year before has its own figure)."""
    await recognise(world, CENTRE, ONLY_LOOKED_AT)
    before = await figures(world)
    source, on = data.draw(UNCOUNTED)
    teacher = world.everybody[data.draw(st.integers(0, PEOPLE - 1))]
    async with world.db.write() as session:
        row = Diagnosis(teacher_id=teacher, source=source, taken_on=on, areas=data.draw(AREAS))
        session.add(row)
    after = await figures(world)
    async with world.db.write() as session:
        await session.delete(await session.get_one(Diagnosis, row.id))
    assert list(map(told, after)) == list(map(told, before))


def told(found: IndicatorView) -> tuple[object, ...]:
    return found.measure, [one.measure for one in found.parts], found.breakdowns, found.outside
