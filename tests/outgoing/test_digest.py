"""What waits in a digest, and how a line of it comes out."""

from dataclasses import replace
from datetime import date
from typing import Any

from core.announcements.model import ANNOUNCEMENT, AnnouncementState, Category
from core.outgoing import actions, queries
from core.outgoing.model import RELEASED, DigestLine
from core.reminders.model import REMINDER
from storage.models import Announcement, Delivery
from tests.campaigns.world import World
from tests.outgoing.test_verdict import deliver, person

TODAY = date(2026, 11, 23)
WAITING: dict[str, Any] = {"state": "merged", "reason": str(TODAY.toordinal()), "sent_at": None}


async def announce(world: World, category: Category) -> int:
    now = world.clock.now()
    async with world.db.write() as session:
        row = Announcement(
            municipality_id=world.town,
            category=category,
            text="Приходите",
            state=AnnouncementState.SENDING,
            created_at=now,
            changed_at=now,
        )
        session.add(row)
        await session.flush()
        return row.id


async def lines(world: World, account: int, day: date = TODAY) -> list[DigestLine]:
    async with world.db.read() as session:
        return await queries.digest(session, account, day)


async def row_of(world: World, delivery: int) -> Delivery:
    async with world.db.read() as session:
        return await session.get_one(Delivery, delivery)


async def test_a_digest_holds_its_own_persons_lines_of_its_own_day_oldest_first(either: World) -> None:
    account, other = await person(either), await either.join(either.everybody[2])
    first, second = await deliver(either, account, 2, REMINDER, **WAITING)
    await deliver(either, account, slot="sent")
    await deliver(either, account, slot="tomorrow", **{**WAITING, "reason": str(TODAY.toordinal() + 1)})
    await deliver(either, other, slot="other", **WAITING)
    assert [one.delivery_id for one in await lines(either, account)] == [first, second]


async def test_what_was_muted_since_is_left_out(either: World) -> None:
    account = await person(either)
    news, courses = await announce(either, Category.NEWS), await announce(either, Category.COURSES)
    for subject in (news, courses):
        await deliver(either, account, slot=str(subject), **{**WAITING, "subject": subject})
    await actions.mute(either.db, replace(either.methodist, account_id=account), Category.NEWS, muted=True)
    assert [one.subject for one in await lines(either, account)] == [courses]


async def test_a_line_is_found_by_its_own_person_only(either: World) -> None:
    account, other = await person(either), await either.join(either.everybody[2])
    (waiting,) = await deliver(either, account, **WAITING)
    (sent,) = await deliver(either, account, slot="sent")
    async with either.db.read() as session:
        assert await queries.merged(session, account, waiting) is not None
        assert await queries.merged(session, account, sent) is None
        assert await queries.merged(session, other, waiting) is None


async def test_the_only_line_of_a_digest_goes_by_itself_once(either: World) -> None:
    account, other = await person(either), await either.join(either.everybody[2])
    (waiting,) = await deliver(either, account, params={"round": 2}, **WAITING)
    assert not await actions.release(either.db, other, waiting)
    assert await actions.release(either.db, account, waiting)
    assert not await actions.release(either.db, account, waiting)
    row = await row_of(either, waiting)
    assert (row.kind, row.state, row.params) == (ANNOUNCEMENT, "queued", {"round": 2, RELEASED: True})


async def test_a_line_that_was_opened_knows_its_message(either: World) -> None:
    account, other = await person(either), await either.join(either.everybody[2])
    (waiting,) = await deliver(either, account, **WAITING)
    await actions.shown(either.db, other, waiting, 7, 1)
    assert (await row_of(either, waiting)).message_id is None
    await actions.shown(either.db, account, waiting, 8, 2)
    row = await row_of(either, waiting)
    assert (row.state, row.message_id, row.revision) == ("merged", 8, 2)
