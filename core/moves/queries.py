"""Reads about moves."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock, local_date
from core.moves.model import Place, Plan, Stay
from core.people.model import Actor, Role
from core.teachers import reach
from storage.models import Account, Grant, Municipality, Organisation, Teacher, TeacherMove


async def stays(session: AsyncSession, teacher: Teacher) -> list[Stay]:
    """Where the person has worked, the present organisation first."""
    moves = list(
        await session.scalars(
            select(TeacherMove)
            .where(TeacherMove.teacher_id == teacher.id)
            .order_by(TeacherMove.moved_on.desc(), TeacherMove.id.desc())
        )
    )
    names = await _names(session, {teacher.organisation_id, *(move.from_organisation_id for move in moves)})
    befores: list[date | None] = [move.moved_on for move in moves] + [None]
    places = [teacher.organisation_id, *(move.from_organisation_id for move in moves)]
    return [Stay(Place(one, names[one]), since) for one, since in zip(places, befores, strict=True)]


async def _names(session: AsyncSession, ids: set[int]) -> dict[int, str]:
    rows = await session.execute(
        select(Organisation.id, Organisation.short_name).where(Organisation.id.in_(sorted(ids)))
    )
    return {one.id: one.short_name for one in rows}


async def last_move(session: AsyncSession, teacher_id: int) -> TeacherMove | None:
    found: TeacherMove | None = await session.scalar(
        select(TeacherMove)
        .where(TeacherMove.teacher_id == teacher_id)
        .order_by(TeacherMove.moved_on.desc(), TeacherMove.id.desc())
        .limit(1)
    )
    return found


async def plan(session: AsyncSession, clock: Clock, actor: Actor, teacher_id: int) -> Plan:
    """What the form of a move shows. Raises NotFound and Denied as `reach.managed` does."""
    teacher = await reach.managed(session, actor, teacher_id)
    here = (await stays(session, teacher))[0]
    account = select(Account.id).where(Account.teacher_id == teacher_id).scalar_subquery()
    coordinators = list(
        await session.scalars(
            select(Grant.account_id == account).where(
                Grant.role == Role.COORDINATOR, Grant.organisation_id == here.place.id
            )
        )
    )
    zone = (await session.get_one(Municipality, teacher.municipality_id)).timezone
    name = teacher.full_name
    return Plan(
        teacher_id=teacher_id,
        name=name,
        present=here,
        targets=await _targets(session, teacher),
        coordinates=any(coordinators),
        only_coordinator=any(coordinators) and all(coordinators),
        today=local_date(clock.now(), zone),
    )


async def _targets(session: AsyncSession, teacher: Teacher) -> tuple[Place, ...]:
    rows = await session.execute(
        select(Organisation.id, Organisation.short_name)
        .where(
            Organisation.municipality_id == teacher.municipality_id,
            Organisation.archived_at.is_(None),
            Organisation.id != teacher.organisation_id,
        )
        .order_by(Organisation.search)
    )
    return tuple(Place(identity, name) for identity, name in rows)
