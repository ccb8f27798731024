"""Old values of the registry, put back where the import's own are still there."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit import told
from core.importing.rows_made import columns_of
from storage.models import (
    Account,
    Award,
    Base,
    Diagnosis,
    Grant,
    ImportChange,
    Teacher,
    TeacherMove,
    TeacherSubject,
    TrainingRecord,
)

_ADDED: tuple[type[Base], ...] = (TrainingRecord, Award, TeacherMove, Diagnosis)


@dataclass(slots=True)
class Restorer:
    """For one import, in the order in which it was written. What others have changed since is left as it is."""

    session: AsyncSession
    restored: set[int] = field(default_factory=set)
    """Teachers of whom something got its old value."""
    edited: set[int] = field(default_factory=set)
    """Teachers of whom something stays."""
    moved_on: set[int] = field(default_factory=set)
    """Teachers whose organisation stays, and with it the move that the import has noted."""

    async def restore(self, changes: Sequence[ImportChange]) -> None:
        """All but people that the import has added."""
        await self._columns([one for one in changes if one.table == Teacher.__tablename__])
        await self._subjects([one for one in changes if one.table == TeacherSubject.__tablename__])
        await self._areas([one for one in changes if one.table == Diagnosis.__tablename__ and not one.added])
        for table in _ADDED:
            await self._take_out(table, [one for one in changes if one.table == table.__tablename__ and one.added])
        await self._grants([one for one in changes if one.table == Grant.__tablename__])
        await self.session.flush()

    async def _columns(self, changes: Iterable[ImportChange]) -> None:
        by_id = {one.row_id: one for one in changes}
        for row in await self.session.scalars(_by_id(Teacher, by_id)):
            change = by_id[row.id]
            before, after = columns_of(change.before), columns_of(change.after)
            same = {name for name, value in after.items() if getattr(row, name) == value}
            for name in same:
                setattr(row, name, before[name])
            if "organisation_id" in after.keys() - same:
                self.moved_on.add(row.id)
            self._note(row.id, restored=bool(same), kept=len(same) < len(after))

    async def _subjects(self, changes: Iterable[ImportChange]) -> None:
        by_id = {one.row_id: one for one in changes}
        now: dict[int, list[int]] = {id_: [] for id_ in by_id}
        pairs = select(TeacherSubject.teacher_id, TeacherSubject.subject_id).where(TeacherSubject.teacher_id.in_(by_id))
        for teacher_id, subject_id in await self.session.execute(pairs.order_by(TeacherSubject.subject_id)):
            now[teacher_id].append(subject_id)
        same = [id_ for id_, change in by_id.items() if now[id_] == change.after["ids"]]
        await self.session.execute(delete(TeacherSubject).where(TeacherSubject.teacher_id.in_(same)))
        back = [{"teacher_id": id_, "subject_id": one} for id_ in same for one in by_id[id_].before["ids"]]
        if back:
            await self.session.execute(insert(TeacherSubject), back)
        for id_ in by_id:
            self._note(id_, restored=id_ in same, kept=id_ not in same)

    async def _areas(self, changes: Iterable[ImportChange]) -> None:
        by_id = {one.row_id: one for one in changes}
        for row in await self.session.scalars(_by_id(Diagnosis, by_id)):
            change = by_id[row.id]
            same = row.areas == change.after["areas"]
            if same:
                row.areas = change.before["areas"]
            self._note(row.teacher_id, restored=same, kept=not same)

    async def _take_out(self, table: type[Any], changes: Iterable[ImportChange]) -> None:
        """What somebody has deleted meanwhile is gone already."""
        by_id = {one.row_id: one for one in changes}
        for row in await self.session.scalars(_by_id(table, by_id)):
            stays = table is TeacherMove and row.teacher_id in self.moved_on
            same = not stays and _is_as_made(row, by_id[row.id].after)
            if same:
                await self.session.delete(row)
            self._note(row.teacher_id, restored=same, kept=not same)

    async def _grants(self, changes: Iterable[ImportChange]) -> None:
        """The right to co-ordinate comes back with the organisation."""
        wanted = [one for one in changes if one.teacher_id not in self.moved_on]
        accounts = [one.before["account_id"] for one in wanted]
        there = set(await self.session.scalars(select(Account.id).where(Account.id.in_(accounts))))
        taken = set(await self.session.scalars(select(Grant.id).where(Grant.id.in_([one.row_id for one in wanted]))))
        for one in wanted:
            if one.before["account_id"] in there:
                id_ = {} if one.row_id in taken else {"id": one.row_id}
                self.session.add(Grant(**id_, **one.before))

    def _note(self, teacher_id: int, *, restored: bool, kept: bool) -> None:
        if restored:
            self.restored.add(teacher_id)
        if kept:
            self.edited.add(teacher_id)


def _by_id(table: type[Any], ids: Collection[int]) -> Any:
    return select(table).where(table.id.in_(ids)).with_for_update(key_share=True)


def _is_as_made(row: Base, made: dict[str, Any]) -> bool:
    """Columns that the import did not write are as empty as they were."""
    for column in row.__table__.columns:
        value = told(getattr(row, column.name))
        if column.name != "id" and (value != made[column.name] if column.name in made else bool(value)):
            return False
    return True
