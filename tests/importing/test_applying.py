"""Applying is all or nothing also where others act at the same time; what was learnt is kept for the next file."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from core.errors import AppError
from core.importing import actions, memory, queries, writing
from core.importing.applying import Applied
from core.importing.model import Column, ColumnUse, ImportKind, ImportState, Layout, Mapping, Person, SheetUse, Verdict
from core.importing.progress import progress
from storage.models import AuditEntry, ImportChange, ImportMemory, Teacher
from tests.importing.world import FIRST, SECOND, SHEET, SOMEBODY, World


async def people(world: World) -> int:
    async with world.db.read() as session:
        return (await session.execute(select(func.count()).select_from(Teacher))).scalar_one()


async def state(world: World, run: int) -> ImportState:
    async with world.db.read() as session:
        return (await queries.run(session, world.methodist, run)).state


async def test_pressed_twice_it_is_applied_once(world: World) -> None:
    run = await world.read(SOMEBODY)
    both = await asyncio.gather(*(world.apply(run) for _ in range(2)), return_exceptions=True)
    assert sorted(map(str, both)) == sorted(["(1, 0)", "import.not_ready"])
    assert await people(world) == 1


async def test_two_files_with_the_same_person_add_one(world: World) -> None:
    runs = [await world.read(SOMEBODY), await world.read(SOMEBODY)]
    both = await asyncio.gather(*(world.apply(run) for run in runs), return_exceptions=True)
    assert sorted(map(str, both)) == sorted(["(1, 0)", "import.outdated"])
    assert await people(world) == 1


async def test_somebody_added_meanwhile_is_not_added_again(world: World) -> None:
    run = await world.read(SOMEBODY)
    async with world.db.write() as session:
        session.add(
            Teacher(
                municipality_id=world.town,
                organisation_id=world.organisations[FIRST],
                position_id=next(iter(world.positions.values())),
                surname=SOMEBODY.surname,
                given_name=SOMEBODY.given_name,
                patronymic=SOMEBODY.patronymic,
            )
        )
    with pytest.raises(AppError, match="outdated"):
        await world.apply(run)
    assert (await people(world), await state(world, run)) == (1, ImportState.READING)


async def test_an_error_in_the_middle_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.load(SOMEBODY)
    before = await world.tables()
    run = await world.read(replace(SOMEBODY, organisation=SECOND), replace(SOMEBODY, surname="Новикова"))

    async def fail(*_args: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(writing.Writer, "change", fail)
    with pytest.raises(RuntimeError):
        await world.apply(run)
    assert await world.tables() == before
    assert await state(world, run) is ImportState.READY
    assert progress(run) is None
    monkeypatch.undo()
    assert await world.apply(run) == (1, 1)


async def test_a_namesake_is_not_met_halfway(world: World) -> None:
    """One moves to where the other one is added: each row is decided by the registry as it was looked at."""
    await world.load(SOMEBODY)
    run = await world.read(
        replace(SOMEBODY, organisation=SECOND), replace(SOMEBODY, organisation=SECOND, birth_year=1999)
    )
    assert await world.apply(run) == (1, 1)
    assert await people(world) == 2


async def test_others_get_their_turn_and_progress_is_told(world: World) -> None:
    crowd = [replace(SOMEBODY, surname=f"Примеров{chr(1072 + n // 32)}{chr(1072 + n % 32)}") for n in range(1_000)]
    run = await world.read(*crowd)
    seen = set()

    async def watch() -> None:
        while True:
            async with world.db.read() as session:
                view = await queries.run(session, world.methodist, run)
            if view.state is ImportState.APPLYING:
                seen.add((view.stage_done, view.stage_whole))
            await asyncio.sleep(0)

    watcher = asyncio.create_task(watch())
    try:
        assert await actions.apply(world.db, world.clock, world.methodist, run) == Applied(1_000, 0)
    finally:
        watcher.cancel()
    assert {whole for _, whole in seen} <= {0, 1_000}
    assert len(seen) > 1
    async with world.db.read() as session:
        counted = [
            (await session.execute(select(func.count()).select_from(table).where(condition))).scalar_one()
            for table, condition in (
                (AuditEntry, AuditEntry.action == "teacher.added"),
                (ImportChange, ImportChange.added),
            )
        ]
    assert counted == [1_000, 1_000]


HAND = Mapping(
    headings={"спец": "subjects"},
    organisations={"та школа": 1},
    people={"Лист1!3": 0},
    skipped_sheets=("Лист9",),
)


async def test_what_was_put_right_is_remembered_but_for_what_is_of_one_file(world: World) -> None:
    run = await world.read(SOMEBODY)
    await actions.set_mapping(world.db, world.clock, world.methodist, run, HAND)
    await actions.read(world.db, world.clock, run)
    await world.apply(run)
    following = await world.read(SOMEBODY)
    async with world.db.read() as session:
        kept = await memory.remembered(session, world.town, ImportKind.STAFF)
        nothing = await memory.remembered(session, world.town, ImportKind.DIAGNOSES)
        view = await queries.run(session, world.methodist, following)
    assert kept == replace(HAND, people={}, skipped_sheets=())
    assert nothing == Mapping()
    assert view.mapping == kept


async def test_what_is_not_applied_teaches_nothing(world: World) -> None:
    run = await world.read(SOMEBODY)
    await actions.set_mapping(world.db, world.clock, world.methodist, run, HAND)
    async with world.db.read() as session:
        assert (await session.scalars(select(ImportMemory))).all() == []


def test_the_layout_is_that_of_the_first_sheet_with_people() -> None:
    columns = (ColumnUse(1, "ФИО", Column.FULL_NAME), ColumnUse(2, "Телефон", Column.IGNORED))
    sheets = (
        SheetUse("Титул", 0, (), skipped=True),
        SheetUse("1", 3, columns, "СОШ № 1"),
        SheetUse("2", 3, columns[:1], "СОШ № 2"),
    )
    assert memory.layout_seen(sheets) == Layout((("ФИО", "full_name"), ("Телефон", "ignored")), by_sheet=True)
    assert memory.layout_seen(sheets[:2]).by_sheet is False
    assert memory.layout_seen(sheets[:1]) == Layout()
    found = memory.layout_seen([SHEET])
    assert memory.layout_of(memory.layout_json(found)) == found


async def test_a_reading_that_was_begun_again_leaves_the_first_one_without_a_say(world: World) -> None:
    """Two processes take up the same file: one of both counts, and no row is there twice."""
    content = world.file(SOMEBODY, Person("Лист1", 4, FIRST, "Вторая", "Анна", None, 1990, "учитель"))
    run = await actions.upload(
        world.db, world.clock, world.methodist, world.town, ImportKind.STAFF, "a.xlsx", content, {}
    )
    await asyncio.gather(*(actions.read(world.db, world.clock, run) for _ in range(3)))
    async with world.db.read() as session:
        view = await queries.run(session, world.methodist, run)
    assert (view.state, view.counts) == (ImportState.READY, {Verdict.ADDED: 2})
