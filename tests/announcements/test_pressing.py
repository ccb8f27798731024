"""Buttons of an announcement: each counts once for each person, and only for those who have got it."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.announcements import actions, queries
from core.announcements.model import Counts, OrganisationReport, PressKind
from core.errors import AppError, NotFound
from core.events.registering import register
from core.people.model import Actor
from storage.models import Event, EventParticipant
from tests.announcements.office import Office
from tests.campaigns.world import archive


async def coming_event(office: Office) -> int:
    event = await office.world.hold_event([])
    async with office.db.write() as session:
        later = office.clock.now() + timedelta(days=2)
        await session.execute(update(Event).where(Event.id == event).values(starts_at=later))
    return event


async def participants(office: Office, event: int) -> list[int]:
    async with office.db.read() as session:
        rows = select(EventParticipant.teacher_id).where(EventParticipant.event_id == event)
        return list(await session.scalars(rows))


async def pressed(office: Office, announcement: int, account: int) -> frozenset[PressKind]:
    async with office.db.read() as session:
        return await queries.pressed_by(session, announcement, account)


async def press(office: Office, actor: Actor, announcement: int, kind: PressKind) -> bool:
    return await actions.press(office.db, office.clock, actor, announcement, kind)


async def test_a_press_counts_once(either: Office) -> None:
    accounts = await either.join(2)
    announcement = await either.publish(acknowledge=True)
    actor = either.recipient(accounts[0], either.world.everybody[0])
    kind = PressKind.ACKNOWLEDGED
    new = await asyncio.gather(*(press(either, actor, announcement, kind) for _ in range(3)))
    assert sorted(new) == [False, False, True]
    assert await pressed(either, announcement, accounts[0]) == {kind}
    assert (await either.detail(announcement)).pressed == {kind: 1}


async def test_registering_puts_one_on_the_list(either: Office) -> None:
    accounts, event = await either.join(2), await coming_event(either)
    announcement = await either.publish(event_id=event)
    actor = either.recipient(accounts[1], either.world.everybody[1])
    assert await press(either, actor, announcement, PressKind.REGISTERED)
    assert not await press(either, actor, announcement, PressKind.REGISTERED)
    assert await participants(either, event) == [actor.teacher_id]
    assert await pressed(either, announcement, accounts[1]) == {PressKind.REGISTERED}
    either.clock.advance(days=3)
    assert not await press(either, actor, announcement, PressKind.REGISTERED)
    late = either.recipient(accounts[0], either.world.everybody[0])
    with pytest.raises(AppError) as refused:
        await press(either, late, announcement, PressKind.REGISTERED)
    assert refused.value.key == "event.over"
    assert await pressed(either, announcement, accounts[0]) == frozenset()


async def test_forged_presses_are_refused(office: Office) -> None:
    accounts = await office.join(1)
    announcement = await office.publish()
    actor = office.recipient(accounts[0], office.world.everybody[0])
    for kind in (PressKind.ACKNOWLEDGED, PressKind.REGISTERED):
        with pytest.raises(NotFound):
            await press(office, actor, announcement, kind)
    other = office.recipient(await office.world.join(office.world.everybody[1]), office.world.everybody[1])
    with pytest.raises(NotFound):
        await press(office, other, announcement, PressKind.OPENED)
    with pytest.raises(NotFound):
        await press(office, actor, 10_000, PressKind.OPENED)


async def test_a_methodist_who_tries_the_preview_is_not_counted(office: Office) -> None:
    await office.join(1)
    announcement = await office.publish(acknowledge=True)
    assert not await press(office, office.methodist, announcement, PressKind.ACKNOWLEDGED)
    assert (await office.detail(announcement)).pressed == {}


async def test_what_was_recalled_is_not_pressed(office: Office) -> None:
    accounts = await office.join(1)
    announcement = await office.publish(acknowledge=True)
    await actions.recall(*office.tools, announcement)
    with pytest.raises(AppError) as refused:
        await press(
            office, office.recipient(accounts[0], office.world.everybody[0]), announcement, PressKind.ACKNOWLEDGED
        )
    assert refused.value.key == "announcement.recalled"


async def test_the_report_by_organisation_and_by_name(either: Office) -> None:
    schools = [either.world.teachers["school-1"][0], *either.world.teachers["school-2"][:2]]
    accounts = [await either.world.join(one) for one in schools]
    announcement = await either.publish(acknowledge=True)
    rows = await either.deliveries(announcement)
    await either.arrive(rows[:2])
    await either.end([rows[1]], "sent", doubtful=True)
    await either.end([rows[2]], "unreachable", reason="blocked")
    for account, teacher in zip(accounts[:2], schools, strict=False):
        actor = either.recipient(account, teacher)
        await press(either, actor, announcement, PressKind.ACKNOWLEDGED)
        await press(either, actor, announcement, PressKind.OPENED)
    async with either.db.read() as session:
        found = await queries.by_organisation(session, either.methodist, announcement)
        troubles = await queries.troubles(session, either.methodist, announcement)
    first, second = (either.world.organisations[one] for one in ("school-1", "school-2"))
    assert found == [
        OrganisationReport(first, "school-1", Counts(sent=1), 1),
        OrganisationReport(second, "school-2", Counts(sent=1, unreachable=1, doubtful=1), 1),
    ]
    assert [(one.teacher_id, one.state, one.reason, one.doubtful) for one in troubles] == [
        (schools[1], "sent", None, True),
        (schools[2], "unreachable", "blocked", False),
    ]
    assert troubles[1].name == "Примерова1 Проба"


async def test_nobody_registers_for_a_foreign_event_or_after_leaving(office: Office) -> None:
    event = await coming_event(office)
    stranger = await office.world.hold_event([], town=office.world.other_town)
    teacher, left = office.world.everybody[:2]
    await archive(office.world, left)
    async with office.db.write() as session:
        assert await register(session, office.clock.now(), event, teacher)
        for which, who in ((stranger, teacher), (event, left), (10_000, teacher)):
            with pytest.raises(NotFound):
                await register(session, office.clock.now(), which, who)
