"""SPEC §12: nine stages, each with its state for the current period, and what is due next."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.campaigns import actions
from core.cycle.model import Cycle, GroupCycle, Reason, StageCode, StageState
from core.cycle.queries import cycle
from core.cycle.rules import GroupFacts, PlannedMeasure, broken_at, stages
from core.errors import NotFound
from core.indicators.model import IndicatorGroup
from core.people.model import Actor
from core.profiles.actions import install
from core.profiles.loading import load_profile, load_reference
from storage.models import MonitoredIndicator, Municipality, PlanMeasure
from storage.session import Database
from tests.campaigns.world import SIZES, World
from tests.clocks import SetClock

PROFILES = Path(__file__).parents[2] / "profiles"
PEOPLE = sum(SIZES.values())


async def look(world: World, actor: Actor | None = None) -> Cycle:
    async with world.db.read() as session:
        return await cycle(session, world.clock, actor or world.methodist, world.town)


def states(group: GroupCycle) -> dict[StageCode, tuple[StageState, Reason]]:
    return {stage.code: (stage.state, stage.reason) for stage in group.stages}


async def settle(world: World) -> None:
    """What a profile brings: a goal, monitored indicators, a plan of this year."""
    async with world.db.write() as session:
        town = await session.get_one(Municipality, world.town)
        town.settings = {"goals": {"main": "Помочь педагогам расти"}, "demanding_document": "План на 2026 год"}
        for code in ("D1", "D2", "D3", "B1"):
            session.add(
                MonitoredIndicator(
                    municipality_id=world.town, indicator=code, demanded=True, period="year", due="12-15", source=""
                )
            )
        session.add(
            PlanMeasure(
                municipality_id=world.town,
                year=2026,
                number="5.1",
                section="5",
                title="Диагностика",
                period_text="ноябрь",
                dates=["2026-11-01", "2026-12-01"],
                expected_text="10 %",
                expected=[{"value": 10.0, "unit": "percent", "comparison": "exactly", "indicators": ["D1"]}],
                source="",
            )
        )


async def test_an_empty_town_has_everything_before_it(world: World) -> None:
    found = await look(world)
    assert [group.group for group in found.groups] == list(IndicatorGroup)
    for group in found.groups:
        assert [stage.code for stage in group.stages] == list(StageCode)
        assert StageState.DONE not in {stage.state for stage in group.stages}
        assert group.broken_at is StageCode.GOALS


async def test_the_chain_as_a_campaign_goes_on(world: World) -> None:
    await settle(world)
    (diagnostics, wellbeing) = (await look(world)).groups
    assert states(diagnostics)[StageCode.GOALS] == (StageState.DONE, Reason.GOALS_SET)
    assert states(diagnostics)[StageCode.INDICATORS] == (StageState.DONE, Reason.MONITORED)
    assert states(wellbeing)[StageCode.INDICATORS] == (StageState.IN_PROGRESS, Reason.MONITORED)
    assert diagnostics.broken_at is StageCode.COLLECTION
    campaign = await world.create()
    assert states((await look(world)).groups[0])[StageCode.COLLECTION][1] is Reason.CAMPAIGN_PREPARED
    await actions.open_now(world.db, world.clock, world.methodist, campaign)
    diagnostics = (await look(world)).groups[0]
    collection = diagnostics.stages[2]
    assert (collection.reason, collection.count, collection.total) == (Reason.CAMPAIGN_OPEN, 0, PEOPLE)
    assert states(diagnostics)[StageCode.MONITORING] == (StageState.IN_PROGRESS, Reason.VALUES_GROWING)
    await world.close(campaign)
    diagnostics = (await look(world)).groups[0]
    assert states(diagnostics)[StageCode.COLLECTION][0] is StageState.DONE
    assert states(diagnostics)[StageCode.ANALYSIS] == (StageState.DUE, Reason.DOCUMENT_MISSING)
    assert states(diagnostics)[StageCode.DECISIONS] == (StageState.NOTHING, Reason.WAITING)
    assert diagnostics.broken_at is StageCode.ANALYSIS


async def test_what_is_due_next_comes_in_order(world: World) -> None:
    await settle(world)
    await world.open(title="Дефициты", closes_at=world.clock.now() + timedelta(days=3))
    due = (await look(world)).due
    assert [(one.on, one.stage) for one in due] == [
        (date(2026, 11, 26), StageCode.COLLECTION),
        (date(2026, 12, 1), StageCode.MEASURES),
        (date(2026, 12, 15), StageCode.MONITORING),
        (date(2026, 12, 15), StageCode.MONITORING),
    ]
    assert "D1, D2, D3" in " ".join(one.title for one in due)
    assert not any(one.late for one in due)


async def test_a_day_that_has_passed_without_values_is_late(world: World) -> None:
    await settle(world)
    world.clock.advance(days=25)
    assert {one.on for one in (await look(world)).due if one.late} == {date(2026, 12, 15)}
    campaign = await world.open()
    await world.close(campaign)
    late = [one for one in (await look(world)).due if one.late]
    assert len(late) == 1
    assert "B1" in late[0].title


async def test_who_may_look(world: World) -> None:
    assert (await look(world, world.coordinator("school-1"))).municipality_id == world.town
    with pytest.raises(NotFound):
        await look(world, world.stranger)


async def test_zima_says_that_its_plan_is_of_an_earlier_year(sqlite_db: Database, clock: SetClock) -> None:
    profile, reference = load_profile(PROFILES / "zima.yaml"), load_reference(PROFILES / "reference.yaml")
    installed = await install(sqlite_db, clock, profile, reference)
    methodist = Actor(0, None, None, municipalities=frozenset({installed.municipality_id}))
    async with sqlite_db.read() as session:
        found = await cycle(session, clock, methodist, installed.municipality_id)
    measures = states(found.groups[0])[StageCode.MEASURES]
    assert measures == (StageState.DUE, Reason.PLAN_OUTDATED)
    assert found.groups[0].stages[6].year == 2022
    assert found.goal.startswith("Обеспечение")
    assert found.document.startswith("План работы")


def facts(**changes: object) -> GroupFacts:
    known: dict[str, object] = {
        "has_goal": True,
        "indicators": 3,
        "monitored": 3,
        "campaigns": (),
        "plan_year": 2026,
        "year": 2026,
        "measures": (),
        "today": date(2026, 6, 1),
    }
    return GroupFacts(**{**known, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "state", "reason"),
    [
        ({"plan_year": None}, StageState.DUE, Reason.PLAN_MISSING),
        ({"plan_year": 2025}, StageState.DUE, Reason.PLAN_OUTDATED),
        ({}, StageState.NOTHING, Reason.PLAN_MISSING),
        ({"measures": (PlannedMeasure("1", "а", (date(2026, 5, 1),)),)}, StageState.DONE, Reason.MEASURES_DONE),
        (
            {"measures": (PlannedMeasure("1", "а", (date(2026, 6, 1),)),)},
            StageState.IN_PROGRESS,
            Reason.MEASURES_PLANNED,
        ),
    ],
)
def test_measures(changes: dict[str, object], state: StageState, reason: Reason) -> None:
    stage = stages(facts(**changes))[6]
    assert (stage.state, stage.reason) == (state, reason)


def test_a_chain_where_nobody_has_to_act_is_whole() -> None:
    assert broken_at([stage for stage in stages(facts()) if stage.state is not StageState.DUE]) is None
