"""A record of every kind, so that every address with a number in it leads somewhere."""

import re
from datetime import date

from core.people.model import Role
from storage.models import (
    Announcement,
    Association,
    AssociationMember,
    Attachment,
    Award,
    ExpertWork,
    Grant,
    ImportRun,
    MentorBankEntry,
    Programme,
    Reminder,
    ReminderRule,
    SavedAudience,
    Subject,
    SurveyDraft,
    SurveyVersion,
    TrainingRecord,
)
from storage.session import Database
from tests.admin.conftest import START, SignIn
from tests.admin.test_campaigns import make
from tests.admin.world import World
from tests.registry.folk import add, rows

Ids = dict[str, str]
NOBODYS = "999999"
SECRET = "Тайнослов"
"""In every name of the town, so that a page of another one can be searched for it."""


async def fill(db: Database, world: World, sign_in: SignIn) -> Ids:
    """By what stands before the number in an address, or by the name of the part."""
    version = (await rows(db, SurveyVersion))[0]
    someone = world.teachers[2]
    circle, programme, training, award, expert, mentor, subject, run, draft, attached = await add(
        db,
        Association(municipality_id=world.town, code="own", name=f"РМО {SECRET}"),
        Programme(municipality_id=world.town, title=SECRET, provider=SECRET, kind="advanced", form="remote"),
        TrainingRecord(
            teacher_id=someone, programme=SECRET, provider=SECRET, kind="advanced", finished_on=date(2026, 1, 1)
        ),
        Award(teacher_id=someone, title=SECRET, level="regional"),
        ExpertWork(teacher_id=someone, title=SECRET, level="regional", done_on=date(2026, 1, 1)),
        MentorBankEntry(teacher_id=someone, year=2026, state="confirmed"),
        Subject(code="art", title="рисование"),
        ImportRun(
            municipality_id=world.town,
            kind="staff",
            state="failed",
            file_name=SECRET,
            failure={"key": "import.broken", "params": {"number": "x"}},
            created_at=START,
        ),
        SurveyDraft(municipality_id=world.town, definition=version.definition, file_name=SECRET, uploaded_at=START),
        Attachment(kind="document", name=f"{SECRET}.txt", mime="text/plain", content=b"x"),
    )
    (told,) = await add(
        db,
        Announcement(
            municipality_id=world.town,
            category="news",
            text=f"<b>{SECRET}</b>",
            attachment_id=attached,
            state="draft",
            created_at=START,
            changed_at=START,
        ),
    )
    await add(
        db,
        *(AssociationMember(association_id=circle, teacher_id=one) for one in (someone, world.teachers[1])),
        Grant(account_id=world.teacher, role=Role.LEADER, association_id=circle),
    )
    (kept,) = await add(
        db,
        SavedAudience(
            municipality_id=world.town, title=SECRET, shared=True, created_by=world.methodist, created_at=START
        ),
    )
    (rule,) = await add(
        db,
        ReminderRule(
            municipality_id=world.town,
            kind="event",
            whom="person",
            before_days=[1],
            before_hours=[1],
            at="12:00",
            words=SECRET,
            since=START,
        ),
    )
    await add(
        db,
        Reminder(
            municipality_id=world.town,
            rule_id=rule,
            kind="plan",
            subject=START.toordinal(),
            account_id=world.methodist,
            slot="methodist 2026-11-23 2026-11-22T02:30Z",
            due_at=START,
            useful_until=START,
            state="refused",
            reason="unreachable:blocked",
        ),
    )
    campaign = await make(await sign_in(world.methodist), title=SECRET, form_id="every")
    return {
        "people": str(someone),
        "organisations": str(world.school),
        "invites": str(world.school),
        "associations": str(circle),
        "programmes": str(programme),
        "training": str(training),
        "attestation": str(someone),
        "awards": str(award),
        "expert-work": str(expert),
        "mentor-bank": str(mentor),
        "subjects": str(subject),
        "positions": "1",
        "reminders": str(rule),
        "imports": str(run),
        "audiences": str(kept),
        "campaigns": campaign.rsplit("/", 1)[1],
        "accounts": str(world.methodist),
        "drafts": str(draft),
        "announcements": str(told),
        "{survey_code}": "deficits",
        "{version_id}": str(version.id),
        "{token}": "x",
        "/indicators/{code}": "growth",
        "/campaigns/{campaign_id}/{code}": "open",
        "/announcements/{announcement_id}/{code}": "send",
        "/surveys/{code}": "deficits",
        "{ending}": "xlsx",
        "{part}": "added",
        "doubles": str(world.teachers[3]),
        "{teacher_id}": str(someone),
    }


def address(path: str, ids: Ids) -> str:
    """With the numbers of what is there; what is not there has a number that nobody has."""
    told, before = "", ""
    for part in re.split(r"(\{[^}]+\})", path):
        names = (before + part, before.rstrip("/").rpartition("/")[2], part)
        told += next((ids[one] for one in names if one in ids), NOBODYS) if part.startswith("{") else part
        before += part
    return told
