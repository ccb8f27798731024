"""Somebody about whom every table has a row, for tests of what is shown and what is erased."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.people.model import Actor, Channel
from core.sealing import Sealer
from core.surveys import actions as surveys
from storage.models import (
    Announcement,
    AnnouncementPress,
    Association,
    AssociationMember,
    AuditEntry,
    Award,
    Base,
    Delivery,
    Diagnosis,
    DistinctPeople,
    Event,
    EventParticipant,
    ExpertWork,
    Grant,
    ImportChange,
    ImportRun,
    InboxUpdate,
    Invite,
    MentorBankEntry,
    MentoringPair,
    Mute,
    Reminder,
    SignInCheck,
    SignInLink,
    Subject,
    Teacher,
    TeacherMove,
    TeacherSubject,
    TrainingRecord,
    WebSession,
)
from storage.session import Database
from tests.answering.world import World, give_consent, make_world, walk_to_summary
from tests.clocks import SetClock

SURNAME = "Неповторимова"
SEALER = Sealer("ключ")


async def lived(db: Database, clock: SetClock) -> World:
    """The world's first teacher has joined, agreed, answered both surveys and left a trace everywhere."""
    world = await make_world(db, clock)
    me, other = world.teachers
    await give_consent(db, clock, me)
    for campaign in (world.deficits, world.burnout):
        summary = await walk_to_summary(db, clock, me, campaign)
        await surveys.submit(db, clock, me, summary.place, SEALER)
    async with db.write() as session:
        await _leave_traces(session, clock, me, other)
    return world


async def _leave_traces(session: AsyncSession, clock: SetClock, me: Actor, other: Actor) -> None:
    assert me.teacher_id is not None
    assert other.teacher_id is not None
    teacher = await session.get_one(Teacher, me.teacher_id)
    teacher.surname = SURNAME
    town, day, now = teacher.municipality_id, date(2025, 5, 20), clock.now()
    subject = Subject(code="math", title="математика")
    circle = Association(municipality_id=town, code="gmo", name="ГМО учителей", leader_id=teacher.id)
    event = Event(municipality_id=town, kind="course", title="Курсы", starts_at=now)
    run = ImportRun(municipality_id=town, kind="staff", state="applied", file_name="a.xlsx", created_at=now)
    waiting = ImportRun(
        municipality_id=town,
        kind="staff",
        state="ready",
        file_name="b.xlsx",
        content=SURNAME.encode(),
        created_by=me.account_id,
        created_at=now,
    )
    word = Announcement(municipality_id=town, category="news", state="done", created_at=now, changed_at=now)
    session.add_all([subject, circle, event, run, waiting, word])
    await session.flush()
    mine: Mapping[str, Any] = {"teacher_id": teacher.id}
    own: Mapping[str, Any] = {"account_id": me.account_id}
    session.add_all(
        [
            TeacherSubject(**mine, subject_id=subject.id),
            AssociationMember(**mine, association_id=circle.id),
            TeacherMove(
                **mine,
                from_organisation_id=teacher.organisation_id,
                to_organisation_id=teacher.organisation_id,
                moved_on=day,
            ),
            TrainingRecord(**mine, programme="Программа", provider="Институт", kind="advanced", finished_on=day),
            Award(**mine, title="Грамота", level="municipal"),
            ExpertWork(**mine, title="Жюри", level="municipal", done_on=day),
            MentorBankEntry(**mine, year=2026, state="confirmed"),
            MentoringPair(municipality_id=town, mentor_id=teacher.id, mentee_id=other.teacher_id, started_on=day),
            Diagnosis(**mine, source="regional_centre", taken_on=day, areas={"subject_area": 50}),
            DistinctPeople(first_id=teacher.id, second_id=other.teacher_id),
            EventParticipant(**mine, event_id=event.id),
            ImportChange(
                run_id=run.id, number=1, table="teachers", row_id=teacher.id, **mine, added=False,
                before={"surname": SURNAME}, after={},
            ),
            Grant(**own, role="leader", association_id=circle.id),
            Invite(**own, code_hash="a", created_at=now, expires_at=now),
            SignInLink(**own, token_hash="b", expires_at=now),
            SignInCheck(**own, token_hash="c", number=11, state="waiting", expires_at=now),
            WebSession(**own, token_hash="d", agent="Firefox", created_at=now, seen_at=now, expires_at=now),
            Delivery(**own, kind="invitation", subject=1, state="sent", not_before=now),
            Delivery(**own, kind="reminder", subject=1, state="queued", not_before=now),
            AnnouncementPress(**own, announcement_id=word.id, button="acknowledged", pressed_at=now),
            Mute(**own, category="contests"),
            Reminder(
                **own, municipality_id=town, kind="attestation", subject=teacher.id, slot="2026-05-20:30", due_at=now,
                useful_until=now, state="delivered", settled_at=now,
            ),
            AuditEntry(
                at=now, subject=f"teacher:{teacher.id}", action="teacher.changed",
                changes={"surname": [SURNAME, SURNAME]},
            ),
            AuditEntry(at=now, account_id=me.account_id, subject="campaign:1", action="results.exported"),
            InboxUpdate(channel=Channel.TELEGRAM, update_id=1, person="1", state="done", received_at=now),
        ]
    )  # fmt: skip


async def rows_of(db: Database, actor: Actor) -> dict[str, int]:
    """Table → how many of its rows refer to the person by a foreign key; tables without any are left out."""
    who = {"teachers": actor.teacher_id, "accounts": actor.account_id}
    found: dict[str, int] = {}
    async with db.read() as session:
        for table in Base.metadata.sorted_tables:
            for key in table.foreign_keys:
                target = key.column.table.name
                if target in who:
                    rows = (await session.execute(select(table).where(key.parent == who[target]))).all()
                    found[table.name] = found.get(table.name, 0) + len(rows)
    return {table: number for table, number in found.items() if number}
