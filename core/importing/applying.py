"""A compared file goes into the registry, all of it inside the caller's transaction or nothing.

First everything is compared once more, then it is written: a person who moves within the file must not be met
halfway by the row of a namesake.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock, local_date
from core.errors import AppError
from core.importing import memory, storing
from core.importing.encoding import mapping_json, mapping_of, person_of, sheet_of
from core.importing.loading import Scope, decide_row, load_cards, load_known
from core.importing.model import ImportKind, ImportState, Verdict
from core.importing.progress import Progress
from core.importing.writing import Writer
from core.people.model import Actor
from storage.models import ImportRow, ImportRun, Municipality

PART = 500
_TO_WRITE = (Verdict.ADDED, Verdict.CHANGED)


@dataclass(frozen=True, slots=True)
class Applied:
    """How many people were added, and how many records were changed."""

    added: int
    changed: int


def check_ready(run: ImportRun) -> None:
    """Raises AppError: import.not_ready, import.has_problems, import.nothing_to_do."""
    if run.state != ImportState.READY:
        raise AppError("import.not_ready")
    if run.summary.get("problems"):
        raise AppError("import.has_problems")
    counts = run.summary.get("counts", {})
    if not counts.get(Verdict.ADDED) and not counts.get(Verdict.CHANGED):
        raise AppError("import.nothing_to_do")


async def apply_run(session: AsyncSession, clock: Clock, actor: Actor, run: ImportRun, progress: Progress) -> Applied:
    """`run` is locked. Afterwards it holds no content and no rows, and the next file knows what this one has taught.

    Raises AppError: import.not_ready when somebody else was quicker, import.outdated.
    """
    if run.state != ImportState.APPLYING:
        raise AppError("import.not_ready")
    town = await _locked_town(session, run.municipality_id)
    scope = Scope.of(run, mapping_of(run.mapping))
    writer = Writer(session, run.id, town.id, actor, clock.now(), local_date(clock.now(), town.timezone))
    applied = await _write_all(session, scope, run, writer, progress)
    sheets = [sheet_of(one) for one in run.summary["sheets"]]
    await memory.remember(session, town.id, scope.kind, scope.mapping, sheets)
    await storing.forget_rows(session, run.id)
    run.content, run.state, run.applied_at = None, ImportState.APPLIED, clock.now()
    run.mapping = mapping_json(replace(scope.mapping, people={}))
    run.summary = {**run.summary, "unknown": [], "missing": 0}
    return applied


async def _locked_town(session: AsyncSession, municipality_id: int) -> Municipality:
    """Two imports into one municipality wait for each other."""
    found = select(Municipality).where(Municipality.id == municipality_id).with_for_update(key_share=True)
    return (await session.scalars(found)).one()


async def _write_all(
    session: AsyncSession, scope: Scope, run: ImportRun, writer: Writer, progress: Progress
) -> Applied:
    """Raises AppError import.outdated when the registry is not what the file was compared with any more."""
    progress.whole = await _how_many(session, run)
    checked = 0
    async for rows in _parts(session, run):
        await _check(session, scope, rows)
        checked += len(rows)
        progress.done = checked // 2
    numbers = {Verdict.ADDED: 0, Verdict.CHANGED: 0}
    async for rows in _parts(session, run):
        for row in rows:
            numbers[Verdict(row.verdict)] += 1
        if scope.kind is ImportKind.DIAGNOSES:
            await writer.write_diagnoses(scope, rows)
        else:
            await writer.add([one for one in rows if one.verdict == Verdict.ADDED])
            await writer.change([one for one in rows if one.verdict == Verdict.CHANGED])
        progress.done = (checked + sum(numbers.values())) // 2
    return Applied(numbers[Verdict.ADDED], numbers[Verdict.CHANGED])


async def _how_many(session: AsyncSession, run: ImportRun) -> int:
    found = select(func.count()).where(ImportRow.run_id == run.id, ImportRow.verdict.in_(_TO_WRITE))
    return (await session.execute(found)).scalar_one()


async def _parts(session: AsyncSession, run: ImportRun) -> AsyncIterator[Sequence[ImportRow]]:
    """Rows that change something, in the file's order; others get their turn in between."""
    last = 0
    while True:
        found = (
            select(ImportRow)
            .where(ImportRow.run_id == run.id, ImportRow.verdict.in_(_TO_WRITE), ImportRow.number > last)
            .order_by(ImportRow.number)
            .limit(PART)
        )
        rows = list(await session.scalars(found))
        if not rows:
            return
        last = rows[-1].number
        yield rows
        await asyncio.sleep(0)


async def _check(session: AsyncSession, scope: Scope, rows: Sequence[ImportRow]) -> None:
    """The rows would still do what has been looked at."""
    known = await load_known(session, scope)
    persons = [person_of(row.data["person"]) for row in rows]
    cards = await load_cards(session, scope, persons, lock=True)
    for row, person in zip(rows, persons, strict=True):
        line = decide_row(row.number, person, cards, known, scope)
        changes = {field: list(pair) for field, pair in line.changes.items()}
        now = (line.verdict, line.teacher_id, changes, line.plan)
        if now != (row.verdict, row.teacher_id, row.changes, row.data["plan"]):
            raise AppError("import.outdated")
