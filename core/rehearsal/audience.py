"""Whom a draft would be put to, as the registry knows them: coarse facts only, no names."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.audiences.model import Audience
from core.audiences.queries import selection
from core.campaigns.invitations import CAN_BE_ASKED
from core.campaigns.model import Recipients
from core.campaigns.recipients import draw
from core.people.model import Role
from core.people.rules import experience
from core.rehearsal.model import Asked
from core.surveys.model import NO, YES, Facts, Respondent
from storage.models import Account, Grant, MentoringPair, Organisation, Position, Teacher


async def audience(session: AsyncSession, whom: Recipients, known: Facts, day: date) -> tuple[Asked, ...]:
    """Who would be asked on that day; `known` are facts that hold for everybody."""
    drawn = (await draw(session, whom, day)).subquery()
    of_pair = and_(literal(whom.respondent is Respondent.PAIR), MentoringPair.id == drawn.c.subject)
    rows = await session.execute(
        select(
            drawn.c.teacher_id,
            drawn.c.subject,
            Organisation.id.label("place"),
            Organisation.kind,
            Position.group,
            Teacher.is_management,
            Teacher.first_work_year,
            exists().where(Grant.role == Role.COORDINATOR, Grant.account_id == Account.id).label("coordinates"),
            and_(Account.id.is_not(None), CAN_BE_ASKED).label("joined"),
            MentoringPair.mentor_id,
        )
        .join(Teacher, Teacher.id == drawn.c.teacher_id)
        .join(Position, Position.id == Teacher.position_id)
        .join(Organisation, Organisation.id == drawn.c.organisation_id)
        .outerjoin(Account, Account.teacher_id == Teacher.id)
        .outerjoin(MentoringPair, of_pair)
        .order_by(drawn.c.teacher_id, drawn.c.subject)
    )
    places = await _staff(session, whom.municipality_id, day)
    return tuple(_asked(row, {**known, **places.get(row.place, {})}, day.year) for row in rows)


def _asked(row: Row[Any], known: Facts, year: int) -> Asked:
    facts = {
        **known,
        "organisation_kind": row.kind,
        "teacher_position_group": row.group,
        "teacher_is_management": _word(row.is_management),
        "teacher_is_coordinator": _word(row.coordinates),
        "teacher_experience": experience(row.first_work_year, year),
    }
    if row.mentor_id is not None:
        facts["pair_role"] = "mentor" if row.mentor_id == row.teacher_id else "mentee"
    return Asked(
        key=(row.teacher_id, row.subject),
        organisation_id=row.place,
        kind=row.kind,
        position_group=row.group,
        experience=facts["teacher_experience"],
        joined=row.joined,
        facts=facts,
    )


async def _staff(session: AsyncSession, municipality_id: int, day: date) -> Mapping[int, Facts]:
    """By organisation how many work there, and how many of these are young."""
    found: dict[int, dict[str, str]] = {}
    for name, young in (("organisation_staff", False), ("organisation_young", True)):
        staff = await selection(session, None, municipality_id, Audience(young_only=young), day)
        chosen = staff.order_by(None).subquery()
        rows = await session.execute(
            select(Organisation.id, func.count(chosen.c.id))
            .outerjoin(Teacher, Teacher.organisation_id == Organisation.id)
            .outerjoin(chosen, chosen.c.id == Teacher.id)
            .where(Organisation.municipality_id == municipality_id)
            .group_by(Organisation.id)
        )
        for place, people in rows:
            found.setdefault(place, {})[name] = str(people)
    return found


def _word(value: bool) -> str:
    return YES if value else NO
