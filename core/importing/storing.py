"""Rows of a file in the database, while it is read and compared."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.importing.deciding import Line
from core.importing.encoding import problem_json
from core.importing.model import ImportState, Problem, Verdict
from storage.models import ImportRow, ImportRun, Teacher

APART = "apart"
"""Instead of a verdict: the row holds a problem that belongs to no person."""
_LONGEST_TITLE = 100


async def locked_run(session: AsyncSession, run_id: int) -> ImportRun | None:
    """As it is now, and nobody else changes it until the transaction ends."""
    return await session.scalar(
        select(ImportRun).where(ImportRun.id == run_id).with_for_update().execution_options(populate_existing=True)
    )


async def readers_run(session: AsyncSession, run_id: int, reader: str) -> ImportRun | None:
    """None when the file was given up, or is read by somebody who began later."""
    run = await locked_run(session, run_id)
    mine = run is not None and run.state == ImportState.READING and run.summary.get("reader") == reader
    return run if mine else None


async def store_lines(session: AsyncSession, run_id: int, lines: Sequence[Line]) -> None:
    if lines:
        await session.execute(insert(ImportRow), [_row(run_id, one) for one in lines])


def _row(run_id: int, line: Line) -> dict[str, object]:
    return {
        "run_id": run_id,
        "number": line.number,
        "sheet": line.person.sheet[:_LONGEST_TITLE],
        "row": line.person.row,
        "verdict": str(line.verdict),
        "teacher_id": line.teacher_id,
        "data": line.data,
        "changes": {field: list(pair) for field, pair in line.changes.items()},
        "problems": [problem_json(one) for one in line.problems],
    }


async def store_problems(session: AsyncSession, run_id: int, problems: Sequence[tuple[int, Problem]]) -> None:
    """Of no person; each with its place in the order of the file."""
    if problems:
        await session.execute(
            insert(ImportRow),
            [
                {
                    "run_id": run_id,
                    "number": number,
                    "sheet": one.sheet[:_LONGEST_TITLE],
                    "row": one.row,
                    "verdict": APART,
                    "teacher_id": None,
                    "data": {},
                    "changes": {},
                    "problems": [problem_json(one)],
                }
                for number, one in problems
            ],
        )


async def leave_row(session: AsyncSession, run_id: int, number: int, remark: Problem) -> None:
    """An earlier row gives way to a later one about the same person."""
    row = await session.get(ImportRow, (run_id, number))
    if row is None:
        return
    if row.verdict != Verdict.PROBLEM:
        row.verdict = Verdict.LEFT
    row.changes, row.data = {}, {**row.data, "plan": {}}
    row.problems = [*row.problems, problem_json(remark)]


async def forget_rows(session: AsyncSession, run_id: int) -> None:
    await session.execute(delete(ImportRow).where(ImportRow.run_id == run_id))


async def counts(session: AsyncSession, run_id: int) -> dict[str, int]:
    """People by verdict."""
    rows = await session.execute(
        select(ImportRow.verdict, func.count())
        .where(ImportRow.run_id == run_id, ImportRow.verdict != APART)
        .group_by(ImportRow.verdict)
    )
    return dict(rows.all())


def missing_people(run: ImportRun) -> ColumnElement[bool]:
    """Condition on Teacher: works in an organisation that the file has, and is not in the file."""
    in_file = select(ImportRow.teacher_id).where(ImportRow.run_id == run.id, ImportRow.teacher_id.is_not(None))
    return (
        Teacher.organisation_id.in_(run.summary.get("organisations", ()))
        & Teacher.archived_at.is_(None)
        & Teacher.id.not_in(in_file)
    )


async def count_missing(session: AsyncSession, run: ImportRun) -> int:
    found = select(func.count()).select_from(Teacher).where(missing_people(run))
    return (await session.execute(found)).scalar_one()
