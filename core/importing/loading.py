"""What of the registry a part of a file is compared with."""

from collections.abc import Collection, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.importing.deciding import Line, decide
from core.importing.known import Known, Named, known
from core.importing.matching import Card, has_initials
from core.importing.model import ImportKind, Mapping, Person
from core.importing.sameness import AwardKept, CourseKept
from core.people.model import PositionGroup
from storage.models import (
    Award,
    Diagnosis,
    ImportRun,
    Organisation,
    Position,
    Subject,
    Teacher,
    TeacherSubject,
    TrainingRecord,
)
from storage.searching import searchable


@dataclass(frozen=True, slots=True)
class Scope:
    """Of one import: where, what, and what was put right by hand."""

    run_id: int
    municipality_id: int
    kind: ImportKind
    mapping: Mapping
    options: MappingType[str, Any]

    @classmethod
    def of(cls, run: ImportRun, mapping: Mapping) -> "Scope":
        return cls(run.id, run.municipality_id, ImportKind(run.kind), mapping, run.options)

    def chosen(self, person: Person) -> int | None:
        return self.mapping.people.get(f"{person.sheet}!{person.row}")


async def load_known(session: AsyncSession, scope: Scope) -> Known:
    """Without what is archived."""
    organisations = await session.execute(
        select(Organisation.id, Organisation.name, Organisation.short_name)
        .where(Organisation.municipality_id == scope.municipality_id, Organisation.archived_at.is_(None))
        .order_by(Organisation.id)
    )
    positions = (
        await session.execute(select(Position).where(Position.archived_at.is_(None)).order_by(Position.id))
    ).scalars()
    subjects = await session.execute(
        select(Subject.id, Subject.title).where(Subject.archived_at.is_(None)).order_by(Subject.id)
    )
    posts = list(positions)
    return known(
        [Named(id_, (short, name)) for id_, name, short in organisations],
        [Named(one.id, (one.title,)) for one in posts],
        [Named(id_, (title,)) for id_, title in subjects],
        scope.mapping,
        [one.id for one in posts if one.group == PositionGroup.MANAGER],
    )


async def load_cards(session: AsyncSession, scope: Scope, persons: Sequence[Person], *, lock: bool = False) -> "Cards":
    """Everybody of the municipality who may be meant by one of these rows; archived ones, too.

    With `lock` nobody else changes them until the transaction ends; answers about them can go on coming in.
    """
    found = (
        select(Teacher)
        .where(Teacher.municipality_id == scope.municipality_id, _may_be_meant(scope, persons))
        # A sum, since for the bare column SQLite reads the whole municipality instead of the index of names.
        .order_by(Teacher.id + 0)
        .execution_options(populate_existing=True)
    )
    teachers = list(await session.scalars(found.with_for_update(key_share=True) if lock else found))
    details = await _details(session, scope, [one.id for one in teachers])
    return Cards([_card(one, details) for one in teachers])


def _may_be_meant(scope: Scope, persons: Sequence[Person]) -> ColumnElement[bool]:
    full = {name_of(one) for one in persons if not has_initials(one)}
    surnames = {f"{searchable(one.surname)} " for one in persons if has_initials(one)}
    chosen = {id_ for one in persons if (id_ := scope.chosen(one))}
    # Without an empty list of ids: beside one SQLite does not use the index of names.
    conditions: list[ColumnElement[bool]] = [Teacher.search.in_(sorted(full))]
    if chosen:
        conditions.append(Teacher.id.in_(sorted(chosen)))
    conditions += [Teacher.search.startswith(one, autoescape=True) for one in sorted(surnames)]
    return or_(*conditions)


def name_of(person: Person) -> str:
    """As `Teacher.search` holds it."""
    return Teacher.search_of(
        {"surname": person.surname, "given_name": person.given_name, "patronymic": person.patronymic}
    )


@dataclass(frozen=True, slots=True)
class _Details:
    subjects: dict[int, set[int]]
    courses: dict[int, list[CourseKept]]
    awards: dict[int, list[AwardKept]]
    areas: dict[int, dict[str, Any]]


async def _details(session: AsyncSession, scope: Scope, ids: Collection[int]) -> _Details:
    """Courses and awards in the archive are known as well, so that no file brings them back."""
    found = _Details({}, {}, {}, {})
    if scope.kind is ImportKind.DIAGNOSES:
        for one in await session.scalars(_diagnoses(scope, ids)):
            found.areas[one.teacher_id] = dict(one.areas)
        return found
    for teacher, subject in await session.execute(
        select(TeacherSubject.teacher_id, TeacherSubject.subject_id).where(TeacherSubject.teacher_id.in_(ids))
    ):
        found.subjects.setdefault(teacher, set()).add(subject)
    for teacher, programme, hours, finished_on in await session.execute(
        select(
            TrainingRecord.teacher_id, TrainingRecord.programme, TrainingRecord.hours, TrainingRecord.finished_on
        ).where(TrainingRecord.teacher_id.in_(ids))
    ):
        found.courses.setdefault(teacher, []).append(CourseKept(programme, hours, finished_on))
    for teacher, title, given_on in await session.execute(
        select(Award.teacher_id, Award.title, Award.given_on).where(Award.teacher_id.in_(ids))
    ):
        found.awards.setdefault(teacher, []).append(AwardKept(title, given_on))
    return found


def _diagnoses(scope: Scope, ids: Collection[int]) -> Any:
    return (
        select(Diagnosis)
        .where(
            Diagnosis.teacher_id.in_(ids),
            Diagnosis.source == scope.options["source"],
            Diagnosis.taken_on == date.fromisoformat(scope.options["taken_on"]),
        )
        .execution_options(populate_existing=True)
    )


def _card(row: Teacher, details: _Details) -> Card:
    return Card(
        row.id,
        row.surname,
        row.given_name,
        row.patronymic,
        row.birth_year,
        row.organisation_id,
        row.position_id,
        row.is_management,
        row.workload,
        row.education,
        row.total_first_year,
        row.first_work_year,
        row.category,
        row.category_date,
        row.archived_at.isoformat() if row.archived_at else None,
        frozenset(details.subjects.get(row.id, ())),
        tuple(details.courses.get(row.id, ())),
        tuple(details.awards.get(row.id, ())),
        details.areas.get(row.id),
    )


class Cards:
    """By name, and by surname for rows with initials."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self._all = {one.id: one for one in cards}
        self._by_name: dict[str, list[Card]] = {}
        self._by_surname: dict[str, list[Card]] = {}
        for one in cards:
            self._by_name.setdefault(one.search, []).append(one)
            self._by_surname.setdefault(searchable(one.surname), []).append(one)

    def of(self, person: Person, chosen: int | None) -> list[Card]:
        if chosen:
            return [self._all[chosen]] if chosen in self._all else []
        if has_initials(person):
            return self._by_surname.get(searchable(person.surname), [])
        return self._by_name.get(name_of(person), [])


def decide_row(number: int, person: Person, cards: Cards, known: Known, scope: Scope) -> Line:
    chosen = scope.chosen(person)
    return decide(number, person, cards.of(person, chosen), known, scope.kind, chosen)
