"""To the end of each reminder: digests, reminders of surveys, a process that dies in between, clocks that jump."""

import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs import reminders as job
from core.campaigns import actions as campaigns
from core.campaigns.model import ParticipationState
from core.campaigns.reminders import ReminderPlan
from core.outgoing.model import DIGEST
from core.reminders import actions, sending
from core.reminders.model import ReminderKind, ReminderState, Superseded
from core.rights import actions as rights
from core.rights.model import Kept
from core.settings import Settings
from storage.models import Chat, Delivery
from storage.outbox import NewDelivery, enqueue
from storage.session import Database
from tests.campaigns.world import publish
from tests.reminders.town import Town, final

EVENT = ReminderKind.EVENT
QUEUED, DELIVERED = ReminderState.QUEUED, ReminderState.DELIVERED


class Died(Exception):
    """The process, in the middle of a transaction."""


class DyingStore:
    """A store whose transaction number `dies` is never committed, and none after it."""

    def __init__(self, db: Database, dies: int) -> None:
        self._db, self._left = db, dies

    def read(self) -> object:
        return self._db.read()

    @asynccontextmanager
    async def write(self, *, scrub: bool = False) -> AsyncIterator[AsyncSession]:
        self._left -= 1
        async with self._db.write(scrub=scrub) as session:
            yield session
            await session.flush()
            if self._left <= 0:
                raise Died


