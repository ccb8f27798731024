"""An audience → the teachers in it, counted and listed by the database.

`actor` is whoever looks: the rows are narrowed to what they may see of the registry. None is the clock, which
carries out what somebody with the right to it has set up.
"""

from datetime import date

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences import narrowing
from core.audiences.model import Audience
from core.people.model import Actor
from core.people.rules import YoungTeacherRule
from core.profiles.rules import young_teacher_rule
from core.teachers.reach import visible
from storage.models import Municipality, Organisation, Position, Teacher


async def count(
    session: AsyncSession, actor: Actor | None, municipality_id: int, audience: Audience, today: date
) -> int:
    chosen = (await selection(session, actor, municipality_id, audience, today)).order_by(None).subquery()
    return (await session.execute(select(func.count()).select_from(chosen))).scalar_one()


async def selection(
    session: AsyncSession, actor: Actor | None, municipality_id: int, audience: Audience, today: date
) -> Select[int]:
    """The same as a query, for statements that must stay in the database; archived people are left out."""
    return (
        select(Teacher.id)
        .join(Organisation, Organisation.id == Teacher.organisation_id)
        .join(Position, Position.id == Teacher.position_id)
        .where(*await conditions(session, actor, municipality_id, audience, today))
        .order_by(Teacher.id)
    )


async def conditions(
    session: AsyncSession, actor: Actor | None, municipality_id: int, audience: Audience, today: date
) -> list[ColumnElement[bool]]:
    """Who belongs to it, as conditions on Teacher, their Organisation and their Position."""
    found = [
        Teacher.municipality_id == municipality_id,
        Teacher.archived_at.is_(None),
        *of_organisations(municipality_id, audience),
        *_of_people(audience),
        *_of_deeds(municipality_id, audience, today),
    ]
    if actor is not None:
        found.append(visible(actor))
    if audience.deficit_areas:
        # Named answers are read by methodists; a number would tell others as much.
        reads = actor is None or actor.manages(municipality_id)
        found.append(narrowing.with_deficit(municipality_id, audience.deficit_areas) if reads else false())
    if audience.young_only:
        found.append(narrowing.young(await _young_rule(session, municipality_id), today.year))
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


def _of_people(audience: Audience) -> list[ColumnElement[bool]]:
    """What stands on the card of a person."""
    found: list[ColumnElement[bool]] = []
    if audience.positions:
        found.append(Teacher.position_id.in_(sorted(audience.positions)))
    if audience.position_groups:
        found.append(Position.group.in_(sorted(audience.position_groups)))
    if audience.categories:
        found.append(Teacher.category.in_(sorted(audience.categories)))
    if audience.management is not None:
        found.append(Teacher.is_management.is_(audience.management))
    if audience.subjects:
        found.append(narrowing.teaching(audience.subjects))
    return found


def _of_deeds(municipality_id: int, audience: Audience, today: date) -> list[ColumnElement[bool]]:
    """What people belong to and take part in."""
    found: list[ColumnElement[bool]] = []
    if audience.associations:
        found.append(narrowing.in_associations(municipality_id, audience.associations))
    if audience.mentors or audience.mentees:
        sides = {"mentors": audience.mentors, "mentees": audience.mentees}
        found.append(narrowing.in_pairs(municipality_id, today, **sides))
    if audience.campaign is not None:
        found.append(narrowing.asked(municipality_id, audience.campaign, audience.answered))
    if audience.event is not None:
        found.append(narrowing.registered(municipality_id, audience.event))
    return found


async def _young_rule(session: AsyncSession, municipality_id: int) -> YoungTeacherRule:
    settings = await session.scalar(select(Municipality.settings).where(Municipality.id == municipality_id))
    return young_teacher_rule(settings or {})
