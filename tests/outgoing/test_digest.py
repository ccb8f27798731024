"""What waits in a digest, and how a line of it comes out."""

from dataclasses import replace
from datetime import date
from typing import Any

from core.announcements.model import ANNOUNCEMENT, AnnouncementState, Category
from core.outgoing import actions, queries
from core.outgoing.model import DIGEST, RELEASED, DigestLine
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


async def test_what_was_muted_since_is_marked(either: World) -> None:
    account = await person(either)
    news, courses = await announce(either, Category.NEWS), await announce(either, Category.COURSES)
    for subject in (news, courses):
        await deliver(either, account, slot=str(subject), **{**WAITING, "subject": subject})
    await actions.mute(either.db, replace(either.methodist, account_id=account), Category.NEWS, muted=True)
    assert [(one.subject, one.muted) for one in await lines(either, account)] == [(news, True), (courses, False)]


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


async def test_a_line_waits_with_what_is_paused_and_goes_with_what_is_withdrawn(either: World) -> None:
    account = await person(either)
    paused, withdrawn = await deliver(either, account, 2, **WAITING)
    assert await actions.hold(either.db, account, paused)
    assert await actions.withdraw(either.db, account, withdrawn, "muted")
    assert not await actions.withdraw(either.db, account, paused, "muted")
    states = [await row_of(either, one) for one in (paused, withdrawn)]
    assert [(one.state, one.reason) for one in states] == [("held", None), ("cancelled", "muted")]


async def test_what_was_in_a_lost_digest_shares_its_fate(either: World) -> None:
    account, other = await person(either), await either.join(either.everybody[2])
    (lost,) = await deliver(either, account, **WAITING)
    (sent,) = await deliver(either, other, **WAITING)
    (later,) = await deliver(either, account, slot="later", **{**WAITING, "reason": str(TODAY.toordinal() + 1)})
    day: dict[str, Any] = {"kind": DIGEST, "subject": TODAY.toordinal(), "slot": ""}
    await deliver(either, account, state="unreachable", reason="blocked", sent_at=None, **day)
    await deliver(either, other, **day)
    assert await actions.settle(either.db) == 1
    assert await actions.settle(either.db) == 0
    rows = [await row_of(either, one) for one in (lost, sent, later)]
    assert [(one.state, one.reason) for one in rows[:1]] == [("unreachable", "blocked")]
    assert [one.state for one in rows[1:]] == ["merged", "merged"]


async def test_a_line_that_was_opened_knows_its_message(either: World) -> None:
    account, other = await person(either), await either.join(either.everybody[2])
    (waiting,) = await deliver(either, account, **WAITING)
    await actions.shown(either.db, other, waiting, 7, 1)
    assert (await row_of(either, waiting)).message_id is None
    await actions.shown(either.db, account, waiting, 8, 2)
    row = await row_of(either, waiting)
    assert (row.state, row.message_id, row.revision) == ("merged", 8, 2)
