"""Sheets of invites: for whom, what ends with them, and who may make them."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from core.errors import AppError, Denied, NotFound
from core.invites import actions, queries
from core.invites.model import PeopleSearch, Sheet, SheetRequest, Standing, Whom
from core.people.model import Channel
from storage.models import Account, AuditEntry, Invite, Teacher
from storage.session import Database
from tests.clocks import SetClock
from tests.invites.town import Town, actor, make_town


@pytest.fixture
async def town(db: Database, clock: SetClock) -> Town:
    return await make_town(db, clock)


async def request(db: Database, town: Town, whom: Whom = Whom.NOT_JOINED, *names: str) -> SheetRequest:
    async with db.read() as session:
        seen = await queries.newest(session, town.school)
    return SheetRequest(town.school, whom, 180, seen, frozenset(town.teachers[name] for name in names))


async def make(db: Database, clock: SetClock, town: Town, whom: Whom, *names: str) -> Sheet:
    return await actions.make_sheet(db, clock, await actor(db, town.methodist), await request(db, town, whom, *names))


def ends(sheet: Sheet) -> list[str]:
    return [one.name.split()[0][-1] for one in sheet.slips]


async def test_everybody_is_told_apart(db: Database, clock: SetClock, town: Town) -> None:
    async with db.read() as session:
        found = await queries.people(session, await actor(db, town.methodist), town.school, PeopleSearch(), clock.now())
    assert [one.standing for one in found.people] == [
        Standing.JOINED,
        Standing.STOPPED,
        Standing.INVITED,
        Standing.NONE,
        Standing.OFF,
        Standing.NONE,
    ]
    assert found.people[0].paper_on == date(2026, 9, 1)
    assert found.people[2].until is not None


async def test_people_are_found_without_yo_and_page_by_page(db: Database, clock: SetClock, town: Town) -> None:
    who = await actor(db, town.coordinator)
    async with db.read() as session:
        found = await queries.people(session, who, town.school, PeopleSearch("федорова 3"), clock.now())
        assert [one.teacher_id for one in found.people] == [town.teachers["none"]]
        search = PeopleSearch(number=2, size=4)
        assert len((await queries.people(session, who, town.school, search, clock.now())).people) == 2
        search = PeopleSearch(standing=frozenset({Standing.STOPPED}))
        assert (await queries.people(session, who, town.school, search, clock.now())).total == 1


async def test_an_organisation_is_counted(db: Database, clock: SetClock, town: Town) -> None:
    async with db.read() as session:
        empty, school = await queries.counts(session, await actor(db, town.methodist), town.id, clock.now())
        (own,) = await queries.counts(session, await actor(db, town.coordinator), town.id, clock.now())
    assert (empty.name, empty.people) == ("Детский сад № 2", 0)
    assert school == own
    assert school.people == 6
    assert (school.joined, school.standing[Standing.NONE], school.consented, school.paper) == (2, 2, 0, 1)


async def test_only_those_without_a_working_invite_get_one(db: Database, clock: SetClock, town: Town) -> None:
    assert ends(await make(db, clock, town, Whom.MISSING)) == ["3", "6"]
    with pytest.raises(AppError, match=r"invite\.nobody"):
        await make(db, clock, town, Whom.MISSING)


async def test_a_sheet_for_all_ends_what_was_handed_out(db: Database, clock: SetClock, town: Town) -> None:
    who = await actor(db, town.methodist)
    async with db.read() as session:
        plan = await queries.plan(session, who, await request(db, town), clock.now())
    assert (plan.people, plan.ending, plan.joined, plan.withheld) == (3, 1, 0, 0)
    first = await make(db, clock, town, Whom.NOT_JOINED)
    second = await make(db, clock, town, Whom.NOT_JOINED)
    assert ends(first) == ends(second) == ["2", "3", "6"]
    with pytest.raises(AppError, match=r"invite\.refused"):
        await actions.join(db, clock, Channel.TELEGRAM, "7", first.slips[0].code)
    assert await actions.join(db, clock, Channel.TELEGRAM, "7", second.slips[0].code) == town.accounts["invited"]


async def test_the_last_day_is_whole(db: Database, clock: SetClock, town: Town) -> None:
    sheet = await make(db, clock, town, Whom.MISSING)
    assert sheet.until == date(2027, 5, 22)
    clock.moment = datetime(2027, 5, 22, 15, 59, 59, tzinfo=UTC)  # a second before midnight in Irkutsk
    await actions.join(db, clock, Channel.TELEGRAM, "7", sheet.slips[0].code)
    clock.advance(seconds=1)
    with pytest.raises(AppError, match=r"invite\.refused"):
        await actions.join(db, clock, Channel.TELEGRAM, "8", sheet.slips[1].code)


async def test_who_has_joined_can_get_another_one_for_a_new_phone(db: Database, clock: SetClock, town: Town) -> None:
    sheet = await make(db, clock, town, Whom.CHOSEN, "joined", "off")
    assert ends(sheet) == ["0"]
    assert await actions.join(db, clock, Channel.TELEGRAM, "7", sheet.slips[0].code) == town.accounts["joined"]


async def test_the_code_of_somebody_with_wider_rights_is_not_the_coordinators(
    db: Database, clock: SetClock, town: Town
) -> None:
    who = await actor(db, town.coordinator)
    sheet = await actions.make_sheet(db, clock, who, await request(db, town))
    assert ends(sheet) == ["2", "3"]
    with pytest.raises(AppError, match=r"invite\.nobody"):
        await actions.make_sheet(db, clock, who, await request(db, town, Whom.CHOSEN, "methodist"))


async def test_a_sheet_of_a_page_that_is_out_of_date_is_not_made(db: Database, clock: SetClock, town: Town) -> None:
    who, wanted = await actor(db, town.methodist), await request(db, town)
    made = await asyncio.gather(*(actions.make_sheet(db, clock, who, wanted) for _ in range(3)), return_exceptions=True)
    refused = [one for one in made if isinstance(one, AppError)]
    assert [one.key for one in refused] == ["invite.sheet_changed"] * 2
    (sheet,) = (one for one in made if isinstance(one, Sheet))
    await actions.join(db, clock, Channel.TELEGRAM, "7", sheet.slips[0].code)


async def test_only_hashes_are_stored_and_every_person_has_a_line(db: Database, clock: SetClock, town: Town) -> None:
    sheet = await make(db, clock, town, Whom.NOT_JOINED)
    async with db.read() as session:
        stored = set(await session.scalars(select(Invite.code_hash)))
        entries = list(await session.scalars(select(AuditEntry).where(AuditEntry.action == "invite.made")))
    assert stored & {one.code for one in sheet.slips} == set()
    assert entries[0].details == {"people": 3, "ended": 1, "days": 180}
    assert {one.subject for one in entries[1:]} == {
        f"teacher:{town.teachers[name]}" for name in ("invited", "none", "methodist")
    }


async def test_a_teacher_without_an_account_gets_one(db: Database, clock: SetClock, town: Town) -> None:
    async with db.write() as session:
        account = await session.get_one(Account, town.accounts["none"])
        await session.delete(account)
    sheet = await make(db, clock, town, Whom.CHOSEN, "none")
    account_id = await actions.join(db, clock, Channel.TELEGRAM, "7", sheet.slips[0].code)
    async with db.read() as session:
        assert (await session.get_one(Account, account_id)).teacher_id == town.teachers["none"]


async def test_invites_can_be_ended(db: Database, clock: SetClock, town: Town) -> None:
    who = await actor(db, town.coordinator)
    sheet = await make(db, clock, town, Whom.NOT_JOINED)
    assert await actions.revoke(db, clock, who, town.school, frozenset({town.teachers["invited"]})) == 1
    assert await actions.revoke(db, clock, who, town.school) == 2
    assert await actions.revoke(db, clock, who, town.school) == 0
    for slip in sheet.slips:
        with pytest.raises(AppError, match=r"invite\.refused"):
            await actions.join(db, clock, Channel.TELEGRAM, "7", slip.code)


async def test_the_paper_form_is_noted_with_its_day(db: Database, clock: SetClock, town: Town) -> None:
    who, day = await actor(db, town.coordinator), date(2026, 11, 20)
    chosen = frozenset({town.teachers["none"], town.teachers["joined"]})
    assert await actions.note_paper(db, clock, who, town.school, chosen, day) == 2
    assert await actions.note_paper(db, clock, who, town.school, chosen, day) == 0
    async with db.read() as session:
        assert (await session.get_one(Teacher, town.teachers["none"])).paper_consent_on == day
        entries = list(await session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    assert {"paper_consent_on": ["2026-09-01", "2026-11-20"]} in [one.changes for one in entries]


async def test_nobody_reaches_a_foreign_organisation(db: Database, clock: SetClock, town: Town) -> None:
    other = await make_town(db, clock, "other")
    coordinator, stranger = await actor(db, town.coordinator), await actor(db, other.methodist)
    teacher = await actor(db, town.accounts["joined"])
    wanted = await request(db, town)
    for who, place in ((coordinator, town.kindergarten), (stranger, town.school), (teacher, town.school)):
        with pytest.raises(NotFound):
            await actions.make_sheet(db, clock, who, replace(wanted, organisation_id=place))
        with pytest.raises(NotFound):
            await actions.revoke(db, clock, who, place)
        with pytest.raises(NotFound):
            await actions.note_paper(db, clock, who, place, frozenset({1}), date(2026, 11, 20))
        async with db.read() as session:
            with pytest.raises(NotFound):
                await queries.people(session, who, place, PeopleSearch(), clock.now())
    async with db.read() as session:
        with pytest.raises(Denied):
            await queries.counts(session, teacher, town.id, clock.now())
        assert await queries.counts(session, coordinator, other.id, clock.now()) == []
        with pytest.raises(NotFound):
            await queries.not_joined(session, coordinator, town.id, clock.now(), town.kindergarten)
        rows = await queries.not_joined(session, coordinator, town.id, clock.now())
    assert [one.teacher_id for _, one in rows] == [town.teachers[name] for name in ("invited", "none", "methodist")]


async def test_chosen_people_of_another_organisation_are_left_out(db: Database, clock: SetClock, town: Town) -> None:
    other = await make_town(db, clock, "other")
    wanted = replace(await request(db, town, Whom.CHOSEN), teachers=frozenset(other.teachers.values()))
    with pytest.raises(AppError, match=r"invite\.nobody"):
        await actions.make_sheet(db, clock, await actor(db, town.coordinator), wanted)
