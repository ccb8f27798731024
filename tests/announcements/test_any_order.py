"""Whatever methodists do while messages are on their way: in the end every chat has what it should have."""

import random
from contextlib import suppress

import pytest

from core.announcements import actions
from core.announcements.model import EDIT, RECALL, AnnouncementState
from core.errors import AppError
from storage.models import Delivery
from tests.announcements.office import Office

PEOPLE, STEPS = 6, 30
UNDER_WAY = ("queued", "retrying")


class Confusion:
    """Methodists, the sender and the sweep take turns by chance."""

    def __init__(self, office: Office, announcement: int, seed: int) -> None:
        self.office = office
        self.announcement = announcement
        self.chance = random.Random(seed)
        self.rendered: dict[int, int] = {}
        """Delivery → revision that it was claimed with."""

    async def run(self) -> None:
        for _ in range(STEPS):
            step = self.chance.choice(
                (self.claim, self.claim, self.finish, self.finish, self.pause, self.go_on, self.correct, self.settle)
            )
            await step()
        await self.chance.choice((self.stop, self.recall, self.correct))()
        for _ in range(PEOPLE * 3):
            await self.go_on()
            await self.settle()
            await self.claim()
            await self.finish()
        await self.settle()

    async def _some(self, *states: str) -> Delivery | None:
        rows = [one for one in await self.office.deliveries(self.announcement) if one.state in states]
        return self.chance.choice(rows) if rows else None

    async def claim(self) -> None:
        one = await self._some(*UNDER_WAY)
        if one is not None:
            self.rendered[one.id] = (await self.office.row(self.announcement)).revision
            await self.office.claim([one])

    async def finish(self) -> None:
        """What was claimed ends: it arrives, is put aside after a pause, comes back, or is refused."""
        one = await self._some("sending")
        if one is None:
            return
        state = self.chance.choice(("sent", "sent", "sent", "held", "retrying", "unknown"))
        if state == "sent":
            await self.office.arrive([one], self.rendered[one.id])
        else:
            await self.office.end([one], state)

    async def settle(self) -> None:
        await actions.settle(self.office.db, self.office.clock)

    async def pause(self) -> None:
        await self._try(actions.pause)

    async def go_on(self) -> None:
        await self._try(actions.go_on)

    async def stop(self) -> None:
        await self._try(actions.stop)

    async def recall(self) -> None:
        await self._try(actions.recall)

    async def correct(self) -> None:
        revision = (await self.office.row(self.announcement)).revision
        await actions.correct(*self.office.tools, self.announcement, f"Слова {revision}", (), revision=revision)

    async def _try(self, step: object) -> None:
        with suppress(AppError):
            await step(*self.office.tools, self.announcement)  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(8))
async def test_in_the_end_every_chat_has_what_it_should_have(office: Office, seed: int) -> None:
    await office.join(PEOPLE)
    announcement = await office.publish()
    await Confusion(office, announcement, seed).run()

    row, rows = await office.row(announcement), await office.deliveries(announcement)
    assert {one.state for one in rows} <= {"sent", "unknown", "cancelled"}
    there = {one.account_id for one in rows if one.message_id is not None}
    if row.state == AnnouncementState.RECALLED:
        assert {one.account_id for one in await office.deliveries(announcement, RECALL)} == there
        assert {one.state for one in await office.deliveries(announcement, EDIT)} <= {"cancelled"}
        return
    assert row.state in {AnnouncementState.DONE, AnnouncementState.STOPPED, AnnouncementState.SENDING}
    old = {one.account_id for one in rows if one.message_id is not None and one.revision < row.revision}
    latest = [one for one in await office.deliveries(announcement, EDIT) if one.slot == str(row.revision)]
    assert {one.account_id for one in latest} == old
    assert {one.state for one in latest} <= {"queued"}
    if row.state != AnnouncementState.STOPPED:
        assert {one.state for one in rows} <= {"sent", "unknown"}
    assert (row.finished_at is None) == bool(latest)
