"""Which rows of other tables belong to a teacher or to an account, and what becomes of them when two are made one.

`tests/registry/test_merging.py` walks all foreign keys: whoever adds a table has to decide here.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from core.doubles.model import Moving
from storage.models import (
    Account,
    Announcement,
    AnnouncementPress,
    Association,
    AssociationMember,
    AuditEntry,
    Award,
    Campaign,
    Chat,
    Consent,
    Delivery,
    Diagnosis,
    DistinctPeople,
    EventParticipant,
    ExpertWork,
    Grant,
    ImportChange,
    ImportRow,
    ImportRun,
    Invite,
    MentorBankEntry,
    MentoringPair,
    Mute,
    Participation,
    Reminder,
    Response,
    SavedAudience,
    SignInCheck,
    SignInLink,
    SurveyDraft,
    TeacherMove,
    TeacherSubject,
    TrainingRecord,
    WebSession,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Rows that go over to the one who stays. One that agrees with a row of theirs in all `same` columns is dropped."""

    column: InstrumentedAttribute[Any]
    same: tuple[InstrumentedAttribute[Any], ...] = ()

    @property
    def table(self) -> str:
        return str(self.column.class_.__tablename__)


TEACHER = (
    Reference(TeacherMove.teacher_id),
    Reference(Association.leader_id),
    Reference(ImportChange.teacher_id),
    Reference(ImportRow.teacher_id),
    Reference(TeacherSubject.teacher_id, (TeacherSubject.subject_id,)),
    Reference(AssociationMember.teacher_id, (AssociationMember.association_id,)),
    Reference(EventParticipant.teacher_id, (EventParticipant.event_id,)),
    Reference(Diagnosis.teacher_id, (Diagnosis.source, Diagnosis.taken_on)),
    Reference(MentorBankEntry.teacher_id, (MentorBankEntry.year,)),
    Reference(
        TrainingRecord.teacher_id,
        (
            TrainingRecord.programme,
            TrainingRecord.provider,
            TrainingRecord.kind,
            TrainingRecord.hours,
            TrainingRecord.finished_on,
        ),
    ),
    Reference(Award.teacher_id, (Award.title, Award.level, Award.given_on)),
    Reference(ExpertWork.teacher_id, (ExpertWork.title, ExpertWork.level, ExpertWork.done_on)),
)
ACCOUNT = (
    Reference(Invite.account_id),
    Reference(Consent.account_id),
    Reference(AuditEntry.account_id),
    Reference(Campaign.created_by),
    Reference(SurveyDraft.uploaded_by),
    Reference(ImportRun.created_by),
    Reference(Announcement.created_by),
    Reference(SavedAudience.created_by),
    Reference(AnnouncementPress.account_id, (AnnouncementPress.announcement_id, AnnouncementPress.button)),
    Reference(Mute.account_id, (Mute.category,)),
    Reference(Reminder.account_id, (Reminder.kind, Reminder.subject, Reminder.slot)),
    Reference(Delivery.account_id, (Delivery.kind, Delivery.subject, Delivery.slot)),
    Reference(Grant.account_id, (Grant.role, Grant.municipality_id, Grant.organisation_id, Grant.association_id)),
)
ENDED: tuple[InstrumentedAttribute[Any], ...] = (SignInLink.account_id, WebSession.account_id, SignInCheck.account_id)
"""Ways into the account that goes; nobody comes in by them any more."""

APART: tuple[InstrumentedAttribute[Any], ...] = (
    Account.teacher_id,
    Chat.account_id,
    DistinctPeople.first_id,
    DistinctPeople.second_id,
    MentoringPair.mentor_id,
    MentoringPair.mentee_id,
    Participation.teacher_id,
    Response.teacher_id,
)
"""These have rules of their own: core.doubles.{accounts,pairs,answers}."""

SHOWN = (
    TrainingRecord,
    Award,
    ExpertWork,
    Diagnosis,
    MentorBankEntry,
    AssociationMember,
    EventParticipant,
    TeacherSubject,
    TeacherMove,
)
"""What the page of the comparison counts."""


async def hand_over(session: AsyncSession, references: tuple[Reference, ...], keeper: int, other: int) -> None:
    """Everything of `other` (id of a teacher or an account) becomes `keeper`'s."""
    for one in references:
        table = one.column.class_
        if one.same:
            await session.execute(
                delete(table).where(one.column == other, _known(one, keeper)),
                execution_options={"synchronize_session": False},
            )
        await session.execute(
            update(table).where(one.column == other).values({one.column: keeper}),
            execution_options={"synchronize_session": False},
        )


async def end(session: AsyncSession, account_id: int) -> None:
    for column in ENDED:
        await session.execute(delete(column.class_).where(column == account_id))


async def weighed(session: AsyncSession, keeper: int, other: int) -> tuple[Moving, ...]:
    """What would be handed over, of the tables that people know; those without rows are left out."""
    found = []
    for one in TEACHER:
        if one.column.class_ not in SHOWN:
            continue
        theirs = one.column == other
        whole = await _count(session, theirs)
        dropped = await _count(session, and_(theirs, _known(one, keeper))) if one.same and whole else 0
        if whole:
            found.append(Moving(one.table, whole, dropped))
    return tuple(found)


async def pairs(session: AsyncSession, teacher_id: int) -> int:
    """Mentoring pairs that somebody is in."""
    return await _count(session, or_(MentoringPair.mentor_id == teacher_id, MentoringPair.mentee_id == teacher_id))


def _known(one: Reference, keeper: int) -> ColumnElement[bool]:
    """The one who stays has the same."""
    twin = aliased(one.column.class_)
    same = (column.is_not_distinct_from(getattr(twin, column.key)) for column in one.same)
    return exists().where(getattr(twin, one.column.key) == keeper, *same)


async def _count(session: AsyncSession, condition: ColumnElement[bool]) -> int:
    found: int = (await session.execute(select(func.count()).where(condition))).scalar_one()
    return found
