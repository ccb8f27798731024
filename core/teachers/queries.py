"""The card of one person: everything the registry knows, never what they answer."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock, local_date
from core.invites import standing
from core.invites.model import Standing
from core.moves.queries import stays
from core.people.model import Actor, Category, Education, Role
from core.people.rules import is_young, years_of_work
from core.profiles.rules import young_teacher_rule
from core.registry.rules import category_end
from core.teachers import reach, record
from core.teachers.model import Access, Attestation, Card, Work
from storage.models import Account, Grant, Municipality, Organisation, Position, Subject, Teacher, TeacherSubject


async def card(session: AsyncSession, clock: Clock, actor: Actor, teacher_id: int) -> Card:
    """Raises NotFound for somebody out of the actor's reach."""
    teacher = await reach.seen(session, actor, teacher_id)
    town = await session.get_one(Municipality, teacher.municipality_id)
    today = local_date(clock.now(), town.timezone)
    manages = actor.manages(town.id)
    return Card(
        id=teacher.id,
        municipality_id=town.id,
        name=teacher.full_name,
        archived_at=teacher.archived_at,
        work=await _work(session, teacher, town, today.year),
        attestation=_attestation(teacher, today),
        circles=await record.circles(session, teacher.id),
        pairs=await record.pairs(session, teacher.id),
        courses=await record.courses(session, teacher.id),
        awards=await record.awards(session, teacher.id),
        expert_work=await record.expert_work(session, teacher.id),
        bank=await record.bank(session, teacher.id),
        visits=await record.visits(session, teacher.id),
        findings=await record.findings(session, town, teacher.id) if manages else None,
        access=await _access(session, clock, teacher) if manages else None,
        editable=manages,
        today=today,
    )


async def _work(session: AsyncSession, teacher: Teacher, town: Municipality, year: int) -> Work:
    subjects = await session.scalars(
        select(Subject.title)
        .join(TeacherSubject, TeacherSubject.subject_id == Subject.id)
        .where(TeacherSubject.teacher_id == teacher.id)
        .order_by(Subject.search)
    )
    return Work(
        stays=tuple(await stays(session, teacher)),
        position=(await session.get_one(Position, teacher.position_id)).title,
        is_management=teacher.is_management,
        subjects=tuple(subjects),
        workload=teacher.workload,
        first_work_year=teacher.first_work_year,
        years=years_of_work(teacher.first_work_year, year),
        total_first_year=teacher.total_first_year,
        total_years=years_of_work(teacher.total_first_year, year),
        birth_year=teacher.birth_year,
        young=is_young(teacher.birth_year, teacher.first_work_year, year, young_teacher_rule(town.settings)),
        education=Education(teacher.education) if teacher.education else None,
    )


def _attestation(teacher: Teacher, today: date) -> Attestation:
    category = Category(teacher.category)
    ends_on = category_end(category, teacher.category_date)
    over = ends_on is not None and ends_on <= today
    return Attestation(category, teacher.category_date, ends_on, over, teacher.attestation_planned_on)


async def _access(session: AsyncSession, clock: Clock, teacher: Teacher) -> Access:
    now = clock.now()
    row = (
        await session.execute(
            select(
                standing.standing(now).label("standing"),
                standing.works_until(now).label("until"),
                standing.consented_at().label("consented_at"),
            )
            .select_from(Account)
            .where(Account.teacher_id == teacher.id)
        )
    ).one_or_none()
    offices = await session.scalars(
        select(Organisation.short_name)
        .join(Grant, Grant.organisation_id == Organisation.id)
        .join(Account, Account.id == Grant.account_id)
        .where(Account.teacher_id == teacher.id, Grant.role == Role.COORDINATOR)
        .order_by(Organisation.search)
    )
    return Access(
        standing=Standing(row.standing) if row else Standing.NONE,
        until=row.until if row else None,
        consented_at=row.consented_at if row else None,
        paper_on=teacher.paper_consent_on,
        coordinates=tuple(offices),
    )
