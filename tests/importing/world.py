"""A municipality with two schools, and files that are already understood: what the child process would have said."""

from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from core.importing import actions, source
from core.importing.encoding import person_json, sheet_json
from core.importing.model import Column, ColumnUse, ImportKind, Person, SheetUse
from core.people.model import Actor, Role
from storage.models import (
    Account,
    Award,
    Base,
    Municipality,
    Organisation,
    Position,
    Subject,
    Teacher,
    TeacherMove,
    TeacherSubject,
    TrainingRecord,
)
from storage.session import Database
from tests.clocks import SetClock

FIRST, SECOND = "МБОУ «СОШ № 1»", "МБОУ «СОШ № 2»"
TEACHER, DIRECTOR = "учитель", "директор"
MATHS, PHYSICS = "математика", "физика"
SOURCE = "regional_centre"
OPTIONS = {"source": SOURCE, "taken_on": "2026-10-01"}
SHEET = SheetUse(
    "Лист1",
    2,
    (
        ColumnUse(1, "ОО", Column.ORGANISATION),
        ColumnUse(2, "ФИО", Column.FULL_NAME),
        ColumnUse(3, "Должность", Column.POSITION),
    ),
)
REGISTRY: tuple[type[Base], ...] = (Teacher, TeacherSubject, TrainingRecord, Award, TeacherMove, Account)
SOMEBODY = Person("Лист1", 3, FIRST, "Примерова", "Анна", "Борисовна", 1980, TEACHER)


@dataclass
class World:
    db: Database
    clock: SetClock
    town: int
    methodist: Actor
    stranger: Actor
    organisations: dict[str, int]
    positions: dict[str, int]
    subjects: dict[str, int]
    files: dict[bytes, list[dict[str, Any]]]

    def file(self, *persons: Person, sheets: Iterable[SheetUse] = (SHEET,)) -> bytes:
        """A file that is read as these people; its rows are numbered from 3."""
        numbered = [replace(one, row=number) for number, one in enumerate(persons, start=3)]
        content = f"file {len(self.files)}".encode()
        self.files[content] = [
            *({"sheet": sheet_json(one)} for one in sheets),
            *({"person": person_json(one)} for one in numbered),
        ]
        return content

    async def read(self, *persons: Person, kind: ImportKind = ImportKind.STAFF) -> int:
        """Uploaded and read."""
        return await self.read_file(self.file(*persons), kind)

    async def read_file(self, content: bytes, kind: ImportKind = ImportKind.STAFF) -> int:
        options = OPTIONS if kind is ImportKind.DIAGNOSES else {}
        run = await actions.upload(
            self.db, self.clock, self.methodist, self.town, kind, "список.xlsx", content, options
        )
        await actions.read(self.db, self.clock, run)
        return run

    async def apply(self, run: int) -> tuple[int, int]:
        done = await actions.apply(self.db, self.clock, self.methodist, run)
        return done.added, done.changed

    async def load(self, *persons: Person, kind: ImportKind = ImportKind.STAFF) -> int:
        """Read and applied."""
        run = await self.read(*persons, kind=kind)
        await self.apply(run)
        return run

    async def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """The registry, row by row."""
        found = {}
        async with self.db.read() as session:
            for table in REGISTRY:
                rows = await session.execute(table.__table__.select())
                found[table.__tablename__] = sorted((tuple(one) for one in rows), key=repr)
        return found


async def build(db: Database, clock: SetClock) -> World:
    sources = [{"code": SOURCE, "title": "Диагностика центра", "counts": True}]
    async with db.write() as session:
        town = Municipality(code="town", name="Город", timezone="Asia/Irkutsk", settings={"diagnosis_sources": sources})
        other = Municipality(code="other", name="Другой", timezone="Asia/Irkutsk", settings={})
        positions = [
            Position(code="teacher", title=TEACHER, group="subject_teacher"),
            Position(code="director", title=DIRECTOR, group="manager"),
        ]
        subjects = [Subject(code="maths", title=MATHS), Subject(code="physics", title=PHYSICS)]
        staff, foreign = (Account(name=name, created_at=clock.now()) for name in ("Методист", "Чужой"))
        session.add_all([town, other, *positions, *subjects, staff, foreign])
        await session.flush()
        schools = [_school(town.id, name) for name in (FIRST, SECOND)]
        session.add_all(schools)
    return World(
        db,
        clock,
        town.id,
        _methodist(staff.id, town.id),
        _methodist(foreign.id, other.id),
        {one.name: one.id for one in schools},
        {one.title: one.id for one in positions},
        {one.title: one.id for one in subjects},
        {},
    )


def _school(town: int, name: str) -> Organisation:
    return Organisation(municipality_id=town, code=name, name=name, short_name=name, kind="school")


def _methodist(account: int, town: int) -> Actor:
    places = frozenset({town})
    return Actor(account, None, town, municipalities=places, roles=frozenset({Role.METHODIST}))


def plug_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of the child process."""

    async def items(db: Any, clock: Any, scope: Any) -> AsyncGenerator[dict[str, Any], None]:
        content, _arguments = await source.file_of(db, clock, scope)
        for one in world.files[content]:
            yield one

    monkeypatch.setattr(source, "items", items)
