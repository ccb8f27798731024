"""The messages that show authors how their announcements go: one edit a sweep, nothing lost, nothing repeated."""

from dataclasses import dataclass, field

import pytest

from bot.jobs import progress
from bot.limits import Lane
from bot.outcomes import NOT_CONNECTED, Trouble, Undelivered
from bot.screens.model import Screen
from core.announcements import actions
from core.announcements.model import STATUS
from storage.session import Database
from tests.announcements.office import Office
from tests.bot.screens.checks import words
from tests.campaigns.world import build_world
from tests.clocks import SetClock


@dataclass
class Edits:
    """A transport that remembers."""

    seen: list[tuple[int, str]] = field(default_factory=list)
    trouble: Trouble | None = None

    async def replace(self, chat: int | str, message: int, screen: Screen, *, lane: Lane = Lane.INTERACTIVE) -> None:
        assert lane is Lane.BULK, "nobody waits for it"
        if self.trouble is not None:
            raise Undelivered(self.trouble)
        self.seen.append((message, words(screen).splitlines()[0]))


@pytest.fixture
async def office(sqlite_db: Database, clock: SetClock) -> Office:
    return Office(await build_world(sqlite_db, clock, published=()))


async def two_under_way(office: Office) -> tuple[int, int]:
    """Numbers of the messages in which their author sees two announcements."""
    await office.join(2)
    await office.open_chat(office.methodist)
    shown = []
    for words_of in ("Первое", "Второе"):
        announcement = await office.publish(text=words_of)
        status = await office.deliveries(announcement, STATUS)
        await office.arrive(status)
        shown.append(status[0].id * 10)
    return shown[0], shown[1]


async def test_an_author_gets_one_edit_a_sweep_and_each_announcement_its_turn(office: Office) -> None:
    first, second = await two_under_way(office)
    edits = Edits()
    job = progress.job(office.db, office.clock, edits)
    for _ in range(2):
        await job.run()
    assert [message for message, _ in edits.seen] == [first, second]
    await job.run()
    assert len(edits.seen) == 2, "nothing has moved since"


async def test_what_could_not_be_shown_is_shown_next_time(office: Office) -> None:
    await two_under_way(office)
    edits = Edits(trouble=NOT_CONNECTED)
    job = progress.job(office.db, office.clock, edits)
    await job.run()
    edits.trouble = None
    for _ in range(3):
        await job.run()
    assert len(edits.seen) == 2


async def test_a_message_that_its_author_deleted_is_not_asked_for_again(office: Office) -> None:
    first, second = await two_under_way(office)
    edits = Edits(trouble=Trouble("failed", "message_gone"))
    await progress.job(office.db, office.clock, edits).run()
    edits.trouble = None
    for _ in range(2):
        await progress.job(office.db, office.clock, edits).run()
    assert [message for message, _ in edits.seen] == [second]
    assert first != second


async def test_the_report_comes_once_also_after_a_restart(office: Office) -> None:
    await office.join(2)
    await office.open_chat(office.methodist)
    announcement = await office.publish()
    await office.arrive(await office.deliveries(announcement, STATUS))
    await office.arrive(await office.deliveries(announcement))
    await actions.settle(office.db, office.clock)
    edits = Edits()
    for _ in range(3):
        await progress.job(office.db, office.clock, edits).run()
    assert [said for _, said in edits.seen] == ["✓ Отправлено"]
