"""An audience → the teachers in it, counted and listed by the database."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Audience
from core.people.rules import YoungTeacherRule
from core.profiles.rules import young_teacher_rule
from storage.models import Municipality, Organisation, Position, Teacher


async def count(session: AsyncSession, municipality_id: int, audience: Audience, today: date) -> int:
    chosen = (await selection(session, municipality_id, audience, today)).order_by(None).subquery()
    return (await session.execute(select(func.count()).select_from(chosen))).scalar_one()


async def selection(session: AsyncSession, municipality_id: int, audience: Audience, today: date) -> Select[int]:
    """The same as a query, for statements that must stay in the database; archived people are left out."""
    return (
        select(Teacher.id)
        .join(Organisation, Organisation.id == Teacher.organisation_id)
        .join(Position, Position.id == Teacher.position_id)
        .where(*await conditions(session, municipality_id, audience, today))
        .order_by(Teacher.id)
    )


async def conditions(
    session: AsyncSession, municipality_id: int, audience: Audience, today: date
) -> list[ColumnElement[bool]]:
    """Who belongs to it, as conditions on Teacher, their Organisation and their Position."""
    found: list[ColumnElement[bool]] = [
        Teacher.municipality_id == municipality_id,
        Teacher.archived_at.is_(None),
        *of_organisations(municipality_id, audience),
    ]
    if audience.position_groups:
        found.append(Position.group.in_(sorted(audience.position_groups)))
    if audience.management is not None:
        found.append(Teacher.is_management.is_(audience.management))
    if audience.young_only:
        settings = await session.scalar(select(Municipality.settings).where(Municipality.id == municipality_id))
        found.append(_young(young_teacher_rule(settings or {}), today.year))
    return found


def of_organisations(municipality_id: int, audience: Audience) -> list[ColumnElement[bool]]:
    """Which organisations it reaches, as conditions on Organisation."""
    found: list[ColumnElement[bool]] = [
        Organisation.municipality_id == municipality_id,
        Organisation.archived_at.is_(None),
    ]
    if audience.kinds:
        found.append(Organisation.kind.in_(sorted(audience.kinds)))
    if audience.organisations:
        found.append(Organisation.id.in_(sorted(audience.organisations)))
    return found


def _young(rule: YoungTeacherRule, year: int) -> ColumnElement[bool]:
    """`core.people.rules.is_young` as a condition; an unknown year counts as not young."""
    # NULL < 35 is NULL, which a WHERE takes for "no": just what an unknown year should give.
    young: Any = year - Teacher.birth_year < rule.under_age
    new: Any = year - Teacher.first_work_year <= rule.up_to_years
    return and_(young, new) if rule.both else or_(young, new)
