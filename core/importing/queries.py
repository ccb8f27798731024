"""Imports and what is known of them, within the actor's reach."""

from collections.abc import Iterable
from collections.abc import Mapping as MappingType

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Denied
from core.importing.encoding import mapping_of, sheet_of
from core.importing.model import ImportKind, ImportState, Reason, Verdict
from core.importing.previewing import PAGE, missing, namesakes, problems, rows
from core.importing.progress import progress
from core.importing.reach import run_row
from core.importing.views import Kept, RunLine, RunView, UnknownName
from core.people.model import Actor
from storage.models import Account, ImportRun, Teacher

__all__ = ["PAGE", "RunView", "last_applied", "missing", "namesakes", "problems", "rows", "run", "runs", "unfinished"]

RUNS = 100
"""In the list."""

REASONS: MappingType[str, str] = {
    Reason.JOINED: "человек уже подключился",
    Reason.ASKED: "человек уже участвует в анкетировании",
    Reason.LINKED: "на эту карточку уже ссылаются другие записи",
    Reason.EDITED: "после загрузки сведения изменили",
}


async def run(session: AsyncSession, actor: Actor, run_id: int) -> RunView:
    """Raises NotFound."""
    row = await run_row(session, actor, run_id)
    going = progress(run_id) if row.state == ImportState.APPLYING else None
    summary = row.summary
    return RunView(
        id=row.id,
        municipality_id=row.municipality_id,
        kind=ImportKind(row.kind),
        state=ImportState(row.state),
        file_name=row.file_name,
        created_at=row.created_at,
        author=await _author(session, row),
        stage_done=going.done if going else row.stage_done,
        stage_whole=going.whole if going else row.stage_whole,
        options=row.options,
        mapping=mapping_of(row.mapping),
        sheets=tuple(sheet_of(one) for one in summary.get("sheets", ())),
        counts=summary.get("counts", {}),
        problems=summary.get("problems", 0),
        remarks=summary.get("remarks", 0),
        unknown=tuple(UnknownName(**{**one, "near": tuple(one["near"])}) for one in summary.get("unknown", ())),
        namesakes=summary.get("namesakes", 0),
        missing=summary.get("missing", 0),
        failure=row.failure,
        kept=await _kept(session, summary.get("kept", ())),
        can_undo=row.state == ImportState.APPLIED and await last_applied(session, row.municipality_id) == row.id,
    )


async def runs(session: AsyncSession, actor: Actor, municipality_id: int) -> list[RunLine]:
    """The newest first. Raises Denied."""
    if not actor.manages(municipality_id):
        raise Denied
    found = await session.scalars(
        select(ImportRun).where(ImportRun.municipality_id == municipality_id).order_by(ImportRun.id.desc()).limit(RUNS)
    )
    return [await _line(session, one) for one in found.all()]


async def _line(session: AsyncSession, row: ImportRun) -> RunLine:
    counts = row.summary.get("counts", {})
    return RunLine(
        row.id,
        ImportKind(row.kind),
        ImportState(row.state),
        row.file_name,
        row.created_at,
        await _author(session, row),
        counts.get(Verdict.ADDED, 0),
        counts.get(Verdict.CHANGED, 0),
    )


async def last_applied(session: AsyncSession, municipality_id: int) -> int | None:
    """The only import of the municipality that can be taken back, if there is one."""
    return await session.scalar(
        select(ImportRun.id)
        .where(
            ImportRun.municipality_id == municipality_id,
            ImportRun.state.in_((ImportState.APPLIED, ImportState.UNDONE)),
        )
        .order_by(ImportRun.applied_at.desc(), ImportRun.id.desc())
        .limit(1)
    )


async def unfinished(session: AsyncSession) -> list[int]:
    """Imports that the program's last end has interrupted; `actions.read` goes on with each from the beginning.

    One that was being applied has changed nothing: its transaction ended with the process.
    """
    found = select(ImportRun.id).where(ImportRun.state.in_((ImportState.READING, ImportState.APPLYING)))
    return list(await session.scalars(found.order_by(ImportRun.id)))


async def _author(session: AsyncSession, row: ImportRun) -> str:
    if row.created_by is None:
        return ""
    account = await session.get(Account, row.created_by)
    if account is None:
        return ""
    teacher = await session.get(Teacher, account.teacher_id) if account.teacher_id else None
    return teacher.full_name if teacher else account.name or ""


async def _kept(session: AsyncSession, kept: Iterable[tuple[int, str]]) -> list[Kept]:
    """Whoever was erased meanwhile is left out."""
    reasons = dict(kept)
    found = await session.scalars(select(Teacher).where(Teacher.id.in_(reasons)).order_by(Teacher.search))
    return [Kept(one.full_name, REASONS[reasons[one.id]]) for one in found]
