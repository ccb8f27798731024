"""What goes out by the clock: at its time, once, whoever looks and however often, whatever the clock does."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.announcements import actions
from core.announcements.model import AnnouncementState
from core.audiences.model import Audience
from core.errors import AppError
from core.people.model import OrganisationKind
from core.timing.repeating import Every, Repeat
from tests.announcements.office import Office

WEEKLY = Repeat(Every.WEEK, date(2026, 11, 24), time(10))
"""Tuesdays at ten in Irkutsk, which is two in the morning in UTC."""
FIRST = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


async def publish_due(office: Office) -> int:
    return await actions.publish_due(office.db, office.clock)


async def series(office: Office, repeat: Repeat = WEEKLY) -> int:
    announcement = await office.create(repeat=repeat)
    await actions.start_series(*office.tools, announcement, revision=1)
    return announcement


async def copies(office: Office, announcement: int) -> list[tuple[str | None, str]]:
    return [(one.occurrence, one.state) for one in await office.announcements() if one.series_id == announcement]


async def test_a_scheduled_one_goes_out_at_its_time_and_once(either: Office) -> None:
    await either.join(2)
    announcement = await either.create()
    at = either.clock.now() + timedelta(hours=2)
    await actions.schedule(*either.tools, announcement, at, revision=1)
    assert await publish_due(either) == 0
    await either.world.join(either.world.everybody[7])
    either.clock.moment = at
    assert sorted(await asyncio.gather(*(publish_due(either) for _ in range(3)))) == [0, 0, 1]
    assert len(await either.deliveries(announcement)) == 3
    assert await publish_due(either) == 0
    assert (await either.row(announcement)).state == AnnouncementState.SENDING


async def test_after_a_day_nobody_is_written_to_unasked(office: Office) -> None:
    await office.join(1)
    late, very_late = await office.create(), await office.create()
    for one, hours in ((late, 25), (very_late, 24)):
        await actions.schedule(*office.tools, one, office.clock.now() + timedelta(hours=hours), revision=1)
    office.clock.advance(hours=49)
    assert await publish_due(office) == 1
    assert (await office.row(very_late)).state == AnnouncementState.MISSED
    assert await office.deliveries(very_late) == []
    assert (await office.audit(very_late))[-1] == "announcement.missed"
    assert (await office.row(late)).state == AnnouncementState.SENDING
    assert await actions.publish(*office.tools, very_late, revision=1) == 1


async def test_a_time_that_passed_overnight_is_refused(office: Office) -> None:
    announcement = await office.create()
    at = office.clock.now() + timedelta(hours=10)
    office.clock.advance(hours=20)
    with pytest.raises(AppError) as refused:
        await actions.schedule(*office.tools, announcement, at, revision=1)
    assert refused.value.key == "announcement.in_past"
    assert (await office.row(announcement)).state == AnnouncementState.DRAFT


async def test_taken_back_it_stays(office: Office) -> None:
    await office.join(1)
    announcement = await office.create()
    at = office.clock.now() + timedelta(hours=1)
    await actions.schedule(*office.tools, announcement, at, revision=1)
    with pytest.raises(AppError) as refused:
        await actions.change(*office.tools, announcement, office.content(text="Нет"), revision=1)
    assert refused.value.key == "announcement.not_draft"
    await actions.unschedule(*office.tools, announcement)
    await actions.unschedule(*office.tools, announcement)
    office.clock.advance(hours=2)
    assert await publish_due(office) == 0
    assert (await office.row(announcement)).state == AnnouncementState.DRAFT


async def test_a_scheduled_one_for_nobody_is_done_at_once(office: Office) -> None:
    announcement = await office.create(audience=Audience(kinds=frozenset({OrganisationKind.METHODICAL})))
    await actions.schedule(*office.tools, announcement, office.clock.now() + timedelta(hours=1), revision=1)
    office.clock.advance(hours=1)
    assert await publish_due(office) == 1
    found = await office.row(announcement)
    assert (found.state, found.recipients, found.finished_at) == (AnnouncementState.DONE, 0, office.clock.now())


async def test_a_series_sends_a_copy_each_time(either: Office) -> None:
    await either.join(2)
    announcement = await series(either)
    assert (await either.row(announcement)).send_at == FIRST
    for week in range(3):
        either.clock.moment = FIRST + timedelta(weeks=week, seconds=30)
        assert sorted(await asyncio.gather(*(publish_due(either) for _ in range(2)))) == [0, 1]
        assert await publish_due(either) == 0
    assert [one for one, _ in await copies(either, announcement)] == [
        "2026-11-24T10:00", "2026-12-01T10:00", "2026-12-08T10:00",
    ]  # fmt: skip
    assert (await either.row(announcement)).send_at == FIRST + timedelta(weeks=3)
    sent = [one for one in await either.announcements() if one.series_id == announcement]
    assert {one.recipients for one in sent} == {2}
    assert {one.repeat == {} for one in sent} == {True}


async def test_a_clock_that_jumps_back_repeats_nothing(either: Office) -> None:
    await either.join(1)
    announcement = await series(either)
    for moment in (
        FIRST,
        FIRST - timedelta(days=3),
        FIRST,
        FIRST + timedelta(weeks=1),
        FIRST,
        FIRST + timedelta(weeks=1),
    ):
        either.clock.moment = moment
        await publish_due(either)
    assert [one for one, _ in await copies(either, announcement)] == ["2026-11-24T10:00", "2026-12-01T10:00"]


async def test_after_downtime_only_the_latest_goes_if_it_is_not_stale(office: Office) -> None:
    await office.join(1)
    announcement = await series(office)
    office.clock.moment = FIRST + timedelta(weeks=2, hours=5)
    assert await publish_due(office) == 1
    assert [one for one, _ in await copies(office, announcement)] == ["2026-12-08T10:00"]
    office.clock.moment = FIRST + timedelta(weeks=4, days=2)
    assert await publish_due(office) == 0
    assert len(await copies(office, announcement)) == 1
    assert (await office.row(announcement)).send_at == FIRST + timedelta(weeks=5)
    assert (await office.audit(announcement)).count("announcement.missed") == 2


async def test_a_series_ends_with_its_last_time(office: Office) -> None:
    await office.join(1)
    announcement = await series(office, Repeat(Every.DAY, date(2026, 11, 24), time(10), until=date(2026, 11, 25)))
    for day in range(4):
        office.clock.moment = FIRST + timedelta(days=day)
        await publish_due(office)
    assert len(await copies(office, announcement)) == 2
    found = await office.row(announcement)
    assert (found.state, found.send_at) == (AnnouncementState.DONE, None)


async def test_a_stopped_series_makes_no_more_copies(office: Office) -> None:
    await office.join(1)
    announcement = await series(office)
    office.clock.moment = FIRST
    await publish_due(office)
    await actions.stop(*office.tools, announcement)
    office.clock.advance(weeks=1)
    assert await publish_due(office) == 0
    assert len(await copies(office, announcement)) == 1
    assert (await office.row(announcement)).state == AnnouncementState.STOPPED


@pytest.mark.parametrize(
    ("repeat", "key"),
    [
        (None, "announcement.no_repeat"),
        (Repeat(Every.DAY, date(2026, 11, 1), time(10), until=date(2026, 11, 20)), "announcement.no_more_times"),
    ],
)
async def test_a_series_needs_a_time_to_come(office: Office, repeat: Repeat | None, key: str) -> None:
    announcement = await office.create(repeat=repeat)
    with pytest.raises(AppError) as refused:
        await actions.start_series(*office.tools, announcement, revision=1)
    assert refused.value.key == key


@pytest.mark.parametrize(
    "repeat",
    [
        Repeat(Every.DAY, date(2026, 11, 24), time(10), step=0),
        Repeat(Every.DAY, date(2026, 11, 24), time(10), until=date(2026, 11, 23)),
        Repeat(Every.DAY, date(9999, 1, 1), time(10)),
    ],
)
async def test_what_cannot_be_repeated_is_refused(office: Office, repeat: Repeat) -> None:
    with pytest.raises(AppError) as refused:
        await office.create(repeat=repeat)
    assert refused.value.key == "announcement.bad_repeat"
