"""B1 and B2 (SPEC §3, §12): coverage is open, levels come only from frozen releases."""

from datetime import timedelta

import pytest

from core.audiences.model import Audience
from core.campaigns.model import ParticipationState
from core.people.model import OrganisationKind
from tests.campaigns.world import SIZES, World
from tests.indicators.test_diagnostics import look, rows

PEOPLE = sum(SIZES.values())


async def answer_all(world: World, campaign: int, shift: float = 0.0, **only: list[int]) -> None:
    for number, teacher in enumerate(only.get("teachers", world.everybody)):
        value = 25.0 * (number % 4) + shift
        await world.cast(campaign, teacher, work_scale=value, students_scale=100 - value)


async def test_coverage_is_submitted_of_invited(world: World) -> None:
    campaign = await world.open("burnout", audience=Audience(kinds=frozenset({OrganisationKind.SCHOOL})))
    for teacher in world.teachers["school-1"][:9]:
        await world.set_state(campaign, teacher, ParticipationState.SUBMITTED)
    found = await look(world, "B1")
    assert found.measure is not None
    assert (found.measure.numerator, found.measure.denominator, found.measure.value) == (9, 36, 25)
    assert rows(found, "kind") == {"Школы": (9, 36)}
    assert rows(found, "organisation") == {"school-1": (9, 24), "school-2": (0, 12)}
    assert found.missing, "the wave is still open"


async def test_coverage_is_of_the_last_wave_and_all_waves_are_listed(world: World) -> None:
    first = await world.open("burnout", title="Весна")
    await world.set_state(first, world.everybody[0], ParticipationState.SUBMITTED)
    await world.close(first)
    world.clock.advance(days=1)
    await world.open("burnout", title="Осень")
    found = await look(world, "B1")
    assert found.measure is not None
    assert found.measure.numerator == 0
    assert rows(found, "wave") == {"Весна": (1, PEOPLE), "Осень": (0, PEOPLE)}


async def test_no_wave_no_value(world: World) -> None:
    found = await look(world, "B1")
    assert found.measure is not None
    assert found.measure.value is None
    assert (await look(world, "B2")).parts == ()


async def test_levels_appear_only_when_the_wave_is_closed(world: World) -> None:
    campaign = await world.open("burnout")
    await answer_all(world, campaign)
    assert (await look(world, "B2")).parts == ()
    await world.close(campaign)
    found = await look(world, "B2")
    parts = {part.code: part for part in found.parts}
    assert set(parts) == {"work_scale", "students_scale"}, "the personal scale was switched off"
    work = parts["work_scale"]
    assert (work.measure.denominator, work.measure.value) == (PEOPLE, 36.6)
    assert work.measure.numerator is None, "how many skipped a scale is not told"
    assert work.band == "усталость беспокоит изредка"
    assert sum(one.share for one in work.bands) == pytest.approx(100, abs=0.2)
    assert all(one.count is None for one in work.bands)


async def test_levels_have_only_the_cuts_that_were_disclosed(world: World) -> None:
    campaign = await world.open("burnout")
    await answer_all(world, campaign)
    await world.close(campaign)
    # Three people have worked under three years, so nobody's years may be told.
    breakdowns = {one.code: [row.title for row in one.rows] for one in (await look(world, "B2")).breakdowns}
    assert breakdowns == {
        "kind": ["Школы", "Детские сады"],
        "experience": [],
        "cluster": ["kindergarten", "school-1, school-2"],
        "wave": ["Волна burnout"],
    }


async def test_the_wave_before_stands_beside_as_dynamics(world: World) -> None:
    first = await world.open("burnout", title="Весна")
    await answer_all(world, first)
    await world.close(first)
    world.clock.advance(days=200)
    second = await world.open("burnout", title="Осень", closes_at=world.clock.now() + timedelta(days=9))
    await answer_all(world, second, shift=10.0)
    await world.close(second)
    (work,) = [part for part in (await look(world, "B2")).parts if part.code == "work_scale"]
    assert work.previous is not None
    assert (work.previous.value, work.measure.value) == (36.6, 46.6)


async def test_too_few_answers_look_like_none(world: World) -> None:
    campaign = await world.open("burnout")
    await answer_all(world, campaign, teachers=world.everybody[:9])
    await world.close(campaign)
    found = await look(world, "B2")
    assert {part.code for part in found.parts} == {"work_scale", "students_scale"}
    assert {part.measure.value for part in found.parts} == {None}
    assert {part.measure.denominator for part in found.parts} == {None}
    assert all(part.bands == () for part in found.parts)


async def test_a_coordinator_sees_levels_of_the_own_organisation_only_when_it_is_a_cluster_by_itself(
    world: World,
) -> None:
    campaign = await world.open("burnout")
    await answer_all(world, campaign)
    await world.close(campaign)
    alone = await look(world, "B2", world.coordinator("kindergarten"))
    assert {part.measure.denominator for part in alone.parts} == {22}
    assert {one.measure.denominator for one in alone.beside_parts} == {PEOPLE}
    assert {one.code for one in alone.breakdowns} == {"wave"}
    mixed = await look(world, "B2", world.coordinator("school-2"))
    assert {part.measure.value for part in mixed.parts} == {None}
    assert {one.measure.denominator for one in mixed.beside_parts} == {PEOPLE}
