"""A workbook as municipalities keep it goes in, comes out and goes in again unchanged; nothing is faked here."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.importing import actions, exporting, queries
from core.importing.model import ImportKind, ImportState, Mapping, Verdict
from core.people.model import Actor, Role
from core.profiles import actions as profiles
from core.profiles.loading import REFERENCE_FILE, load_profile, load_reference
from playground.workbooks.layouts import Layout
from playground.workbooks.samples import Sample, sample
from storage.models import Account, Organisation, Teacher
from storage.searching import searchable
from storage.session import Database
from tests.clocks import SetClock

PROFILES = Path(__file__).parents[2] / "profiles"
DAY = date(2026, 11, 23)
SCHOOLS, PEOPLE = 20, 300
"""The whole way with 2,000 people, through the pages, is tests/e2e/test_import_round.py."""

pytestmark = pytest.mark.processes


class Town:
    """A municipality out of its profile, with the organisations of the sample."""

    def __init__(self, db: Database, clock: SetClock, town: int, account: int) -> None:
        self.db, self.clock, self.town = db, clock, town
        self.methodist = Actor(account, None, town, municipalities=frozenset({town}), roles=frozenset({Role.METHODIST}))

    async def read(self, name: str, content: bytes) -> int:
        run = await actions.upload(self.db, self.clock, self.methodist, self.town, ImportKind.STAFF, name, content, {})
        await actions.read(self.db, self.clock, run)
        return run

    async def view(self, run: int) -> queries.RunView:
        async with self.db.read() as session:
            return await queries.run(session, self.methodist, run)

    async def fatal(self, run: int) -> list[str]:
        async with self.db.read() as session:
            found, _ = await queries.problems(session, self.methodist, run, page=None, fatal=True)
        return [f"{one.sheet} {one.row} {one.column}: {one.message}" for one in found]

    async def export(self, *, by_sheet: bool) -> bytes:
        async with self.db.read() as session:
            return await exporting.export(
                session, self.methodist, self.town, by_sheet=by_sheet, organisation_ids=None, today=DAY
            )


async def furnish(db: Database, clock: SetClock, made: Sample) -> Town:
    reference = load_reference(PROFILES / REFERENCE_FILE)
    installed = await profiles.install(db, clock, load_profile(PROFILES / "zima.yaml"), reference)
    async with db.write() as session:
        account = Account(name="Методист", created_at=clock.now())
        session.add(account)
        known = set(await session.scalars(select(Organisation.search)))
        for number, name in enumerate(sorted({one["organisation"] for one in made.truth})):
            if searchable(name, name) not in known and not any(searchable(name) in one for one in known):
                session.add(
                    Organisation(
                        municipality_id=installed.municipality_id,
                        code=f"made-up-{number}",
                        name=name,
                        short_name=name[:120],
                        kind="school",
                    )
                )
        await session.flush()
        return Town(db, clock, installed.municipality_id, account.id)


async def explain(town: Town, run: int) -> None:
    """What a methodist does: says what unknown names are, taking the likest."""
    view = await town.view(run)
    meant: dict[str, dict[str, int]] = {"organisation": {}, "position": {}, "subject": {}}
    for one in view.unknown:
        if one.near:
            meant[one.kind][searchable(one.name)] = one.near[0]
    mapping = Mapping(
        headings=view.mapping.headings,
        organisations={**view.mapping.organisations, **meant["organisation"]},
        positions={**view.mapping.positions, **meant["position"]},
        subjects={**view.mapping.subjects, **meant["subject"]},
    )
    await actions.set_mapping(town.db, town.clock, town.methodist, run, mapping)
    await actions.read(town.db, town.clock, run)


@pytest.mark.parametrize("layout", list(Layout))
async def test_in_and_out_and_in_again(sqlite_db: Database, clock: SetClock, layout: Layout) -> None:
    made = sample(layout, SCHOOLS, PEOPLE, 7, today=DAY)
    town = await furnish(sqlite_db, clock, made)
    run = await town.read(made.file_name, made.content)
    if (await town.view(run)).unknown:
        await explain(town, run)
    assert await town.fatal(run) == []
    view = await town.view(run)
    assert (view.state, view.counts) == (ImportState.READY, {Verdict.ADDED: PEOPLE})
    await actions.apply(town.db, clock, town.methodist, run)
    async with sqlite_db.read() as session:
        assert (await session.execute(select(func.count()).select_from(Teacher))).scalar_one() == PEOPLE
    again = await town.read(made.file_name, made.content)
    assert dict((await town.view(again)).counts) == {Verdict.LEFT: PEOPLE}
    for by_sheet in (False, True):
        out = await town.read("Педагоги.xlsx", await town.export(by_sheet=by_sheet))
        assert await town.fatal(out) == []
        assert dict((await town.view(out)).counts) == {Verdict.LEFT: PEOPLE}
