"""Bulk statements of an import, each with what is needed to take it back and with its line in the audit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit import told
from core.importing import rows_made
from core.importing.loading import Scope
from core.importing.rows_made import Row
from core.people.model import Actor, Role
from storage.models import (
    Account,
    AuditEntry,
    Award,
    Base,
    Diagnosis,
    Grant,
    ImportChange,
    ImportRow,
    Teacher,
    TeacherMove,
    TeacherSubject,
    TrainingRecord,
)


@dataclass(slots=True)
class Writer:
    """Within one transaction. `today` is the municipality's day."""

    session: AsyncSession
    run_id: int
    municipality_id: int
    actor: Actor
    now: datetime
    today: date
    number: int = 0

    async def add(self, rows: Sequence[ImportRow]) -> None:
        """New people, each with an account."""
        plans = [row.data["plan"] for row in rows]
        ids = await self._ids_of([rows_made.teacher_row(self.municipality_id, plan) for plan in plans])
        pairs = list(zip(ids, plans, strict=True))
        accounts = {"municipality_id": self.municipality_id, "created_at": self.now}
        await self._put(Account, [{"teacher_id": id_, **accounts} for id_ in ids])
        await self._put(TeacherSubject, [one for id_, plan in pairs for one in rows_made.subject_rows(id_, plan)])
        await self._put(TrainingRecord, [one for id_, plan in pairs for one in rows_made.course_rows(id_, plan)])
        await self._put(Award, [one for id_, plan in pairs for one in rows_made.award_rows(id_, plan)])
        await self._remember(
            {
                "table": "teachers",
                "row_id": id_,
                "teacher_id": id_,
                "before": {},
                "after": {"columns": plan["after"]},
                "added": True,
            }
            for id_, plan in pairs
        )
        await self._note("teacher.added", zip(ids, rows, strict=True))

    async def change(self, rows: Sequence[ImportRow]) -> None:
        pairs = [(int(row.teacher_id or 0), row.data["plan"]) for row in rows]
        columns = [(id_, plan["before"], plan["after"]) for id_, plan in pairs if "after" in plan]
        if columns:
            values = [{"id": id_, **rows_made.columns_of(after)} for id_, _, after in columns]
            await self.session.execute(update(Teacher), values)
        await self._move([one for one in columns if "organisation_id" in one[2]])
        await self._remember(_changed("teachers", id_, before, after) for id_, before, after in columns)
        await self._change_subjects([(id_, *plan["subjects"]) for id_, plan in pairs if "subjects" in plan])
        await self._add_to(TrainingRecord, [one for id_, plan in pairs for one in rows_made.course_rows(id_, plan)])
        await self._add_to(Award, [one for id_, plan in pairs for one in rows_made.award_rows(id_, plan)])
        await self._note("teacher.changed", zip((id_ for id_, _ in pairs), rows, strict=True))

    async def write_diagnoses(self, scope: Scope, rows: Sequence[ImportRow]) -> None:
        taken = {"source": scope.options["source"], "taken_on": date.fromisoformat(scope.options["taken_on"])}
        pairs = [(int(row.teacher_id or 0), *row.data["plan"]["areas"]) for row in rows]
        new = [{"teacher_id": id_, **taken, "areas": after} for id_, before, after in pairs if before is None]
        await self._add_to(Diagnosis, new)
        for id_, before, after in pairs:
            if before is not None:
                await self._change_diagnosis(id_, taken, before, after)
        await self._note("diagnosis.changed", ((int(row.teacher_id or 0), row) for row in rows))

    async def _change_diagnosis(self, teacher_id: int, taken: Row, before: Row, after: Row) -> None:
        changed = (
            update(Diagnosis)
            .where(
                Diagnosis.teacher_id == teacher_id,
                Diagnosis.source == taken["source"],
                Diagnosis.taken_on == taken["taken_on"],
            )
            .values(areas=after)
            .returning(Diagnosis.id)
        )
        row_id = (await self.session.execute(changed)).scalar_one()
        change = _changed("diagnoses", teacher_id, {"areas": before}, {"areas": after})
        await self._remember([{**change, "row_id": row_id}])

    async def _move(self, moved: Sequence[tuple[int, Row, Row]]) -> None:
        """As core.moves does it: the move is kept, and the right to co-ordinate the old organisation ends."""
        left = {id_: before["organisation_id"] for id_, before, _ in moved}
        rows = [
            {
                "teacher_id": id_,
                "from_organisation_id": left[id_],
                "to_organisation_id": after["organisation_id"],
                "moved_on": self.today,
            }
            for id_, _, after in moved
        ]
        await self._add_to(TeacherMove, rows)
        grants = await self.session.execute(
            select(Grant, Account.teacher_id)
            .join(Account, Account.id == Grant.account_id)
            .where(Account.teacher_id.in_(left), Grant.role == Role.COORDINATOR)
        )
        ended = [(one, int(id_ or 0)) for one, id_ in grants if one.organisation_id == left[int(id_ or 0)]]
        await self._remember(_ended(one, teacher_id) for one, teacher_id in ended)
        await self.session.execute(delete(Grant).where(Grant.id.in_([one.id for one, _ in ended])))

    async def _change_subjects(self, changed: Sequence[tuple[int, list[int], list[int]]]) -> None:
        ids = [id_ for id_, _, _ in changed]
        await self.session.execute(delete(TeacherSubject).where(TeacherSubject.teacher_id.in_(ids)))
        await self._put(
            TeacherSubject, [{"teacher_id": id_, "subject_id": one} for id_, _, after in changed for one in after]
        )
        await self._remember(
            _changed("teacher_subjects", id_, {"ids": before}, {"ids": after}) for id_, before, after in changed
        )

    async def _add_to(self, table: type[Base], rows: list[Row]) -> None:
        """To people who are in the registry already: each row can be taken back by itself."""
        await self._remember(
            {
                "table": table.__tablename__,
                "row_id": id_,
                "teacher_id": row["teacher_id"],
                "before": {},
                "after": {name: told(value) for name, value in row.items()},
                "added": True,
            }
            for id_, row in await self._insert(table, rows)
        )

    async def _ids_of(self, rows: list[Row]) -> list[int]:
        """Of new teachers, in the order of the rows. Those who are alike in every column stand for each other."""
        found: dict[tuple[Any, ...], list[int]] = {}
        for id_, row in await self._insert(Teacher, rows):
            found.setdefault(tuple(row.values()), []).append(id_)
        return [found[tuple(row.values())].pop() for row in rows]

    async def _insert(self, table: type[Base], rows: list[Row]) -> list[tuple[int, Row]]:
        """Ids with what they hold, in no order: to keep one, SQLAlchemy sends SQLite its rows one by one."""
        if not rows:
            return []
        columns = table.__table__.c
        names = list(rows[0])
        added = insert(table).returning(columns.id, *(columns[name] for name in names))
        found = await self.session.execute(added, rows)
        return [(id_, dict(zip(names, values, strict=True))) for id_, *values in found]

    async def _put(self, table: type[Base], rows: list[Row]) -> None:
        if rows:
            await self.session.execute(insert(table), rows)

    async def _remember(self, changes: Iterable[Row]) -> None:
        found = []
        for one in changes:
            self.number += 1
            found.append({"run_id": self.run_id, "number": self.number, **one})
        await self._put(ImportChange, found)

    async def _note(self, action: str, pairs: Iterable[tuple[int, ImportRow]]) -> None:
        same: dict[str, Any] = {
            "at": self.now,
            "account_id": self.actor.account_id,
            "municipality_id": self.municipality_id,
            "action": action,
            "details": {"import": self.run_id},
        }
        await self._put(
            AuditEntry, [{**same, "subject": f"teacher:{id_}", "changes": row.changes} for id_, row in pairs]
        )


def _changed(table: str, teacher_id: int, before: Row, after: Row) -> Row:
    same = {"table": table, "row_id": teacher_id, "teacher_id": teacher_id, "added": False}
    return {**same, "before": before, "after": after}


def _ended(grant: Grant, teacher_id: int) -> Row:
    kept = {"account_id": grant.account_id, "role": grant.role, "organisation_id": grant.organisation_id}
    return {**_changed("grants", teacher_id, kept, {}), "row_id": grant.id}
