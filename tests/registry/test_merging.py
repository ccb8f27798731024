"""Two records of one person are made one: nothing that refers to the other is lost, nothing stays behind."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.campaigns.model import CampaignState, ParticipationState, ResponseState
from core.doubles import actions, queries, references
from core.doubles.model import Comparison, Likeness, Merge
from core.errors import AppError, Denied, NotFound
from core.people.model import Actor, Role
from core.surveys import actions as surveys
from core.surveys.loading import parse_definition
from storage.models import (
    Account,
    Association,
    AssociationMember,
    AuditEntry,
    Award,
    Base,
    Campaign,
    Chat,
    Consent,
    ConsentText,
    Delivery,
    Diagnosis,
    DistinctPeople,
    Grant,
    ImportChange,
    ImportRun,
    Invite,
    MentorBankEntry,
    MentoringPair,
    Participation,
    Response,
    Teacher,
    TrainingRecord,
    WebSession,
)
from storage.session import Database
from tests.clocks import SetClock
from tests.registry.folk import Folk, account_of, add, count, make_folk, rows

CATALOGUE = Path(__file__).parents[2] / "bot" / "surveys" / "catalogue"
THEN = datetime(2026, 3, 1, 9, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
async def folk(db: Database, clock: SetClock) -> Folk:
    return await make_folk(db, clock)


async def _look(db: Database, folk: Folk, actor: Actor | None = None) -> Comparison:
    async with db.read() as session:
        return await queries.comparison(session, actor or folk.methodist, folk.first, folk.second)


async def _merge(
    db: Database, clock: SetClock, folk: Folk, *from_other: str, actor: Actor | None = None, seen: str = ""
) -> None:
    seen = seen or (await _look(db, folk, actor)).seen
    wanted = Merge(folk.first, folk.second, frozenset(from_other), seen)
    await actions.merge(db, clock, actor or folk.methodist, wanted)


def test_every_foreign_key_to_a_person_is_decided_upon() -> None:
    decided = {
        (column.class_.__tablename__, column.key)
        for column in (
            *(one.column for one in (*references.TEACHER, *references.ACCOUNT)),
            *references.ENDED,
            *references.APART,
        )
    }
    referring = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in {"teachers", "accounts"}
    }
    without_key = {("import_rows", "teacher_id")}
    assert decided == referring | without_key


async def test_what_belonged_to_one_belongs_to_the_other(db: Database, clock: SetClock, folk: Folk) -> None:
    course = {"programme": "Курс", "provider": "Институт", "kind": "advanced", "finished_on": date(2025, 5, 1)}
    await add(
        db,
        TrainingRecord(teacher_id=folk.first, hours=36, **course),
        TrainingRecord(teacher_id=folk.second, hours=36, **course),
        TrainingRecord(teacher_id=folk.second, hours=72, **course),
        Award(teacher_id=folk.second, title="Грамота", level="municipal"),
        AssociationMember(association_id=folk.association, teacher_id=folk.first),
        AssociationMember(association_id=folk.association, teacher_id=folk.second),
        Diagnosis(teacher_id=folk.second, source="irooo", taken_on=date(2026, 1, 1), areas={}),
        MentorBankEntry(teacher_id=folk.first, year=2026, state="proposed"),
        MentorBankEntry(teacher_id=folk.second, year=2026, state="confirmed"),
    )
    async with db.write() as session:
        (await session.get_one(Association, folk.association)).leader_id = folk.second
    seen = await _look(db, folk)
    assert {(one.table, one.whole, one.dropped) for one in seen.moving} == {
        ("training_records", 2, 1),
        ("awards", 1, 0),
        ("association_members", 1, 1),
        ("diagnoses", 1, 0),
        ("mentor_bank", 1, 1),
    }
    await _merge(db, clock, folk)
    assert sorted(one.hours for one in await rows(db, TrainingRecord)) == [36, 72]
    for table in (TrainingRecord, Award, AssociationMember, Diagnosis, MentorBankEntry):
        assert {one.teacher_id for one in await rows(db, table)} == {folk.first}, table
    assert [one.state for one in await rows(db, MentorBankEntry)] == ["confirmed"]
    assert [one.leader_id for one in await rows(db, Association)] == [folk.first]
    assert await count(db, Teacher, Teacher.id == folk.second) == 0


async def test_the_chosen_values_stay_and_the_history_becomes_one(db: Database, clock: SetClock, folk: Folk) -> None:
    async with db.write() as session:
        other = await session.get_one(Teacher, folk.second)
        other.patronymic, other.category, other.category_date = "Ивановна", "first", date(2024, 1, 1)
        keeper = await session.get_one(Teacher, folk.first)
        keeper.archived_at = THEN
    await add(
        db, AuditEntry(at=THEN, action="teacher.added", subject=f"teacher:{folk.second}", municipality_id=folk.town)
    )
    await _merge(db, clock, folk, "patronymic", "category")
    (kept,) = await rows(db, Teacher, Teacher.id == folk.first)
    assert (kept.surname, kept.patronymic, kept.category, kept.category_date, kept.archived_at) == (
        "Семёнова", "Ивановна", "first", date(2024, 1, 1), None,
    )  # fmt: skip
    assert kept.search == "семенова проба ивановна"
    history = await rows(db, AuditEntry, AuditEntry.subject == f"teacher:{folk.first}")
    assert [one.action for one in history] == ["teacher.added", "teacher.merged"]
    assert history[1].changes["category"] == ["none", "first"]
    assert history[1].details == {"other": folk.second, "from_other": ["category", "patronymic"]}


async def test_a_second_press_is_told_so(db: Database, clock: SetClock, folk: Folk) -> None:
    await _merge(db, clock, folk)
    with pytest.raises(AppError, match=r"doubles\.already_merged"):
        await _merge(db, clock, folk, seen="whatever")
    with pytest.raises(NotFound):
        await _merge(db, clock, folk, actor=folk.stranger, seen="whatever")


@pytest.mark.parametrize("turned", [False, True])
async def test_of_presses_at_the_same_moment_one_merges(
    db: Database, clock: SetClock, folk: Folk, turned: bool
) -> None:
    one = Merge(folk.first, folk.second, frozenset(), (await _look(db, folk)).seen)
    async with db.read() as session:
        seen = (await queries.comparison(session, folk.methodist, folk.second, folk.first)).seen
    two = Merge(folk.second, folk.first, frozenset(), seen) if turned else one
    work = (actions.merge(db, clock, folk.methodist, wanted) for wanted in (one, two))
    done = await asyncio.gather(*work, return_exceptions=True)
    (refused,) = [error for error in done if error is not None]
    assert isinstance(refused, AppError)
    assert refused.key == ("not_found" if turned else "doubles.already_merged")
    assert await count(db, Teacher, Teacher.id.in_((folk.first, folk.second))) == 1


async def test_what_was_changed_meanwhile_is_not_merged_unseen(db: Database, clock: SetClock, folk: Folk) -> None:
    seen = (await _look(db, folk)).seen
    async with db.write() as session:
        (await session.get_one(Teacher, folk.second)).birth_year = 1999
    with pytest.raises(AppError, match=r"doubles\.changed"):
        await _merge(db, clock, folk, seen=seen)
    assert await count(db, Teacher) == 4


async def test_nobody_merges_out_of_reach(db: Database, clock: SetClock, folk: Folk) -> None:
    everywhere = replace(folk.methodist, everywhere=True)
    coordinator = Actor(folk.methodist.account_id, None, folk.town, organisations=frozenset({folk.school}))
    for actor, keeper, other, error in (
        (folk.stranger, folk.first, folk.second, NotFound),
        (folk.methodist, folk.first, folk.outsider, NotFound),
        (everywhere, folk.first, folk.outsider, NotFound),
        (everywhere, folk.first, folk.first, NotFound),
        (coordinator, folk.first, folk.second, Denied),
    ):
        with pytest.raises(error):
            await actions.merge(db, clock, actor, Merge(keeper, other, frozenset(), ""))
        with pytest.raises(error):
            await actions.set_apart(db, clock, actor, keeper, other)
    assert await count(db, Teacher) == 4


async def test_rights_of_staff_pass_only_by_the_hand_of_an_administrator(
    db: Database, clock: SetClock, folk: Folk
) -> None:
    await account_of(db, clock, folk.second, folk.town, Grant(role=Role.METHODIST, municipality_id=folk.town))
    assert (await _look(db, folk)).needs_administrator
    with pytest.raises(Denied, match=r"doubles\.staff"):
        await _merge(db, clock, folk)
    await _merge(db, clock, folk, actor=folk.administrator)
    (account,) = await rows(db, Account, Account.teacher_id == folk.first)
    assert [grant.role for grant in await rows(db, Grant, Grant.account_id == account.id)] == [Role.METHODIST]


async def test_an_import_cannot_take_back_what_was_merged(db: Database, clock: SetClock, folk: Folk) -> None:
    (run,) = await add(
        db, ImportRun(municipality_id=folk.town, kind="staff", state="applied", file_name="а.xlsx", created_at=THEN)
    )
    made = ((folk.first, "teachers", folk.first), (folk.second, "teachers", folk.second), (folk.second, "awards", 77))
    await add(
        db,
        *(
            ImportChange(run_id=run, number=number, table=table, row_id=row, teacher_id=teacher, added=True)
            for number, (teacher, table, row) in enumerate(made)
        ),
    )
    await _merge(db, clock, folk)
    assert [(one.table, one.row_id, one.teacher_id) for one in await rows(db, ImportChange)] == [
        ("awards", 77, folk.first)
    ]


async def test_accounts_become_one(db: Database, clock: SetClock, folk: Folk) -> None:
    led = {"role": Role.LEADER, "association_id": folk.association}
    mine = await account_of(db, clock, folk.first, folk.town, Grant(**led))
    theirs = await account_of(
        db, clock, folk.second, folk.town, Grant(**led), Grant(role=Role.COORDINATOR, organisation_id=folk.school)
    )
    await add(
        db,
        ConsentText(version="1", text="Согласие", published_at=THEN),
        *(Chat(account_id=one, channel="telegram", address=str(one)) for one in (mine, theirs)),
        Invite(account_id=theirs, code_hash="x", created_at=THEN, expires_at=LATER),
        WebSession(account_id=theirs, token_hash="x", created_at=THEN, seen_at=THEN, expires_at=LATER),
        *(
            Delivery(kind="campaign.invitation", subject=subject, account_id=one, state="sent", not_before=THEN)
            for one, subject in ((mine, 1), (theirs, 1), (theirs, 2))
        ),
        AuditEntry(at=THEN, action="people.joined", account_id=theirs, subject=f"account:{theirs}"),
    )
    await add(
        db,
        Consent(account_id=mine, version="1", given_at=THEN, withdrawn_at=LATER),
        Consent(account_id=theirs, version="1", given_at=THEN),
    )
    await _merge(db, clock, folk)
    assert await count(db, Account, Account.id == theirs) == 0
    assert [one.address for one in await rows(db, Chat)] == [str(mine)]
    assert {one.role for one in await rows(db, Grant)} == {Role.LEADER, Role.COORDINATOR}
    assert await count(db, Grant) == 2
    assert sorted(one.subject for one in await rows(db, Delivery, Delivery.account_id == mine)) == [1, 2]
    assert await count(db, WebSession) == 0
    assert [one.account_id for one in await rows(db, Invite)] == [mine]
    assert {one.withdrawn_at for one in await rows(db, Consent)} == {LATER}
    (joined,) = await rows(db, AuditEntry, AuditEntry.action == "people.joined")
    assert (joined.account_id, joined.subject) == (mine, f"account:{mine}")


async def test_whoever_is_joined_stays_joined(db: Database, clock: SetClock, folk: Folk) -> None:
    theirs = await account_of(db, clock, folk.second, folk.town)
    await add(db, Chat(account_id=theirs, channel="telegram", address="7"))
    assert (await _look(db, folk)).chats == (False, True)
    await _merge(db, clock, folk)
    (account,) = await rows(db, Account, Account.teacher_id == folk.first)
    assert [one.account_id for one in await rows(db, Chat)] == [account.id]


async def test_the_office_in_the_place_that_was_not_chosen_ends(db: Database, clock: SetClock, folk: Folk) -> None:
    async with db.write() as session:
        (await session.get_one(Teacher, folk.second)).organisation_id = folk.kindergarten
    await account_of(db, clock, folk.second, folk.town, Grant(role=Role.COORDINATOR, organisation_id=folk.kindergarten))
    await _merge(db, clock, folk)
    assert await count(db, Grant) == 0


async def _campaign(db: Database, clock: SetClock, folk: Folk, code: str = "needs") -> int:
    definition = parse_definition((CATALOGUE / f"{code}.yaml").read_text(encoding="utf-8"), code)
    campaign = Campaign(
        municipality_id=folk.town,
        survey_version_id=await surveys.publish(db, clock, definition),
        title="Анкетирование",
        state=CampaignState.OPEN,
        k=5,
        opens_at=THEN,
        closes_at=LATER,
    )
    return int((await add(db, campaign))[0])


async def _answered(db: Database, campaign: int, teacher: int, when: datetime | None, subject: int = 0) -> int:
    """Submitted at that moment, or begun only."""
    key = {"campaign_id": campaign, "teacher_id": teacher, "subject": subject}
    version = (await rows(db, Campaign, Campaign.id == campaign))[0].survey_version_id
    state = ParticipationState.SUBMITTED if when else ParticipationState.BEGUN
    response = Response(
        **key,
        survey_version_id=version,
        state=ResponseState.SUBMITTED if when else ResponseState.DRAFT,
        started_at=THEN,
        submitted_at=when,
    )
    await add(db, Participation(**key, state=state))
    return int((await add(db, response))[0])


@pytest.mark.parametrize(
    ("mine", "theirs", "stays"),
    [
        (None, THEN, "theirs"),
        (THEN, None, "mine"),
        (None, None, "mine"),
        (THEN, LATER, "theirs"),
        (LATER, THEN, "mine"),
    ],
)
async def test_of_two_answers_the_submitted_and_the_later_stays(
    db: Database, clock: SetClock, folk: Folk, mine: datetime | None, theirs: datetime | None, stays: str
) -> None:
    campaign = await _campaign(db, clock, folk)
    ids = {
        "mine": await _answered(db, campaign, folk.first, mine),
        "theirs": await _answered(db, campaign, folk.second, theirs),
    }
    await _merge(db, clock, folk)
    assert [(one.id, one.teacher_id) for one in await rows(db, Response)] == [(ids[stays], folk.first)]
    (asked,) = await rows(db, Participation)
    assert asked.teacher_id == folk.first
    assert asked.state == (ParticipationState.SUBMITTED if mine or theirs else ParticipationState.BEGUN)


async def test_an_anonymous_submission_wins_over_a_draft(db: Database, clock: SetClock, folk: Folk) -> None:
    campaign = await _campaign(db, clock, folk)
    await _answered(db, campaign, folk.second, None)
    await add(db, Participation(campaign_id=campaign, teacher_id=folk.first, state=ParticipationState.SUBMITTED))
    await _merge(db, clock, folk)
    assert await count(db, Response) == 0
    assert [one.state for one in await rows(db, Participation)] == [ParticipationState.SUBMITTED]


async def test_pairs_become_one_with_what_was_answered_about_them(db: Database, clock: SetClock, folk: Folk) -> None:
    day = date(2026, 1, 10)
    kept, twin, own = await add(
        db,
        *(
            MentoringPair(municipality_id=folk.town, mentor_id=mentor, mentee_id=mentee, started_on=day)
            for mentor, mentee in (
                (folk.first, folk.third),
                (folk.second, folk.third),
                (folk.first, folk.second),
            )
        ),
    )
    campaign = await _campaign(db, clock, folk, "mentoring")
    answered = await _answered(db, campaign, folk.second, THEN, subject=twin)
    mentees = await _answered(db, campaign, folk.third, THEN, subject=twin)
    await _answered(db, campaign, folk.first, None, subject=own)
    await _merge(db, clock, folk)
    assert [one.id for one in await rows(db, MentoringPair)] == [kept]
    assert sorted((one.id, one.teacher_id, one.subject) for one in await rows(db, Response)) == [
        (answered, folk.first, kept),
        (mentees, folk.third, kept),
    ]


async def test_different_people_are_not_shown_again(db: Database, clock: SetClock, folk: Folk) -> None:
    async with db.read() as session:
        pairs, whole = await queries.likely(session, folk.methodist, folk.town)
    assert [(one.first.id, one.second.id, one.likeness) for one in pairs] == [
        (folk.first, folk.second, Likeness.SAME_NAME)
    ]
    assert whole == 1
    for _ in range(2):
        await actions.set_apart(db, clock, folk.methodist, folk.second, folk.first)
    async with db.read() as session:
        assert await queries.likely(session, folk.methodist, folk.town) == ([], 0)
        with pytest.raises(NotFound):
            await queries.likely(session, folk.stranger, folk.town)
    assert await count(db, AuditEntry, AuditEntry.action == "teacher.told_apart") == 2


async def test_whoever_was_told_apart_stays_told_apart(db: Database, clock: SetClock, folk: Folk) -> None:
    await add(
        db,
        DistinctPeople(first_id=folk.first, second_id=folk.second),
        DistinctPeople(first_id=folk.second, second_id=folk.third),
    )
    await _merge(db, clock, folk)
    assert [(one.first_id, one.second_id) for one in await rows(db, DistinctPeople)] == [(folk.first, folk.third)]


async def test_two_records_in_the_archive_are_left_alone(db: Database, folk: Folk) -> None:
    async with db.write() as session:
        for one in (folk.first, folk.second):
            (await session.get_one(Teacher, one)).archived_at = THEN
    async with db.read() as session:
        assert await queries.likely(session, folk.methodist, folk.town) == ([], 0)
