"""Parts of a card that say what somebody has done: courses, awards, pairs, events."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.events.model import EventKind
from core.people.model import Level, MentorState, TrainingKind
from core.teachers.model import BankYear, Circle, Course, Deed, Finding, Pair, Visit
from storage.models import (
    Association,
    AssociationMember,
    Award,
    Diagnosis,
    Event,
    EventParticipant,
    ExpertWork,
    MentorBankEntry,
    MentoringPair,
    Municipality,
    Teacher,
    TrainingRecord,
)


async def circles(session: AsyncSession, teacher_id: int) -> tuple[Circle, ...]:
    """Associations that somebody belongs to or leads."""
    theirs = select(AssociationMember.association_id).where(AssociationMember.teacher_id == teacher_id)
    rows = await session.scalars(
        select(Association)
        .where(or_(Association.id.in_(theirs), Association.leader_id == teacher_id), Association.archived_at.is_(None))
        .order_by(Association.search)
    )
    return tuple(Circle(one.id, one.name, one.leader_id == teacher_id) for one in rows)


async def pairs(session: AsyncSession, teacher_id: int) -> tuple[Pair, ...]:
    """Open ones first, then the latest."""
    found = list(
        await session.scalars(
            select(MentoringPair)
            .where(or_(MentoringPair.mentor_id == teacher_id, MentoringPair.mentee_id == teacher_id))
            .order_by(MentoringPair.ended_on.is_not(None), MentoringPair.started_on.desc(), MentoringPair.id)
        )
    )
    partners = {pair.id: pair.mentee_id if pair.mentor_id == teacher_id else pair.mentor_id for pair in found}
    people = await session.scalars(select(Teacher).where(Teacher.id.in_(set(partners.values()))))
    names = {one.id: one.full_name for one in people}
    return tuple(
        Pair(
            partners[pair.id],
            names[partners[pair.id]],
            pair.mentor_id == teacher_id,
            pair.started_on,
            pair.ended_on,
        )
        for pair in found
    )


async def courses(session: AsyncSession, teacher_id: int) -> tuple[Course, ...]:
    """The latest first; those in the archive are left out, here and below."""
    rows = await _present(session, TrainingRecord, teacher_id, TrainingRecord.finished_on)
    return tuple(
        Course(one.id, one.programme, one.provider, TrainingKind(one.kind), one.hours, one.finished_on) for one in rows
    )


async def awards(session: AsyncSession, teacher_id: int) -> tuple[Deed, ...]:
    rows = await _present(session, Award, teacher_id, Award.given_on)
    return tuple(Deed(one.id, one.title, Level(one.level), one.given_on) for one in rows)


async def expert_work(session: AsyncSession, teacher_id: int) -> tuple[Deed, ...]:
    rows = await _present(session, ExpertWork, teacher_id, ExpertWork.done_on)
    return tuple(Deed(one.id, one.title, Level(one.level), one.done_on) for one in rows)


async def bank(session: AsyncSession, teacher_id: int) -> tuple[BankYear, ...]:
    rows = await _present(session, MentorBankEntry, teacher_id, MentorBankEntry.year)
    return tuple(BankYear(one.id, one.year, MentorState(one.state)) for one in rows)


async def _present(session: AsyncSession, table: type[Any], teacher_id: int, by: Any) -> list[Any]:
    chosen = select(table).where(table.teacher_id == teacher_id, table.archived_at.is_(None))
    return list(await session.scalars(chosen.order_by(by.desc().nulls_last(), table.id.desc())))


async def visits(session: AsyncSession, teacher_id: int) -> tuple[Visit, ...]:
    """Events that somebody takes part in, the latest first."""
    rows = await session.scalars(
        select(Event)
        .join(EventParticipant, EventParticipant.event_id == Event.id)
        .where(EventParticipant.teacher_id == teacher_id)
        .order_by(Event.starts_at.desc(), Event.id.desc())
    )
    return tuple(Visit(one.title, EventKind(one.kind), one.starts_at) for one in rows)


async def findings(session: AsyncSession, town: Municipality, teacher_id: int) -> tuple[Finding, ...]:
    """Outside diagnoses, the latest first."""
    titles = {one["code"]: one.get("title", one["code"]) for one in town.settings.get("diagnosis_sources") or []}
    rows = await session.scalars(
        select(Diagnosis)
        .where(Diagnosis.teacher_id == teacher_id)
        .order_by(Diagnosis.taken_on.desc(), Diagnosis.id.desc())
    )
    return tuple(Finding(titles.get(one.source, one.source), one.taken_on, one.areas) for one in rows)
