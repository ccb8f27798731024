"""Whom a survey is put to, by its respondent: drawn by the database, one row for each questionnaire."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from core.audiences.queries import conditions, of_organisations
from core.campaigns.model import Reached, Recipients
from core.mentoring.queries import is_open
from core.people.model import Role
from core.surveys.model import Respondent
from storage.models import (
    Account,
    Event,
    EventParticipant,
    Grant,
    MentoringPair,
    Organisation,
    Participation,
    Position,
    Teacher,
)

Drawn = Select[int, int, int]
"""Columns teacher_id, subject and organisation_id, as in storage.models.Participation."""


async def draw(session: AsyncSession, whom: Recipients, today: date) -> Drawn:
    """Who would be asked on that day. Archived people and organisations are left out."""
    match whom.respondent:
        case Respondent.ORGANISATION:
            return _coordinators(whom)
        case Respondent.PARTICIPANT:
            return _participants(whom)
        case Respondent.PAIR:
            return _both_sides(whom, today)
        case _:
            return await _teachers(session, whom, today)


async def reached(session: AsyncSession, whom: Recipients, today: date) -> Reached:
    drawn = (await draw(session, whom, today)).subquery()
    people, subjects = (
        await session.execute(select(func.count(drawn.c.teacher_id.distinct()), func.count(drawn.c.subject.distinct())))
    ).one()
    left_out = await uncovered(session, whom) if whom.respondent is Respondent.ORGANISATION else ()
    return Reached(people, subjects + len(left_out), left_out)


async def uncovered(session: AsyncSession, whom: Recipients, campaign_id: int | None = None) -> tuple[str, ...]:
    """Organisations that nobody can answer for; of an open campaign, those that nobody was asked about."""
    covered = _asked_about(campaign_id) if campaign_id is not None else _has_coordinator(whom)
    rows = select(Organisation.short_name).where(*of_organisations(whom.municipality_id, whom.audience), ~covered)
    return tuple(await session.scalars(rows.order_by(Organisation.id)))


async def _teachers(session: AsyncSession, whom: Recipients, today: date) -> Drawn:
    return (
        select(*_columns(literal(0), Teacher.organisation_id))
        .join(Organisation, Organisation.id == Teacher.organisation_id)
        .join(Position, Position.id == Teacher.position_id)
        .where(*await conditions(session, None, whom.municipality_id, whom.audience, today))
    )


def _coordinators(whom: Recipients) -> Drawn:
    """Every coordinator of each organisation; one of several organisations answers for each of them."""
    return (
        select(*_columns(Organisation.id, Organisation.id))
        .join(Account, Account.teacher_id == Teacher.id)
        .join(Grant, and_(Grant.account_id == Account.id, Grant.role == Role.COORDINATOR))
        .join(Organisation, Organisation.id == Grant.organisation_id)
        .where(*_working(whom), Account.active, *of_organisations(whom.municipality_id, whom.audience))
        .distinct()
    )


def _participants(whom: Recipients) -> Drawn:
    return (
        select(*_columns(Event.id, Teacher.organisation_id))
        .join(EventParticipant, EventParticipant.teacher_id == Teacher.id)
        .join(Event, Event.id == EventParticipant.event_id)
        .where(*_working(whom), Event.id == whom.event_id, Event.municipality_id == whom.municipality_id)
    )


def _both_sides(whom: Recipients, today: date) -> Drawn:
    """Mentor and mentee of open pairs; a pair belongs to the organisation of its mentee."""
    sides = (_side(whom, today, side) for side in (MentoringPair.mentor_id, MentoringPair.mentee_id))
    both = union_all(*sides).subquery()
    return select(both.c.teacher_id, both.c.subject, both.c.organisation_id)


def _side(whom: Recipients, today: date, side: InstrumentedAttribute[int]) -> Drawn:
    mentee = aliased(Teacher)
    return (
        select(*_columns(MentoringPair.id, Teacher.organisation_id))
        .join(MentoringPair, side == Teacher.id)
        .join(mentee, mentee.id == MentoringPair.mentee_id)
        .join(Organisation, Organisation.id == mentee.organisation_id)
        .where(
            *_working(whom),
            MentoringPair.municipality_id == whom.municipality_id,
            is_open(today),
            *of_organisations(whom.municipality_id, whom.audience),
        )
    )


def _columns(subject: Any, organisation: Any) -> tuple[Any, Any, Any]:
    return Teacher.id.label("teacher_id"), subject.label("subject"), organisation.label("organisation_id")


def _working(whom: Recipients) -> tuple[ColumnElement[bool], ...]:
    return Teacher.municipality_id == whom.municipality_id, Teacher.archived_at.is_(None)


def _has_coordinator(whom: Recipients) -> ColumnElement[bool]:
    return (
        select(Grant.id)
        .join(Account, Account.id == Grant.account_id)
        .join(Teacher, Teacher.id == Account.teacher_id)
        .where(*_working(whom), Account.active, Grant.role == Role.COORDINATOR)
        .where(Grant.organisation_id == Organisation.id)
        .exists()
    )


def _asked_about(campaign_id: int) -> ColumnElement[bool]:
    return exists().where(Participation.campaign_id == campaign_id, Participation.subject == Organisation.id)
