"""What the sender and the authors' chats get to know of an announcement."""

import pytest

from core.announcements import actions, queries
from core.announcements.model import STATUS, AnnouncementState, Progress
from core.errors import NotFound
from tests.announcements.office import Office


async def progress(office: Office) -> list[Progress]:
    async with office.db.read() as session:
        return await queries.progress(session, office.clock)


async def tell(office: Office) -> list[str]:
    """The edits that authors would see now; afterwards they are remembered."""
    found = await progress(office)
    for one in found:
        await actions.remember_told(office.db, one.standing.announcement_id, one.standing.mark)
    return [one.standing.mark.split()[0] for one in found]


async def test_the_letter_is_what_is_worded_now(either: Office) -> None:
    await either.join(1)
    event = await either.world.hold_event([])
    announcement = await either.publish(event_id=event)
    await actions.correct(*either.tools, announcement, "<b>Иначе</b>", (), revision=1)
    async with either.db.read() as session:
        found = await queries.letter(session, announcement)
        assert (found.content.text, found.revision, found.event_title) == ("<b>Иначе</b>", 2, "Семинар")
        assert (found.state, found.attachment_id) == (AnnouncementState.SENDING, None)
        with pytest.raises(NotFound):
            await queries.letter(session, 10_000)
        with pytest.raises(NotFound):
            await queries.content_of_attachment(session, 10_000)


async def test_the_author_is_told_what_changed_and_of_the_end_once(either: Office) -> None:
    await either.join(3)
    await either.open_chat(either.methodist)
    announcement = await either.publish()
    assert await progress(either) == []
    await either.arrive(await either.deliveries(announcement, STATUS))
    assert await tell(either) == ["sending"]
    assert await tell(either) == []
    rows = await either.deliveries(announcement)
    await either.arrive(rows[:2])
    (one,) = await progress(either)
    assert one.standing.counts.sent == 2
    assert one.standing.seconds_left == pytest.approx(1 / 30)
    assert await tell(either) == ["sending"]
    await either.arrive(rows[2:])
    await actions.settle(either.db, either.clock)
    assert await tell(either) == ["done."]
    assert await tell(either) == []
    await actions.recall(*either.tools, announcement)
    assert await tell(either) == ["recalled"]


async def test_an_end_that_nobody_was_told_of_is_told_after_a_restart(office: Office) -> None:
    await office.join(1)
    await office.open_chat(office.methodist)
    announcement = await office.publish()
    await office.arrive(await office.deliveries(announcement, STATUS))
    assert await tell(office) == ["sending"]
    await office.arrive(await office.deliveries(announcement))
    await actions.settle(office.db, office.clock)
    office.clock.advance(days=2)
    assert await tell(office) == ["done."]


async def test_in_quiet_hours_it_rests_unless_it_goes_at_any_hour(either: Office) -> None:
    await either.join(1)
    usual, urgent = await either.publish(), await either.publish(at_once=True)
    found = []
    for hours in (0, 12):
        either.clock.advance(hours=hours)
        async with either.db.read() as session:
            found.append([await queries.resting(session, either.clock, one) for one in (usual, urgent)])
    assert found == [[False, False], [True, False]]
    await actions.stop(*either.tools, usual)
    async with either.db.read() as session:
        assert not await queries.resting(session, either.clock, usual)
