"""Reminders of a campaign: rows with a known end, sent once, whoever asks and however often."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.jobs import campaigns as job
from core.campaigns import actions, queries
from core.campaigns.model import REMINDER, ParticipationState, ReminderRow, ReminderState
from core.campaigns.reminders import LONGEST, MOST, ReminderPlan
from core.errors import AppError, NotFound
from storage.models import Delivery
from tests.campaigns.world import SEALER, World, publish

PLAN = ReminderPlan(after_start=(3,), before_end=(1,))
DAYS = st.lists(st.integers(0, LONGEST), max_size=MOST, unique=True).map(tuple)


async def planned(world: World, campaign: int) -> list[ReminderRow]:
    async with world.db.read() as session:
        return await queries.reminders(session, world.methodist, campaign)


async def states(world: World, campaign: int) -> list[tuple[ReminderState, int]]:
    return [(one.state, one.people) for one in await planned(world, campaign)]


async def messages(world: World, kind: str = REMINDER) -> list[Delivery]:
    async with world.db.read() as session:
        rows = select(Delivery).where(Delivery.kind == kind).order_by(Delivery.account_id, Delivery.slot)
        return list(await session.scalars(rows))


async def remind(world: World) -> int:
    return await actions.remind_due(world.db, world.clock)


def test_days_and_the_time_are_the_municipalitys() -> None:
    opened = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    closes = datetime(2026, 12, 7, 12, 0, tzinfo=UTC)
    assert PLAN.due(opened, closes, "Asia/Irkutsk") == [
        datetime(2026, 11, 26, 2, 0, tzinfo=UTC),
        datetime(2026, 12, 6, 2, 0, tzinfo=UTC),
    ]


@given(DAYS, DAYS, st.times(), st.integers(1, 100_000), st.sampled_from(["Asia/Kamchatka", "Europe/Kaliningrad"]))
def test_reminders_lie_within_the_campaign_in_order_and_once(
    after: tuple[int, ...], before: tuple[int, ...], at: time, minutes: int, zone: str
) -> None:
    plan = ReminderPlan(after, before, at.replace(second=0, microsecond=0))
    assert plan.is_sound
    assert ReminderPlan.from_json(plan.to_json()) == plan
    opened = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    closes = opened + timedelta(minutes=minutes)
    due = plan.due(opened, closes, zone)
    assert due == sorted(set(due))
    assert all(opened < one < closes for one in due)


@pytest.mark.parametrize("plan", [ReminderPlan((61,)), ReminderPlan((1, 1)), ReminderPlan((), tuple(range(11)))])
async def test_unsound_plans_are_refused(world: World, plan: ReminderPlan) -> None:
    with pytest.raises(AppError, match=r"campaign\.reminders_unsound"):
        await world.create(reminders=plan)


async def test_a_draft_shows_what_would_be_planned_and_the_opening_plans_it(world: World) -> None:
    draft = await world.create(reminders=PLAN)
    before = await planned(world, draft)
    assert [one.state for one in before] == [ReminderState.PLANNED] * 2
    await actions.open_now(world.db, world.clock, world.methodist, draft)
    assert await planned(world, draft) == before
    async with world.db.read() as session:
        with pytest.raises(NotFound):
            await queries.reminders(session, world.stranger, draft)


async def test_a_reminder_goes_to_those_who_have_not_submitted_and_can_be_asked(either: World) -> None:
    silent, begun, done, unjoined = either.teachers["school-1"][1:5]
    accounts = [await either.join(one) for one in (silent, begun, done)]
    campaign = await either.open(reminders=PLAN)
    await either.set_state(campaign, begun, ParticipationState.BEGUN)
    await either.set_state(campaign, done, ParticipationState.SUBMITTED)
    await either.set_state(campaign, unjoined, ParticipationState.BEGUN)
    assert await remind(either) == 0
    either.clock.advance(days=3)
    assert await remind(either) == 2
    assert await remind(either) == 0
    sent = await messages(either)
    assert [(one.account_id, one.subject) for one in sent] == [(accounts[0], campaign), (accounts[1], campaign)]
    assert await states(either, campaign) == [(ReminderState.SENT, 2), (ReminderState.PLANNED, 0)]


async def test_two_schedulers_send_it_once(either: World) -> None:
    for teacher in either.teachers["school-1"][:5]:
        await either.join(teacher)
    campaign = await either.open(reminders=PLAN)
    either.clock.advance(days=3)
    assert sorted(await asyncio.gather(*(remind(either) for _ in range(4)))) == [0, 0, 0, 5]
    assert len(await messages(either)) == 5
    assert await states(either, campaign) == [(ReminderState.SENT, 5), (ReminderState.PLANNED, 0)]


async def test_each_questionnaire_is_reminded_of_and_each_time_anew(world: World) -> None:
    await publish(world.db, world.clock, "mentoring")
    mentor, first, second = world.teachers["school-1"][1:4]
    pairs = [await world.pair(mentor, first), await world.pair(mentor, second)]
    await world.join(mentor)
    await world.open("mentoring", reminders=PLAN)
    world.clock.advance(days=3)
    assert await remind(world) == 1, "one person"
    assert [one.params for one in await messages(world)] == [{"subject": one} for one in pairs]
    world.clock.advance(days=10)
    await remind(world)
    assert len(await messages(world)) == 4


async def test_of_two_coordinators_the_one_who_has_begun_is_reminded(either: World) -> None:
    await publish(either.db, either.clock, "self_review")
    first, second, other = *either.teachers["school-1"][1:3], either.teachers["school-2"][1]
    accounts = [await either.appoint(first, "school-1"), await either.appoint(second, "school-1")]
    accounts.append(await either.appoint(other, "school-2"))
    campaign = await either.open("self_review", reminders=ReminderPlan((2, 3), ()))
    either.clock.advance(days=2)
    assert await remind(either) == 3
    await either.set_state(campaign, second, ParticipationState.BEGUN)
    either.clock.advance(days=1)
    assert await remind(either) == 2
    again = [one.account_id for one in await messages(either)]
    assert again == [accounts[0], accounts[1], accounts[1], accounts[2], accounts[2]]


async def test_nobody_left_is_said(world: World) -> None:
    campaign = await world.open(reminders=PLAN)
    world.clock.advance(days=3)
    assert await remind(world) == 0
    assert await states(world, campaign) == [(ReminderState.NOBODY, 0), (ReminderState.PLANNED, 0)]


async def test_a_reminder_that_is_a_day_late_is_dropped(world: World) -> None:
    await world.join(world.everybody[0])
    campaign = await world.open(reminders=PLAN)
    world.clock.advance(days=4, hours=1)
    assert await remind(world) == 0
    assert await states(world, campaign) == [(ReminderState.LATE, 0), (ReminderState.PLANNED, 0)]
    assert await messages(world) == []


async def test_closing_skips_the_rest_and_calls_back_what_has_not_gone_out(world: World) -> None:
    await world.join(world.everybody[0])
    campaign = await world.open(reminders=PLAN)
    world.clock.advance(days=3)
    await remind(world)
    await world.close(campaign)
    world.clock.advance(days=10)
    assert await remind(world) == 0
    assert await states(world, campaign) == [(ReminderState.SENT, 1), (ReminderState.SKIPPED, 0)]
    assert [one.state for one in await messages(world)] == ["cancelled"]


async def test_after_its_end_nobody_is_reminded_even_before_the_clock_closes_it(world: World) -> None:
    await world.join(world.everybody[0])
    campaign = await world.open(
        reminders=ReminderPlan((), (0,), time(12)), closes_at=world.clock.now() + timedelta(days=2, hours=2)
    )
    world.clock.advance(days=2, hours=3)
    assert await remind(world) == 0
    assert await states(world, campaign) == [(ReminderState.SKIPPED, 0)]


async def test_extending_moves_what_hangs_on_the_end(either: World) -> None:
    await either.join(either.everybody[0])
    campaign = await either.open(reminders=PLAN)
    either.clock.advance(days=3)
    await remind(either)
    before = await planned(either, campaign)
    later = either.clock.now() + timedelta(days=30)
    for _ in range(2):
        await actions.extend(either.db, either.clock, either.methodist, campaign, later)
    after = await planned(either, campaign)
    assert after[0] == before[0]
    assert [one.due_at.date() for one in after[1:]] == [(later - timedelta(days=1)).date()]


async def test_a_campaign_of_an_earlier_version_reminds_nobody(world: World) -> None:
    campaign = await world.open(reminders=ReminderPlan((), ()))
    await actions.extend(world.db, world.clock, world.methodist, campaign, world.clock.now() + timedelta(days=30))
    assert await planned(world, campaign) == []
    assert ReminderPlan.from_json(None) == ReminderPlan((), ())


async def test_the_job_wakes_the_sender_when_there_is_something_to_send(world: World) -> None:
    await world.join(world.everybody[0])
    woken: list[str] = []
    sweep = job.job(world.db, world.clock, SEALER, lambda: woken.append("queued"))
    await world.open(reminders=PLAN)
    await sweep.run()
    assert woken == []
    world.clock.advance(days=3)
    await sweep.run()
    assert woken == ["queued"]