@pytest.mark.parametrize("dies", [2, 4, 6])
async def test_a_process_that_dies_anywhere_leaves_everything_or_nothing_of_each(
    either: Town, dies: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    await either.only(EVENT, before_days=(1,), before_hours=())
    teachers = either.world.teachers["school-1"][1:6]
    for one in teachers:
        await either.world.join(one)
    await either.event(teachers, either.world.clock.now() + timedelta(days=1, hours=6))
    dying = DyingStore(either.world.db, dies)
    with pytest.raises(Died):
        await actions.plan(dying, either.world.clock)  # type: ignore[arg-type]
        either.world.clock.advance(hours=3)
        await actions.send_due(dying, either.world.clock)  # type: ignore[arg-type]
    assert all((row.state == QUEUED) == (row.delivery_id is not None) for row in await either.reminders())
    either.world.clock.moment = datetime(2026, 11, 23, 6, tzinfo=UTC)
    await either.tick()
    assert Counter(one.subject for one in await either.messages()) == Counter(
        one.id for one in await either.reminders()
    )
    assert [one.state for one in await either.reminders()] == [QUEUED] * 5


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_the_clock_does_none_is_sent_twice_and_none_is_lost(town: Town, seed: int) -> None:
    """Events ahead, two planners, a clock that jumps both ways, downtime; at last everything has an end."""
    dice = random.Random(seed)
    await town.only(EVENT, before_days=(3, 1), before_hours=(2,), repeat_days=None)
    start = town.world.clock.now()
    teachers = town.world.teachers["school-1"][1:3]
    for one in teachers:
        await town.world.join(one)
    events = [await town.event(teachers, start + timedelta(days=4, hours=dice.randrange(100))) for _ in range(2)]
    while town.world.clock.now() < start + timedelta(days=10):
        await town.tick()
        if dice.random() < 0.6:
            await town.deliver()
        town.world.clock.advance(hours=dice.choice((2, 7, 13, 26, -5, -20)))
        if dice.random() < 0.1:
            away = dice.choice((-40, 300))
            town.world.clock.advance(days=away)
            await town.tick()
            town.world.clock.advance(days=-away)
    await town.tick()
    await town.deliver()
    await town.settle()
    rows = await town.reminders()
    assert all(final(one) for one in rows)
    assert len({(one.subject, one.account_id, one.slot) for one in rows}) == len(rows)
    sent = Counter(one.subject for one in await town.messages())
    assert set(sent.values()) == {1}, "one message for each reminder"
    told = {(one.subject, one.account_id) for one in rows if one.id in sent}
    assert len(told) == len(events) * len(teachers), "everybody heard of everything"


async def test_over_the_daily_limit_it_counts_when_the_digest_has_come(either: Town) -> None:
    await either.only(EVENT, before_days=(1,), before_hours=())
    teacher = either.world.teachers["school-1"][1]
    account = await either.world.join(teacher)
    await either.event([teacher], either.world.clock.now() + timedelta(days=1, hours=6))
    either.world.clock.advance(hours=3)
    await either.tick()
    now = either.world.clock.now()
    day = now.date().toordinal()
    await either.outcome((await either.messages())[0], "merged", str(day))
    async with either.world.db.write() as session:
        await enqueue(session, [NewDelivery(DIGEST, day, account, now), NewDelivery(DIGEST, day - 1, account, now)])
    assert await either.settle() == 0
    async with either.world.db.read() as session:
        digest = (await session.scalars(select(Delivery).where(Delivery.kind == DIGEST, Delivery.subject == day))).one()
    await either.outcome(digest, "sent")
    assert await either.settle() == 1
    assert await either.states() == [(DELIVERED, None)]


async def test_a_message_that_went_with_the_consent_was_not_needed(town: Town) -> None:
    await town.only(EVENT, before_days=(1,), before_hours=())
    teacher = town.world.teachers["school-1"][1]
    await town.world.join(teacher)
    await town.event([teacher], town.world.clock.now() + timedelta(days=1, hours=6))
    town.world.clock.advance(hours=3)
    await town.tick()
    async with town.world.db.write() as session:
        await session.execute(delete(Delivery))
    await town.settle()
    assert await town.states() == [(ReminderState.SUPERSEDED, Superseded.LEFT)]


async def test_reminders_of_surveys_have_a_row_for_each_person_too(either: Town) -> None:
    world = either.world
    silent, done = world.teachers["school-1"][1:3]
    accounts = [await world.join(one) for one in (silent, done)]
    campaign = await world.open(reminders=ReminderPlan((3,), ()))
    await world.set_state(campaign, done, ParticipationState.SUBMITTED)
    world.clock.advance(days=3)
    await campaigns.remind_due(world.db, world.clock)
    rows = await either.reminders(ReminderKind.SURVEY)
    assert [(one.account_id, one.subject, one.state) for one in rows] == [(accounts[0], campaign, QUEUED)]
    async with world.db.read() as session:
        delivery = await session.get_one(Delivery, rows[0].delivery_id)
    assert delivery.kind == "campaign.reminder"
    await either.outcome(delivery, "unreachable", "blocked")
    await either.settle()
    assert await either.states() == [(ReminderState.REFUSED, "unreachable:blocked")]


async def test_the_self_review_is_told_apart(town: Town) -> None:
    await publish(town.world.db, town.world.clock, "self_review")
    await town.world.appoint(town.world.teachers["school-1"][1], "school-1")
    await town.world.open("self_review", reminders=ReminderPlan((2, 3), ()))
    for _ in range(3):
        town.world.clock.advance(days=1)
        await campaigns.remind_due(town.world.db, town.world.clock)
    assert len(await town.reminders(ReminderKind.SELF_REVIEW)) == 2


async def test_two_schedulers_hand_one_thing_over_once(either: Town) -> None:
    """The second one finds it taken, also inside one transaction."""
    await either.only(EVENT, before_days=(1,), before_hours=())
    teacher = either.world.teachers["school-1"][1]
    await either.world.join(teacher)
    await either.event([teacher], either.world.clock.now() + timedelta(days=1, hours=6))
    await either.plan()
    now = either.world.clock.advance(hours=3)
    async with either.world.db.read() as session:
        due = [one for thing in await sending.due(session, now) for one in thing]
    async with either.world.db.write() as session:
        assert [await sending.hand_over(session, due, now) for _ in range(2)] == [1, 0]


async def test_the_job_plans_sends_settles_and_wakes_the_sender(town: Town) -> None:
    woken: list[str] = []
    sweep = job.job(town.world.db, town.world.clock, lambda: woken.append("queued"))
    await town.only(EVENT, before_days=(1,), before_hours=())
    teacher = town.world.teachers["school-1"][1]
    await town.world.join(teacher)
    await town.event([teacher], town.world.clock.now() + timedelta(days=1, hours=6))
    await sweep.run()
    assert woken == []
    town.world.clock.advance(hours=3)
    await sweep.run()
    assert woken == ["queued"]


async def test_old_reminders_are_forgotten_with_their_messages(town: Town) -> None:
    await town.only(EVENT, before_days=(1,), before_hours=())
    teacher = town.world.teachers["school-1"][1]
    await town.world.join(teacher)
    await town.event([teacher], town.world.clock.now() + timedelta(days=1, hours=6))
    town.world.clock.advance(hours=3)
    await town.tick()
    await town.deliver()
    await town.settle()
    kept = Kept.from_settings(Settings(_env_file=None))  # type: ignore[call-arg]
    town.world.clock.advance(days=kept.deliveries - 1)
    await rights.forget_old(town.world.db, town.world.clock, kept)
    assert len(await town.reminders()) == 1
    town.world.clock.advance(days=2)
    await rights.forget_old(town.world.db, town.world.clock, kept)
    assert await town.reminders() == []


async def test_whoever_has_no_chat_is_not_planned_for(town: Town) -> None:
    await town.only(EVENT, before_days=(1,), before_hours=())
    teacher = town.world.teachers["school-1"][1]
    account = await town.world.join(teacher)
    async with town.world.db.write() as session:
        await session.execute(delete(Chat).where(Chat.account_id == account))
    await town.event([teacher], town.world.clock.now() + timedelta(days=1, hours=6))
    assert await town.plan() == 0
