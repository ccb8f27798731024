"""What goes when somebody withdraws the consent, and what when they are erased. Inside the caller's transaction.

Call with `store.write(scrub=True)`: then SQLite overwrites what is deleted, in the file and in its log.
"""

import secrets
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.campaigns.model import ParticipationState
from core.errors import AppError
from core.importing.model import ImportState
from core.people.queries import is_last_administrator
from core.rights.model import Person
from core.surveys.model import SurveyPrivacy
from storage.models import (
    Account,
    Association,
    AuditEntry,
    Campaign,
    Chat,
    Consent,
    Delivery,
    ImportRun,
    InboxUpdate,
    Invite,
    Participation,
    Response,
    SignInCheck,
    SignInLink,
    SurveyVersion,
    Teacher,
    WebSession,
)

UNSENT = ("queued", "retrying", "held", "merged")
NOBODY = "-"
"""Instead of a person in the inbox: the row has to stay while the messenger may hand its update over again."""
UNFINISHED = (ImportState.READING, ImportState.READY, ImportState.APPLYING, ImportState.FAILED)
"""States in which an import still holds what stands in its file."""


async def withdraw(session: AsyncSession, person: Person, at: datetime) -> None:
    """The consent ends, and with it everything that rests on it: chat, answers, ways in. The registry's record stays.

    Of anonymous surveys only that the person took part stays: their ballot can no longer be told from others, and
    numbers that count people must go on fitting it.
    """
    await _forget_answers(session, person)
    await session.execute(
        update(Consent)
        .where(Consent.account_id == person.account_id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )
    await session.execute(
        update(Invite)
        .where(Invite.account_id == person.account_id, Invite.used_at.is_(None), Invite.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    await session.execute(delete(Delivery).where(Delivery.account_id == person.account_id, Delivery.state.in_(UNSENT)))
    for table in (Chat, WebSession, SignInLink, SignInCheck):
        await session.execute(delete(table).where(table.account_id == person.account_id))
    await _leave_inbox(session, person)


async def _forget_answers(session: AsyncSession, person: Person) -> None:
    if person.teacher_id is None:
        return
    # Answers and results of scales hang on the response and go with it.
    await session.execute(delete(Response).where(Response.teacher_id == person.teacher_id))
    anonymous = (
        select(Campaign.id)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .where(SurveyVersion.privacy == SurveyPrivacy.ANONYMOUS)
    )
    took_part = (Participation.state == ParticipationState.SUBMITTED) & Participation.campaign_id.in_(anonymous)
    await session.execute(delete(Participation).where(Participation.teacher_id == person.teacher_id, ~took_part))


async def erase(session: AsyncSession, person: Person) -> str:
    """Every row about the person goes, in the audit a pseudonym takes their place; returns it.

    Files that wait to be imported may hold the name, so those of the municipality are given up.
    `rights.last_administrator` when nobody would be left who can let others in.
    """
    if await is_last_administrator(session, person.account_id):
        raise AppError("rights.last_administrator")
    pseudonym = f"стёртый-{secrets.token_hex(4)}"
    await _leave_inbox(session, person)
    await _leave_audit(session, person, pseudonym)
    await session.execute(
        delete(ImportRun).where(ImportRun.municipality_id == person.municipality_id, ImportRun.state.in_(UNFINISHED))
    )
    await session.execute(update(Association).where(Association.leader_id == person.teacher_id).values(leader_id=None))
    # Everything else refers to the account or to the teacher with ON DELETE CASCADE or SET NULL.
    await session.execute(delete(Account).where(Account.id == person.account_id))
    await session.execute(delete(Teacher).where(Teacher.id == person.teacher_id))
    return pseudonym


async def _leave_inbox(session: AsyncSession, person: Person) -> None:
    """Also the row of the very press that asks for this: its screen is not owed to anybody after a crash."""
    await session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.person.in_(person.addresses), InboxUpdate.state != "new")
        .values(person=NOBODY, payload=None, state="done")
    )


async def _leave_audit(session: AsyncSession, person: Person, pseudonym: str) -> None:
    about = AuditEntry.subject.in_(person.subjects)
    await session.execute(update(AuditEntry).where(about).values(subject=pseudonym, changes={}, details={}))
    if person.account_id is not None:
        mine = AuditEntry.account_id == person.account_id
        await session.execute(update(AuditEntry).where(mine).values(account_id=None, pseudonym=pseudonym))
