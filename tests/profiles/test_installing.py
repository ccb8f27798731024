"""A profile becomes rows, and again the same rows (SPEC, table of profiles)."""

from pathlib import Path

from sqlalchemy import func, select

from core.profiles.actions import Installed, install
from core.profiles.loading import load_profile, load_reference
from storage.models import (
    Association,
    AuditEntry,
    MonitoredIndicator,
    Municipality,
    Organisation,
    PlanMeasure,
    Position,
    Target,
)
from storage.session import Database
from tests.clocks import SetClock

PROFILES = Path(__file__).parents[2] / "profiles"


async def install_zima(db: Database, clock: SetClock) -> Installed:
    return await install(db, clock, load_profile(PROFILES / "zima.yaml"), load_reference(PROFILES / "reference.yaml"))


async def test_zima_has_what_its_source_names(db: Database, clock: SetClock) -> None:
    installed = await install_zima(db, clock)
    async with db.read() as session:
        counts = {
            table: await session.scalar(select(func.count()).select_from(table))
            for table in (Organisation, Association, MonitoredIndicator)
        }
        wholes = await session.scalar(select(func.count()).select_from(Target).where(Target.part == ""))
        seminars = await session.scalar(select(PlanMeasure).where(PlanMeasure.number == "7.6"))
        municipality = await session.get_one(Municipality, installed.municipality_id)
    assert counts == {Organisation: 19, Association: 33, MonitoredIndicator: 20}
    assert wholes == 7
    assert seminars is not None
    assert seminars.dates == ["2022-03-29", "2022-04-05", "2022-10-18", "2022-11-22"]
    assert municipality.settings["disclosure"] == {"burnout": 10, "default": 5}
    assert municipality.settings["words"]["association_short"] == "ГМО"


async def test_a_second_time_changes_nothing(db: Database, clock: SetClock) -> None:
    await install_zima(db, clock)
    again = await install_zima(db, clock)
    assert (again.added, again.changed) == (0, 0)
    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(AuditEntry)) == 1


async def test_what_the_municipality_entered_stays(db: Database, clock: SetClock) -> None:
    installed = await install_zima(db, clock)
    async with db.write() as session:
        row = await session.get_one(Municipality, installed.municipality_id)
        row.settings = {**row.settings, "help_contact": "психолог центра"}
        position = await session.scalar(select(Position).where(Position.code == "teacher"))
        assert position is not None
        position.title = "преподаватель"
    again = await install_zima(db, clock)
    assert (again.added, again.changed) == (0, 1)
    async with db.read() as session:
        row = await session.get_one(Municipality, installed.municipality_id)
    assert row.settings["help_contact"] == "психолог центра"


async def test_the_goal_of_the_diagnosis_comes_from_the_plan(db: Database, clock: SetClock) -> None:
    await install_zima(db, clock)
    async with db.read() as session:
        measure = await session.scalar(select(PlanMeasure).where(PlanMeasure.number == "5.1"))
    assert measure is not None
    (expected,) = measure.expected
    assert (expected["value"], expected["unit"], expected["indicators"]) == (10.0, "percent", ["D1"])
