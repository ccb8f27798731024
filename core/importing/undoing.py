"""Taking an import back, inside the caller's transaction: whatever somebody has used or changed since then stays."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.importing.model import Reason
from core.importing.restoring import Restorer
from core.importing.rows_made import columns_of
from core.importing.unused import in_use
from storage.models import Account, AuditEntry, ImportChange, Teacher

PART = 500


@dataclass(frozen=True, slots=True)
class Undone:
    """How many new people were taken out, how many records got old values back, and of how many people
    something had to stay."""

    removed: int = 0
    restored: int = 0
    kept: int = 0


async def take_back(session: AsyncSession, run_id: int) -> tuple[Undone, dict[int, Reason]]:
    """What became of it, and teacher → why something about them stays."""
    restorer = Restorer(session)
    kept: dict[int, Reason] = {}
    removed = 0
    async for changes in _parts(session, run_id):
        added = [one for one in changes if _is_new_person(one)]
        await restorer.restore([one for one in changes if not _is_new_person(one)])
        stay = await _staying(session, added)
        gone = [one.row_id for one in added if one.row_id not in stay]
        await _remove(session, run_id, gone)
        removed += len(gone)
        kept |= stay
        session.expunge_all()
        await asyncio.sleep(0)
    kept |= dict.fromkeys(restorer.edited, Reason.EDITED)
    return Undone(removed, len(restorer.restored), len(kept)), kept


def _is_new_person(change: ImportChange) -> bool:
    return change.added and change.table == Teacher.__tablename__


async def _parts(session: AsyncSession, run_id: int) -> AsyncIterator[Sequence[ImportChange]]:
    last = 0
    while True:
        found = (
            select(ImportChange)
            .where(ImportChange.run_id == run_id, ImportChange.number > last)
            .order_by(ImportChange.number)
            .limit(PART)
        )
        changes = list(await session.scalars(found))
        if not changes:
            return
        last = changes[-1].number
        yield changes


async def _staying(session: AsyncSession, added: Sequence[ImportChange]) -> dict[int, Reason]:
    ids = [one.row_id for one in added]
    if not ids:
        return {}
    made = {one.row_id: columns_of(one.after["columns"]) for one in added}
    stay = await in_use(session, ids)
    rows = await session.scalars(select(Teacher).where(Teacher.id.in_(ids)).with_for_update(key_share=True))
    for row in rows:
        if any(getattr(row, name) != value for name, value in made[row.id].items()):
            stay.setdefault(row.id, Reason.EDITED)
    return stay


async def _remove(session: AsyncSession, run_id: int, ids: Sequence[int]) -> None:
    """Subjects, courses, awards and unused invites go with the person.

    The audit must not tell the next person with the same number what this one was like.
    """
    if not ids:
        return
    about = AuditEntry.subject.in_([f"teacher:{one}" for one in ids])
    await session.execute(update(AuditEntry).where(about).values(subject=f"import:{run_id}", changes={}))
    await session.execute(delete(Account).where(Account.teacher_id.in_(ids)))
    await session.execute(delete(Teacher).where(Teacher.id.in_(ids)))


async def forget_changes(session: AsyncSession, run_id: int) -> None:
    await session.execute(delete(ImportChange).where(ImportChange.run_id == run_id))
