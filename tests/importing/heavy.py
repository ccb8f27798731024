"""100,000 people go in and out in a process of its own, which says how much it has grown. Run by test_memory."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from core.importing import actions, exporting, queries, source
from core.importing.encoding import person_json, sheet_json
from core.importing.model import Course, ImportKind, Person, Verdict
from core.people.model import Category, TrainingKind
from storage.session import open_database
from tests.clocks import SetClock
from tests.importing.world import FIRST, MATHS, SECOND, SHEET, TEACHER, World, build

FROM_FILE = source.items
LETTERS = "абвгдежзик"
COURSE = Course("Цифровые инструменты", "Институт", TrainingKind.ADVANCED, 72, date(2023, 5, 20))


def person(number: int) -> Person:
    name = "".join(LETTERS[int(digit)] for digit in f"{number:06}")
    return Person(
        "Лист1",
        number + 3,
        (FIRST, SECOND)[number % 2],
        f"Примеров{name}",
        "Проба",
        "Пробович",
        1980,
        TEACHER,
        (MATHS,),
        category=Category.FIRST,
        category_date=date(2022, 3, 12),
        courses=(COURSE,),
    )


def peak() -> int:
    """Kilobytes that the process has ever taken (proc(5), VmHWM)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = [one for one in status.splitlines() if one.startswith("VmHWM:")]
    return int(line.split()[1])


async def go(url: str, people: int) -> dict[str, int]:
    clock = SetClock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
    async with open_database(url) as db:
        world = await build(db, clock)
        await _round(world, 2_000)
        found = {"before": peak()}
        run = await _read(world, people)
        applied = await actions.apply(db, clock, world.methodist, run)
        found |= {"people": applied.added, "applied": peak()}
        await _export(world)
        found["exported"] = peak()
    return found


async def _round(world: World, people: int) -> None:
    """Everything once, small: imports and caches are not growth."""
    run = await _read(world, people)
    await actions.apply(world.db, world.clock, world.methodist, run)
    await _read_again(world, await _export(world))
    await actions.undo(world.db, world.clock, world.methodist, run)


async def _export(world: World) -> bytes:
    async with world.db.read() as session:
        return await exporting.export(
            session, world.methodist, world.town, by_sheet=False, organisation_ids=None, today=date(2026, 11, 23)
        )


async def _read_again(world: World, content: bytes) -> int:
    """The workbook, in a child process as the program does it. How many people it would leave as they are."""
    source.items = FROM_FILE
    kind = ImportKind.STAFF
    run = await actions.upload(world.db, world.clock, world.methodist, world.town, kind, "a.xlsx", content, {})
    await actions.read(world.db, world.clock, run)
    async with world.db.read() as session:
        return (await queries.run(session, world.methodist, run)).counts.get(Verdict.LEFT, 0)


async def _read(world: World, people: int) -> int:
    async def items(store: Any, clock: Any, scope: Any) -> AsyncGenerator[dict[str, Any], None]:
        yield {"sheet": sheet_json(SHEET)}
        for number in range(people):
            yield {"person": person_json(person(number))}

    source.items = items
    run = await actions.upload(world.db, world.clock, world.methodist, world.town, ImportKind.STAFF, "a.xlsx", b"x", {})
    await actions.read(world.db, world.clock, run)
    return run


if __name__ == "__main__":
    json.dump(asyncio.run(go(sys.argv[1], int(sys.argv[2]))), sys.stdout)
