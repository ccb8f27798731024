"""Made-up people as rows: registry, accounts, rights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.people.model import Role
from core.profiles.rules import young_teacher_rule
from playground.people.model import MadeUpTeacher, Population
from playground.people.together import young
from playground.records import records
from playground.together import enter_events, enter_pairs
from storage.models import (
    Account,
    Association,
    AssociationMember,
    Base,
    Grant,
    Municipality,
    Organisation,
    Position,
    Subject,
    Teacher,
    TeacherSubject,
    TrainingRecord,
)


@dataclass(frozen=True, slots=True)
class Entered:
    """A made-up person as entered; position and organisation in words."""

    account_id: int
    made_up: MadeUpTeacher
    position: str
    organisation: str
    is_young: bool
    """A young teacher by the municipality's own rule."""
    has_mentees: bool


async def enter(session: AsyncSession, clock: Clock, municipality_id: int, population: Population) -> list[Entered]:
    """Everybody with an account, in the generator's order, and what they do together."""
    people = population.people
    municipality = await session.get_one(Municipality, municipality_id)
    teachers, positions, organisations = await _insert_teachers(session, municipality_id, people)
    accounts = [
        Account(municipality_id=municipality_id, teacher_id=teacher.id, created_at=clock.now()) for teacher in teachers
    ]
    session.add_all(accounts)
    await session.flush()
    await _insert_details(session, municipality_id, teachers, people)
    await _insert_grants(session, municipality_id, list(zip(accounts, people, strict=True)), organisations)
    await enter_events(session, municipality, teachers, population)
    session.add_all(records(municipality, teachers, population))
    mentors = enter_pairs(session, municipality, teachers, population)
    beginners = set(young(people, young_teacher_rule(municipality.settings), population.today))
    return [
        Entered(
            account.id,
            one,
            positions[one.position].title,
            organisations[one.organisation_code].short_name,
            place in beginners,
            place in mentors,
        )
        for place, (account, one) in enumerate(zip(accounts, people, strict=True))
    ]


async def _insert_teachers(
    session: AsyncSession, municipality_id: int, people: Sequence[MadeUpTeacher]
) -> tuple[list[Teacher], dict[str, Position], dict[str, Organisation]]:
    organisations = {
        row.code: row
        for row in await session.scalars(select(Organisation).where(Organisation.municipality_id == municipality_id))
    }
    positions = {row.code: row for row in await session.scalars(select(Position))}
    teachers = [
        _teacher(one, municipality_id, organisations[one.organisation_code].id, positions[one.position].id)
        for one in people
    ]
    session.add_all(teachers)
    await session.flush()
    return teachers, positions, organisations


def _teacher(one: MadeUpTeacher, municipality_id: int, organisation_id: int, position_id: int) -> Teacher:
    return Teacher(
        municipality_id=municipality_id,
        organisation_id=organisation_id,
        position_id=position_id,
        surname=one.surname,
        given_name=one.given_name,
        patronymic=one.patronymic,
        birth_year=one.birth_year,
        first_work_year=one.first_work_year,
        workload=one.workload,
        is_management=one.is_management,
        education=one.education.value,
        category=one.category.value,
        category_date=one.category_date,
    )


async def _insert_details(
    session: AsyncSession, municipality_id: int, teachers: Sequence[Teacher], people: Sequence[MadeUpTeacher]
) -> None:
    subjects = {row.code: row.id for row in await session.scalars(select(Subject))}
    associations = await _associations(session, municipality_id)
    both = list(zip(teachers, people, strict=True))
    await _insert(
        session,
        TeacherSubject,
        ({"teacher_id": row.id, "subject_id": subjects[code]} for row, one in both for code in one.subjects),
    )
    await _insert(
        session,
        AssociationMember,
        (
            {"teacher_id": row.id, "association_id": associations[code]}
            for row, one in both
            for code in one.associations
        ),
    )
    await _insert(session, TrainingRecord, (_training(row, record) for row, one in both for record in one.training))
    for row, one in both:
        for code in one.leads:
            await session.execute(
                update(Association).where(Association.id == associations[code]).values(leader_id=row.id)
            )


def _training(teacher: Teacher, record: Any) -> dict[str, Any]:
    fields = ("programme", "provider", "kind", "hours", "federal_register", "ict", "management_team")
    dates = {"started_on": record.started_on, "finished_on": record.finished_on}
    return {"teacher_id": teacher.id, **{name: getattr(record, name) for name in fields}, **dates}


async def _insert_grants(
    session: AsyncSession,
    municipality_id: int,
    people: Iterable[tuple[Account, MadeUpTeacher]],
    organisations: dict[str, Organisation],
) -> None:
    associations = await _associations(session, municipality_id)
    for account, one in people:
        scope = {"account_id": account.id, "municipality_id": municipality_id}
        if one.is_coordinator:
            organisation = organisations[one.organisation_code].id
            session.add(Grant(role=Role.COORDINATOR, organisation_id=organisation, **scope))
        for code in one.leads:
            session.add(Grant(role=Role.LEADER, association_id=associations[code], **scope))


async def _associations(session: AsyncSession, municipality_id: int) -> dict[str, int]:
    rows = await session.scalars(select(Association).where(Association.municipality_id == municipality_id))
    return {row.code: row.id for row in rows}


async def _insert(session: AsyncSession, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    values = list(rows)
    if values:
        await session.execute(insert(table), values)
